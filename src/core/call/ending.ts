/** How a call ends: who is released, and what is kept of it. */
import type { CallEventBody } from './event.js';
import { failOffer } from './offer.js';
import type { CallOutcome, Instant, LiveCall, OfferOutcome, ReleaseReason } from './state.js';
import { agentsIn, presentLegs, ringingOffers } from './state.js';

/** The closing event with the sums that history keeps. */
export function endEvents(call: LiveCall, outcome: CallOutcome, now: Instant): CallEventBody {
  const { queueId, queuedAt, connectedAt, agentId } = call.marks;
  return {
    type: 'call.ended',
    outcome,
    queueId,
    agentId,
    agentIds: agentsIn(call),
    waitedMs: (connectedAt ?? now) - (queuedAt ?? call.startedAt),
    talkedMs: connectedAt === null ? 0 : now - connectedAt,
  };
}

/** Everybody still present goes and the call ends. Ringing offers are recorded as `offerOutcome`. */
export function releaseAll(
  call: LiveCall,
  outcome: CallOutcome,
  reason: ReleaseReason,
  now: Instant,
  offerOutcome: OfferOutcome = 'withdrawn',
): readonly CallEventBody[] {
  const queueId = call.phase === 'queued' ? call.stay.queueId : null;
  const offers = ringingOffers(call).flatMap((offer) => failOffer(call, offer, queueId, offerOutcome, 'normal'));
  const ringing = new Set(ringingOffers(call).flatMap((offer) => offer.legIds));
  const legIds = presentLegs(call)
    .map((leg) => leg.id)
    .filter((id) => !ringing.has(id));
  const released: readonly CallEventBody[] = legIds.length === 0 ? [] : [{ type: 'legs.released', legIds, reason }];
  return [...offers, ...released, endEvents(call, outcome, now)];
}
