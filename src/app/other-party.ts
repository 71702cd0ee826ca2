/** Whom an agent talks to on a line. */
import { latest } from '../core/call/leaving.js';
import { activeLine, linesWith, ownLeg } from '../core/call/line.js';
import type { AgentId, Call, LineId, Party } from '../core/call/state.js';

/** The one whom a transfer sends on. */
export function otherParty(call: Call, agentId: AgentId, lineId: LineId | null): Party | null {
  const leg = ownLeg(call, agentId);
  if (leg === null) return null;
  const lines = linesWith(call, leg.id);
  const line = lines.find(({ id }) => id === lineId) ?? activeLine(call, leg.id) ?? latest(lines, leg.id);
  const other = line?.members.find(({ legId }) => legId !== leg.id);
  return (other === undefined ? undefined : call.legs[other.legId]?.party) ?? null;
}
