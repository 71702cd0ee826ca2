/**
 * An agent takes the conversation to another phone: the agent's other devices ring, the first to answer takes the place of the present
 * leg on all lines of the call, and only then that leg goes. Until then nothing changes.
 *
 *   rings ─► moved       the present leg is let go
 *     │  └─► over        rejected, rung out, cancelled, or the agent's part has ended: the present leg stays
 *     └────► recall      the present leg has hung up, and somebody waits: what rings now rings for them
 */
import type { Refusal } from '../refusal.js';
import type { AgentsCommand } from './command.js';
import type { CallEventBody } from './event.js';
import { isForsaken } from './leaving.js';
import { activeLine, lineOf, linesWith, memberOf, ownLeg } from './line.js';
import { deviceGone, failOffer, offered, openLegs, releaseReason } from './offer.js';
import { hasOthers, meant, wrongState } from './own-lines.js';
import type { AgentId, Call, DeviceMove, Instant, Leg, Line, LiveCall, Offer, OfferOutcome } from './state.js';

type Asked<T extends AgentsCommand['type']> = Extract<AgentsCommand, { type: T }>;
type Decided = readonly CallEventBody[] | Refusal;

function movesOf(call: Call): readonly DeviceMove[] {
  return call.phase === 'live' ? call.deviceMoves : [];
}

export function moveRinging(call: Call, test: (offer: Offer) => boolean): DeviceMove | null {
  return movesOf(call).find(({ offer }) => test(offer)) ?? null;
}

function moveOf(call: Call, agentId: AgentId): DeviceMove | null {
  return movesOf(call).find((move) => move.agentId === agentId) ?? null;
}

/** Asked again while the other devices ring, it is called off. */
export function moveToDevice(call: LiveCall, { agentId, target }: Asked<'moveToDevice'>, now: Instant): Decided {
  const move = moveOf(call, agentId);
  if (move !== null) return moveOver(call, move, 'withdrawn');
  const found = meant(call, agentId, null);
  if ('refused' in found) return found;
  const { leg, line } = found;
  if (!linesWith(call, leg.id).some((each) => hasOthers(each, leg.id))) return wrongState(call);
  const rings = offered(target, line.id, 'device', now, agentId);
  // The agent has the call already: to the agent it is no offer.
  return rings.type === 'call.offered' ? [{ ...rings, agentId: null }] : [];
}

export function cancelMove(call: LiveCall, { agentId }: Asked<'cancelMove'>): Decided {
  const move = moveOf(call, agentId);
  return move === null ? wrongState(call) : moveOver(call, move, 'withdrawn');
}

/** The first device to answer has the conversation; the former one is let go after it has come in. */
export function deviceAnswered(call: LiveCall, leg: Leg, { agentId, offer }: DeviceMove): readonly CallEventBody[] {
  const former = ownLeg(call, agentId);
  const events: CallEventBody[] = [{ type: 'leg.answered', legId: leg.id }];
  const losers = openLegs(call, offer).filter((id) => id !== leg.id);
  if (losers.length > 0) events.push({ type: 'legs.released', legIds: losers, reason: 'answeredElsewhere' });
  if (former === null) return events;
  return [
    ...events,
    { type: 'device.moved', agentId, fromLegId: former.id, legId: leg.id },
    { type: 'legs.released', legIds: [former.id], reason: 'normal' },
  ];
}

export function moveOver(call: Call, { offer }: DeviceMove, outcome: OfferOutcome): readonly CallEventBody[] {
  return failOffer(call, offer, null, outcome, releaseReason(outcome));
}

/** One of the devices has gone before answering; `call` is without it. */
export function moveDeviceGone(call: Call, move: DeviceMove, cause: number): readonly CallEventBody[] {
  const verdict = deviceGone(call, move.offer, cause);
  if ('failed' in verdict) return moveOver(call, move, verdict.failed);
  return [{ type: 'offer.weakened', offerId: move.offer.id, outcome: verdict.weakened }];
}

export function moveClock(call: Call, now: Instant): readonly CallEventBody[] {
  return movesOf(call).flatMap((move) => (move.offer.deadlineAt <= now ? moveOver(call, move, 'noAnswer') : []));
}

/**
 * The present leg has hung up while the other devices ring (`rest` is without it): whoever is left alone by it waits for them. In a
 * conference that goes on they ring to join it again. Null: nobody is left for whom they could ring.
 */
export function ringsOn(before: LiveCall, leg: Leg, rest: LiveCall): readonly CallEventBody[] | null {
  const { agentId } = leg;
  const move = agentId === null ? null : moveOf(rest, agentId);
  if (agentId === null || move === null || ownLeg(before, agentId)?.id !== leg.id) return null;
  const left = linesOfLeft(before, leg, rest);
  const alone = left.filter(isForsaken);
  const [line = left.find(({ members }) => members.length > 1)] = alone;
  if (line === undefined) return null;
  const purpose = alone.length > 0 ? 'recall' : 'invite';
  const orphaned = alone.map(({ id }): CallEventBody => ({ type: 'line.orphaned', lineId: id, agentId }));
  return [{ type: 'device.ringsOn', agentId, offerId: move.offer.id, lineId: line.id, purpose }, ...orphaned];
}

/** As they are now; first the one on which the agent talked. */
function linesOfLeft(before: LiveCall, leg: Leg, rest: LiveCall): readonly Line[] {
  const talked = activeLine(before, leg.id);
  const all = before.lines.filter((line) => memberOf(line, leg.id) !== null && line !== talked);
  return [...(talked === null ? [] : [talked]), ...all].flatMap(({ id }) => lineOf(rest, id) ?? []);
}

/** The agent's part in the call has ended: nothing is to be moved any more. */
export function movesInVain(call: LiveCall): readonly CallEventBody[] {
  const vain = call.deviceMoves.find(({ agentId }) => ownLeg(call, agentId) === null);
  return vain === undefined ? [] : moveOver(call, vain, 'withdrawn');
}
