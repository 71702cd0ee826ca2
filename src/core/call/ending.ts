/** How a call ends: who is released, and what is kept of it. */
import type { CallEventBody } from './event.js';
import { failOffer } from './offer.js';
import type { Call, CallOutcome, Instant, LegId, Line, LiveCall, Offer, OfferOutcome, ReleaseReason } from './state.js';
import { agentsIn, presentLegs, ringingOffers } from './state.js';

/** The slot is free: nobody is left who waits in it. */
export function unparked({ id: lineId, parked }: Line): readonly CallEventBody[] {
  return parked === null ? [] : [{ type: 'line.unparked', lineId, slot: parked.slot, why: 'over', agentId: null }];
}

/**
 * The closing event with the sums that history keeps. `outcome` is that of a call in which nobody ever spoke; a call that was lost is
 * lost, whoever spoke before.
 */
export function endEvents(call: LiveCall, outcome: CallOutcome, now: Instant): CallEventBody {
  const { queueId, queuedAt, connectedAt, agentId } = call.marks;
  return {
    type: 'call.ended',
    outcome: connectedAt === null || outcome === 'lost' ? outcome : 'answered',
    queueId,
    agentId,
    agentIds: agentsIn(call),
    // A clock may have been put back meanwhile.
    waitedMs: Math.max(0, (connectedAt ?? now) - (queuedAt ?? call.startedAt)),
    talkedMs: connectedAt === null ? 0 : Math.max(0, now - connectedAt),
  };
}

/** Every offer that still rings is withdrawn, or ends as `outcome`. */
export function failOffers(call: LiveCall, outcome: OfferOutcome = 'withdrawn'): readonly CallEventBody[] {
  // The phone of whoever is rung before the other party rings for the queue on whose behalf the call is made.
  const queueOf = (offer: Offer) =>
    offer.purpose === 'own'
      ? call.marks.queueId
      : (call.lines.find(({ offers }) => offers.includes(offer))?.stay?.queueId ?? null);
  return ringingOffers(call).flatMap((offer) => failOffer(call, offer, queueOf(offer), outcome, 'normal'));
}

/** Everybody has gone at once, and nobody hung up. */
export function allLost(call: Call, now: Instant): readonly CallEventBody[] {
  const gone = Object.values(call.legs).map(
    ({ id: legId, agentId }): CallEventBody => ({ type: 'leg.left', legId, cause: 0, agentId }),
  );
  return call.phase === 'live' ? [...releaseAll(call, 'lost', 'normal', now), ...gone] : gone;
}

/** Trainers go with the last line, on which they are not: those who are there, and those who still ring. */
export function trainersLetGo(call: LiveCall, others: readonly LegId[]): readonly CallEventBody[] {
  return call.coachings.flatMap((each): readonly CallEventBody[] => {
    if (each.stage === 'rings') return failOffer(call, each.offer, null, 'withdrawn', 'normal');
    if (each.stage === 'failed' || others.includes(each.legId)) return [];
    return [{ type: 'legs.released', legIds: [each.legId], reason: 'normal' }];
  });
}

/** There is nothing any more that other phones could take over: they ring no longer. */
export function movesLetGo(call: LiveCall): readonly CallEventBody[] {
  return call.deviceMoves.flatMap(({ offer }) => failOffer(call, offer, null, 'withdrawn', 'normal'));
}

/** Everybody still present goes and the call ends. Ringing offers are recorded as `offerOutcome`. */
export function releaseAll(
  call: LiveCall,
  outcome: CallOutcome,
  reason: ReleaseReason,
  now: Instant,
  offerOutcome: OfferOutcome = 'withdrawn',
): readonly CallEventBody[] {
  const ringing = new Set(ringingOffers(call).flatMap((offer) => offer.legIds));
  const legIds = presentLegs(call)
    .map((leg) => leg.id)
    .filter((id) => !ringing.has(id));
  const released: readonly CallEventBody[] = legIds.length === 0 ? [] : [{ type: 'legs.released', legIds, reason }];
  return [
    ...failOffers(call, offerOutcome),
    ...call.lines.flatMap(unparked),
    ...released,
    endEvents(call, outcome, now),
  ];
}
