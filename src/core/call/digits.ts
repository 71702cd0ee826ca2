/** Digits for the other party: who hears them. They are no part of the call's history: a PIN is typed like this. */
import { type Refusal, refuse } from '../refusal.js';
import { activeLine, linesWith, memberOf } from './line.js';
import { meant, wrongState } from './own-lines.js';
import type { AgentId, Call, Leg, LegId } from './state.js';

/** Those whom the leg hears, and who hear it. */
export function talkingWith(call: Call, legId: LegId): readonly Leg[] {
  const legIds = activeLine(call, legId)?.conversation?.legIds ?? [];
  return legIds.includes(legId) ? legIds.filter((id) => id !== legId).flatMap((id) => call.legs[id] ?? []) : [];
}

/** To whom digits go that are meant for a menu: those outside; agents only where there is nobody else. */
export function digitHearers(others: readonly Leg[]): readonly LegId[] {
  const outside = others.filter(({ agentId }) => agentId === null);
  return (outside.length > 0 ? outside : others).map(({ id }) => id);
}

/** Who hears the digits that the agent sends: the party named, else as above. Nobody does on hold, nor before the answer. */
export function digitsGoTo(call: Call, agentId: AgentId, legId: LegId | null): readonly LegId[] | Refusal {
  if (call.phase !== 'live') return refuse('callEnded', 'The call has ended.');
  const found = meant(call, agentId, null);
  if ('refused' in found) return found;
  const { leg } = found;
  const others = talkingWith(call, leg.id);
  if (legId !== null && !others.some(({ id }) => id === legId)) {
    const onHold = legId !== leg.id && linesWith(call, leg.id).some((line) => memberOf(line, legId) !== null);
    return onHold ? wrongState(call) : refuse('notFound', 'There is no such party.');
  }
  if (others.length === 0) return wrongState(call);
  return legId === null ? digitHearers(others) : [legId];
}
