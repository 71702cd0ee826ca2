/** Ringing somebody: how an offer begins, and what its devices' answers amount to. */
import type { CallEventBody } from './event.js';
import type { NewLeg } from './new-leg.js';
import type {
  AgentId,
  Call,
  CoachMode,
  Instant,
  LegId,
  LegRole,
  Line,
  LineId,
  Offer,
  OfferOutcome,
  OfferPurpose,
  QueueId,
  ReleaseReason,
  Target,
} from './state.js';

/** The event that starts ringing a target for a line. */
export function offered(
  target: Target,
  lineId: LineId,
  purpose: OfferPurpose,
  now: Instant,
  byAgentId: AgentId | null = null,
  coaches: { readonly agentId: AgentId; readonly mode: CoachMode } | null = null,
): CallEventBody {
  const role: LegRole = coaches !== null ? 'coach' : target.agentId === null ? 'target' : 'agent';
  const legs: NewLeg[] = target.legs.map((leg) => ({
    id: leg.id,
    role,
    party: target.party,
    agentId: target.agentId,
    address: leg.address,
    ...(leg.detectMachine === true ? { detectMachine: true } : {}),
  }));
  return {
    type: 'call.offered',
    lineId,
    purpose,
    byAgentId,
    party: target.party,
    offerId: target.offerId,
    agentId: target.agentId,
    legs,
    shows: target.shows,
    autoAnswer: target.legs.some((leg) => leg.autoAnswer),
    deadlineAt: now + target.ringMs,
    ...(coaches === null ? {} : { coaches }),
  };
}

/** Offers for the same: the one to a colleague, and those of whoever picks it up. */
export function rivalsOf({ offers }: Line, offer: Offer): readonly Offer[] {
  const root = offer.picksUp ?? offer.id;
  return offers.filter((other) => other.id !== offer.id && (other.picksUp ?? other.id) === root);
}

/** Legs of an offer that may still answer. */
export function openLegs(call: Call, offer: Offer): readonly LegId[] {
  return offer.legIds.filter((id) => {
    const phase = call.legs[id]?.phase;
    return phase === 'dialling' || phase === 'ringing';
  });
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

export function releaseReason(outcome: OfferOutcome): ReleaseReason {
  return outcome === 'withdrawn' ? 'normal' : outcome;
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
  const { id: offerId, agentId, picksUp } = offer;
  // Whoever asked for a colleague's call, and did not get it, has missed none of the queue's.
  const ofQueue = picksUp === undefined ? queueId : null;
  const failed: CallEventBody = { type: 'offer.failed', offerId, agentId, queueId: ofQueue, outcome };
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
