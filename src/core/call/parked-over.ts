/** How the stay of a parked line ends: somebody retrieves it, or the time is up and its agent is wanted again. */
import type { CallEventBody } from './event.js';
import { activeLine, ownLeg } from './line.js';
import type { AgentId, Instant, Line, LiveCall } from './state.js';

/** While somebody's phone rings for it, it is not taken away. */
export function parkingEndsAt({ parked, offers }: Line): Instant | null {
  return parked === null || offers.length > 0 ? null : parked.until;
}

/** The agent who parked it is to be rung again; one who is in the call with another line has it back, on hold if that is active. */
export function parkingOver(call: LiveCall, line: Line, now: Instant): readonly CallEventBody[] {
  const end = parkingEndsAt(line);
  if (line.parked === null || end === null || end > now) return [];
  const { id: lineId } = line;
  const { slot, byAgentId: agentId } = line.parked;
  const over: CallEventBody = { type: 'line.unparked', lineId, slot, why: 'timeUp', agentId: null };
  const leg = ownLeg(call, agentId);
  if (leg === null) return [over, { type: 'line.orphaned', lineId, agentId }];
  const away = activeLine(call, leg.id) !== null;
  return [over, { type: 'line.joined', lineId, legId: leg.id, agentId, away }];
}

export function retrieved({ id: lineId, parked }: Line, agentId: AgentId | null): readonly CallEventBody[] {
  if (parked === null) return [];
  return [{ type: 'line.unparked', lineId, slot: parked.slot, why: 'retrieved', agentId }];
}
