/** Ringing somebody: how an offer begins, and what its devices' answers amount to. */
import type { CallEventBody, NewLeg } from './event.js';
import type {
  Call,
  Instant,
  LegId,
  LegRole,
  Offer,
  OfferOutcome,
  QueuedCall,
  QueueId,
  ReleaseReason,
  Target,
} from './state.js';

/** The event that starts ringing a target. */
export function offered(target: Target, role: LegRole, now: Instant): CallEventBody {
  const legs: NewLeg[] = target.legs.map((leg) => ({
    id: leg.id,
    role,
    party: target.party,
    agentId: target.agentId,
    address: leg.address,
  }));
  return {
    type: 'call.offered',
    offerId: target.offerId,
    agentId: target.agentId,
    legs,
    shows: target.shows,
    autoAnswer: target.legs.some((leg) => leg.autoAnswer),
    deadlineAt: now + target.ringMs,
  };
}

/** Legs of an offer that may still answer. */
export function openLegs(call: Call, offer: Offer): readonly LegId[] {
  return offer.legIds.filter((id) => {
    const phase = call.legs[id]?.phase;
    return phase === 'dialling' || phase === 'ringing';
  });
}

/** The leg that waits in the queue. */
export function callerOf(call: QueuedCall): LegId | null {
  const offered = new Set(call.offers.flatMap((offer) => offer.legIds));
  for (const leg of Object.values(call.legs)) if (leg.phase !== 'leaving' && !offered.has(leg.id)) return leg.id;
  return null;
}

/**
 * What a hang-up before the answer means (Q.850 causes as Asterisk 22 reports them for SIP answers: 486 → 17, 603 → 21,
 * 404 → 1, 480 and its own timeout → 19). 26 is "answered elsewhere", our own doing.
 */
export function outcomeOf(cause: number): OfferOutcome {
  switch (cause) {
    case 17:
      return 'busy';
    case 21:
      return 'rejected';
    case 19:
      return 'noAnswer';
    case 1:
      return 'unknownNumber';
    case 26:
      return 'answeredElsewhere';
    default:
      return 'unavailable';
  }
}

/** Most telling first: a person's refusal says more than a device's absence. */
const TELLING: readonly OfferOutcome[] = [
  'rejected',
  'busy',
  'noAnswer',
  'unknownNumber',
  'unavailable',
  'withdrawn',
  'answeredElsewhere',
];

export function moreTelling(a: OfferOutcome, b: OfferOutcome | null): OfferOutcome {
  if (b === null) return a;
  return TELLING.indexOf(a) <= TELLING.indexOf(b) ? a : b;
}

/** Ends an offer: its open legs are released and it is recorded as failed. */
export function failOffer(
  call: Call,
  offer: Offer,
  queueId: QueueId | null,
  outcome: OfferOutcome,
  reason: ReleaseReason,
): readonly CallEventBody[] {
  const legIds = openLegs(call, offer);
  const failed: CallEventBody = { type: 'offer.failed', offerId: offer.id, agentId: offer.agentId, queueId, outcome };
  return legIds.length === 0 ? [failed] : [{ type: 'legs.released', legIds, reason }, failed];
}

/**
 * One device of the offer has gone before answering (`call` is already without it). A person's reject ends the whole offer; a
 * device that is busy or away only leaves the others ringing.
 */
export function deviceGone(
  call: Call,
  offer: Offer,
  cause: number,
): { readonly failed: OfferOutcome } | { readonly weakened: OfferOutcome } {
  const outcome = moreTelling(outcomeOf(cause), offer.outcome);
  return openLegs(call, offer).length === 0 || outcome === 'rejected' ? { failed: outcome } : { weakened: outcome };
}
