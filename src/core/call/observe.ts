/**
 * Facts: what has happened, told by Asterisk or by the clock, and what follows from it. Total: a late, doubled or foreign fact
 * yields no events.
 */
import type { CallFact } from './command.js';
import { releaseAll } from './ending.js';
import type { CallEventBody } from './event.js';
import { evolve } from './evolve.js';
import { callerOf, deviceGone, failOffer, openLegs } from './offer.js';
import { goOnward } from './onward.js';
import type {
  Call,
  CallOutcome,
  ConnectingCall,
  Instant,
  Leg,
  LegId,
  LiveCall,
  Offer,
  OfferOutcome,
  PreparingCall,
  QueuedCall,
  ReleaseReason,
} from './state.js';
import { ringingOffers } from './state.js';
import { restOfConversation } from './talking.js';

export function observe(call: Call, fact: CallFact, now: Instant): readonly CallEventBody[] {
  switch (fact.type) {
    case 'legRinging': {
      const leg = legOf(call, fact.legId);
      return leg?.phase === 'dialling' ? [{ type: 'leg.ringing', legId: leg.id }] : [];
    }
    case 'legAnswered':
      return answered(call, fact.legId, now);
    case 'legLeft': {
      const leg = legOf(call, fact.legId);
      return leg === undefined ? [] : left(call, leg, fact.cause, now);
    }
    case 'announcementEnded':
      return call.phase === 'queued' && call.announcement?.id === fact.announcementId
        ? [{ type: 'announcement.ended', announcementId: fact.announcementId }]
        : [];
    case 'agentTaken':
      return agentTaken(call, fact.offerId, now);
    case 'clock':
      return clock(call, now);
  }
}

/** As if the agent's phone were busy: that is what the agent is, elsewhere. */
function agentTaken(call: Call, offerId: string, now: Instant): readonly CallEventBody[] {
  if (call.phase === 'talking' || call.phase === 'ended') return [];
  const offer = ringingOffers(call).find(({ id }) => id === offerId);
  return offer === undefined ? [] : offerOver(call, offer, 'busy', now);
}

/** Only the call's own: a foreign id may happen to be the name of something every object has. */
function legOf(call: Call, legId: LegId): Leg | undefined {
  return Object.hasOwn(call.legs, legId) ? call.legs[legId] : undefined;
}

/** The next moment at which `clock` has something to say, or null. */
export function nextDeadline(call: Call): Instant | null {
  const deadlines = ringingOffers(call).map((offer) => offer.deadlineAt);
  if (call.phase === 'queued') {
    if (call.announcement !== null) deadlines.push(call.announcement.deadlineAt);
    if (waitMayEnd(call) && call.stay.maxWaitAt !== null) deadlines.push(call.stay.maxWaitAt);
  }
  return deadlines.length === 0 ? null : Math.min(...deadlines);
}

/** A caller for whom a phone rings right now is not sent away. */
function waitMayEnd(call: QueuedCall): boolean {
  return call.stay.leaving === null && call.offers.length === 0;
}

function clock(call: Call, now: Instant): readonly CallEventBody[] {
  switch (call.phase) {
    case 'queued':
      return queueClock(call, now);
    case 'preparing':
    case 'connecting':
      return call.offer.deadlineAt <= now ? offerOver(call, call.offer, 'noAnswer', now) : [];
    case 'talking':
    case 'ended':
      return [];
  }
}

function queueClock(call: QueuedCall, now: Instant): readonly CallEventBody[] {
  const events: CallEventBody[] = [];
  for (const offer of call.offers) {
    if (offer.deadlineAt <= now) events.push(...failOffer(call, offer, call.stay.queueId, 'noAnswer', 'noAnswer'));
  }
  if (call.announcement !== null && call.announcement.deadlineAt <= now) {
    events.push({ type: 'announcement.ended', announcementId: call.announcement.id });
  }
  if (waitMayEnd(call) && call.stay.maxWaitAt !== null && call.stay.maxWaitAt <= now) {
    events.push({ type: 'queue.left', queueId: call.stay.queueId, reason: 'maxWait' });
  }
  return events;
}

/** The first device to answer wins; every other ringing leg of the call is released in the same breath. */
function answered(call: Call, legId: LegId, now: Instant): readonly CallEventBody[] {
  const leg = legOf(call, legId);
  if (leg === undefined || (leg.phase !== 'dialling' && leg.phase !== 'ringing')) return [];
  const offer = ringingOffers(call).find((candidate) => candidate.legIds.includes(legId));
  if (offer === undefined || call.phase === 'talking' || call.phase === 'ended') return [];
  const events: CallEventBody[] = [{ type: 'leg.answered', legId }];
  const losers = openLegs(call, offer).filter((id) => id !== legId);
  if (losers.length > 0) events.push({ type: 'legs.released', legIds: losers, reason: 'answeredElsewhere' });
  for (const other of ringingOffers(call)) {
    if (other.id !== offer.id)
      events.push(...failOffer(call, other, queueOf(call), 'answeredElsewhere', 'answeredElsewhere'));
  }
  if (call.phase === 'preparing') events.push(...goOnward(call.next, call, [legId], now));
  else events.push(connected(call, leg, now));
  return events;
}

function queueOf(call: LiveCall): string | null {
  return call.phase === 'queued' ? call.stay.queueId : null;
}

function connected(call: QueuedCall | ConnectingCall, winner: Leg, now: Instant): CallEventBody {
  const waiting = call.phase === 'queued' ? callerOf(call) : call.originatorId;
  return {
    type: 'call.connected',
    conversationId: `${call.id}~b${call.conversationCount + 1}`,
    legIds: waiting === null ? [winner.id] : [waiting, winner.id],
    agentId: winner.agentId ?? call.marks.agentId,
    queueId: queueOf(call),
    waitedMs: now - (call.marks.queuedAt ?? call.startedAt),
  };
}

function left(call: Call, leg: Leg, cause: number, now: Instant): readonly CallEventBody[] {
  const gone: CallEventBody = { type: 'leg.left', legId: leg.id, cause, agentId: leg.agentId };
  if (leg.phase === 'leaving' || call.phase === 'ended') return [gone];
  return [gone, ...afterLeft(evolve(call, gone, now), leg.id, cause, now)];
}

/** `call` is already without the leg. */
function afterLeft(call: Call, legId: LegId, cause: number, now: Instant): readonly CallEventBody[] {
  if (call.phase === 'ended') return [];
  if (call.phase === 'talking') return restOfConversation(call, now);
  const offer = ringingOffers(call).find((candidate) => candidate.legIds.includes(legId));
  if (offer === undefined) return releaseAll(call, withoutOriginator(call), 'normal', now);
  const verdict = deviceGone(call, offer, cause);
  if ('weakened' in verdict) return [{ type: 'offer.weakened', offerId: offer.id, outcome: verdict.weakened }];
  return offerOver(call, offer, verdict.failed, now);
}

/** The one who waited has hung up. */
function withoutOriginator(call: LiveCall): CallOutcome {
  return call.direction === 'inbound' ? 'abandoned' : 'cancelled';
}

/** Nobody took the offer: a queued caller waits on; any other call is over, but a customer goes to the PBX's fallback. */
function offerOver(
  call: QueuedCall | PreparingCall | ConnectingCall,
  offer: Offer,
  outcome: OfferOutcome,
  now: Instant,
): readonly CallEventBody[] {
  if (call.phase === 'queued') return failOffer(call, offer, call.stay.queueId, outcome, releaseReason(outcome));
  if (call.phase === 'connecting' && call.direction === 'inbound') {
    return releaseAll(call, 'fallback', 'fallback', now, outcome);
  }
  return releaseAll(call, callOutcome(outcome), releaseReason(outcome), now, outcome);
}

function callOutcome(outcome: OfferOutcome): CallOutcome {
  return outcome === 'answeredElsewhere' || outcome === 'withdrawn' ? 'cancelled' : outcome;
}

function releaseReason(outcome: OfferOutcome): ReleaseReason {
  return outcome === 'withdrawn' ? 'normal' : outcome;
}
