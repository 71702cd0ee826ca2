/**
 * A colleague's ringing call is taken over: by the agent's own phones, which ring for it beside the colleague's, or by a leg of the agent
 * that is there already and comes over from another call. Whoever answers first has the call; whoever comes too late is refused.
 */
import { type Refusal, refuse } from '../refusal.js';
import type { AgentsCommand } from './command.js';
import type { CallEventBody } from './event.js';
import { after } from './leaving.js';
import { lineOf, linesWith, ownLeg, type Ringing, ringingWhere } from './line.js';
import { offered } from './offer.js';
import { hasOthers, NO_SUCH_CALL, wrongState } from './own-lines.js';
import { elsewhere, outrun, taken } from './ringing-over.js';
import type { AgentId, Instant, Leg, LiveCall } from './state.js';
import { agentsIn } from './state.js';

type Asked<T extends AgentsCommand['type']> = Extract<AgentsCommand, { type: T }>;
type Decided = readonly CallEventBody[] | Refusal;

const TAKEN = refuse('alreadyTaken', 'Somebody else has the call already, or is being rung for it.');

export function pickUp(call: LiveCall, { agentId, offerId, target }: Asked<'pickUp'>, now: Instant): Decided {
  const found = wanted(call, agentId, offerId);
  if ('refused' in found) return found;
  const { line, offer } = found;
  // Two who pick up at once: the second is told so, instead of being rung for nothing.
  if (line.offers.some(({ picksUp }) => picksUp === offerId)) return TAKEN;
  const rings = offered(target, line.id, offer.purpose, now, offer.byAgentId);
  return rings.type === 'call.offered' ? [{ ...rings, picksUp: offerId }] : [];
}

export function takeOver(call: LiveCall, asked: Asked<'takeOver'>, now: Instant): Decided {
  const { agentId, offerId, fromCallId } = asked;
  const found = wanted(call, agentId, offerId);
  if ('refused' in found) return found;
  const { line, offer } = found;
  const leg = answeredNow(asked.leg, now);
  const adopted: CallEventBody = {
    type: 'legs.adopted',
    lineId: line.id,
    fromCallId,
    legs: [leg],
    memberIds: [],
    offers: [],
  };
  const stopped = [adopted, ...elsewhere(call, line, [offer, ...outrun(line, offer)])];
  const state = after(call, stopped, now);
  const present = lineOf(state, line.id);
  if (state.phase !== 'live' || present === null) return wrongState(call);
  return [...stopped, ...taken(state, leg, { line: present, offer }, now)];
}

/** Nobody loses anything by it: the agent is alone there, with a message or a script. */
export function goOver(call: LiveCall, { agentId, toCallId }: Asked<'goOver'>): Decided {
  const leg = ownLeg(call, agentId);
  if (leg === null) return NO_SUCH_CALL;
  const [line, ...more] = linesWith(call, leg.id);
  const { offers = [], parked = null } = line ?? {};
  if (line === undefined || more.length > 0 || hasOthers(line, leg.id) || offers.length > 0 || parked !== null)
    return wrongState(call);
  return [{ type: 'legs.handedOver', lineId: line.id, legIds: [leg.id], toCallId, agentIds: [agentId] }];
}

/** The offer, while it rings a colleague; the agent must not be part of the call. */
function wanted(call: LiveCall, agentId: AgentId, offerId: string): Ringing | Refusal {
  const found = ringingWhere(call, ({ id }) => id === offerId);
  if (found === null || found.offer.picksUp !== undefined) return TAKEN;
  const { purpose, agentId: colleague } = found.offer;
  if (purpose === 'own' || purpose === 'retrieve' || colleague === null) return wrongState(call);
  return agentsIn(call).includes(agentId) ? refuse('agentBusy', 'You are part of this call already.') : found;
}

/** A leg that called in and goes over into a conversation is answered by that. */
export function answeredNow(leg: Leg, now: Instant): Leg {
  return leg.phase === 'arrived' ? { ...leg, phase: 'up', since: now } : leg;
}
