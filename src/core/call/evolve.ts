/** What an event makes of a call. Mechanical: no rules live here, only what the event says. */
import type { CallEventBody, NewLeg } from './event.js';
import type {
  Call,
  CallId,
  ConnectingCall,
  Instant,
  Leg,
  LegId,
  Offer,
  PreparingCall,
  QueuedCall,
  TalkingCall,
} from './state.js';

type Started = Extract<CallEventBody, { type: 'call.started' }>;
type Offered = Extract<CallEventBody, { type: 'call.offered' }>;
type Legs = Call['legs'];

/** The call that its first event brings into being. It is nobody's yet: the events after it say where it goes. */
export function start(id: CallId, event: Started, at: Instant): PreparingCall | ConnectingCall {
  const base = {
    id,
    seq: 1,
    direction: event.direction,
    from: event.from,
    dialled: event.dialled,
    language: event.language,
    startedAt: at,
    legs: event.leg === null ? {} : { [event.leg.id]: newLeg(event.leg, 'arrived', at) },
    conversationCount: 0,
    marks: { queueId: null, queuedAt: null, connectedAt: null, agentId: event.agentId },
  };
  if (event.next === null)
    return { ...base, phase: 'connecting', originatorId: event.leg?.id ?? '', offer: nobody(at) };
  return { ...base, phase: 'preparing', next: event.next, offer: nobody(at) };
}

/** Stands for "no offer yet" between the first event and the second, which always come together. */
function nobody(at: Instant): Offer {
  const shows = { number: '', name: '' };
  return { id: '', agentId: null, legIds: [], offeredAt: at, deadlineAt: at, shows, autoAnswer: false, outcome: null };
}

function newLeg(leg: NewLeg, phase: 'arrived' | 'dialling', since: Instant): Leg {
  return { ...leg, phase, muted: false, since };
}

export function evolve(call: Call, event: CallEventBody, at: Instant): Call {
  return { ...change(call, event, at), seq: call.seq + 1 };
}

function change(call: Call, event: CallEventBody, at: Instant): Call {
  switch (event.type) {
    case 'call.started':
      return call;
    case 'call.queued':
      return queued(call, event, at);
    case 'call.offered':
      return offered(call, event, at);
    case 'leg.ringing':
      return withLeg(call, event.legId, (leg) => ({ ...leg, phase: 'ringing', since: at }));
    case 'leg.answered':
      return withLeg(call, event.legId, (leg) => ({ ...leg, phase: 'up', since: at }));
    case 'leg.muted':
      return withLeg(call, event.legId, (leg) => ({ ...leg, muted: event.muted }));
    case 'offer.weakened':
      return mapOffers(call, (offer) => (offer.id === event.offerId ? { ...offer, outcome: event.outcome } : offer));
    case 'offer.failed':
      return call.phase === 'queued'
        ? { ...call, offers: call.offers.filter((offer) => offer.id !== event.offerId) }
        : call;
    case 'call.connected':
      return connected(call, event, at);
    case 'legs.released':
      return withoutTalkers({ ...call, legs: released(call.legs, event.legIds, event.reason, at) }, event.legIds);
    case 'leg.left':
      return withoutLeg(call, event.legId);
    case 'queue.left':
      return call.phase === 'queued' ? { ...call, stay: { ...call.stay, leaving: event.reason } } : call;
    case 'announcement.started':
      return call.phase === 'queued'
        ? { ...call, announcement: { id: event.announcementId, items: event.items, deadlineAt: event.deadlineAt } }
        : call;
    case 'announcement.ended':
      return call.phase === 'queued' ? { ...call, announcement: null } : call;
    case 'recording.opened':
    case 'recording.closed':
      return call;
    case 'call.ended':
      return { ...baseOf(call), phase: 'ended', outcome: event.outcome, endedAt: at };
  }
}

function baseOf(call: Call) {
  const { id, seq, direction, from, dialled, language, startedAt, legs, conversationCount, marks } = call;
  return { id, seq, direction, from, dialled, language, startedAt, legs, conversationCount, marks };
}

function queued(call: Call, event: Extract<CallEventBody, { type: 'call.queued' }>, at: Instant): QueuedCall {
  const { queueId, enteredAt, priority, music, maxWaitAt } = event;
  const base = baseOf(call);
  return {
    ...base,
    phase: 'queued',
    marks: { ...base.marks, queueId, queuedAt: base.marks.queuedAt ?? at },
    stay: { queueId, enteredAt, priority, music, maxWaitAt, leaving: null },
    offers: [],
    announcement: null,
  };
}

function offered(call: Call, event: Offered, at: Instant): Call {
  const offer: Offer = {
    id: event.offerId,
    agentId: event.agentId,
    legIds: event.legs.map((leg) => leg.id),
    offeredAt: at,
    deadlineAt: event.deadlineAt,
    shows: event.shows,
    autoAnswer: event.autoAnswer,
    outcome: null,
  };
  const legs: Record<LegId, Leg> = { ...call.legs };
  for (const leg of event.legs) legs[leg.id] = newLeg(leg, 'dialling', at);
  if (call.phase === 'queued' && call.stay.leaving === null) return { ...call, legs, offers: [...call.offers, offer] };
  if (call.phase === 'preparing' && call.offer.id === '') return { ...call, legs, offer };
  return { ...baseOf(call), phase: 'connecting', legs, originatorId: originatorOf(call, event), offer };
}

/** Whoever is present and is not being rung: the leg that called in, or the agent's own phone that answered. */
function originatorOf(call: Call, event: Offered): LegId {
  const rung = new Set(event.legs.map((leg) => leg.id));
  const waiting = Object.values(call.legs).find((leg) => leg.phase !== 'leaving' && !rung.has(leg.id));
  return waiting?.id ?? '';
}

function connected(call: Call, event: Extract<CallEventBody, { type: 'call.connected' }>, at: Instant): TalkingCall {
  const legs: Record<LegId, Leg> = { ...call.legs };
  for (const id of event.legIds) {
    const leg = legs[id];
    if (leg !== undefined && leg.phase !== 'leaving') legs[id] = { ...leg, phase: 'up', since: at };
  }
  const base = baseOf(call);
  return {
    ...base,
    phase: 'talking',
    legs,
    marks: {
      ...base.marks,
      connectedAt: base.marks.connectedAt ?? at,
      agentId: base.marks.agentId ?? event.agentId,
    },
    conversationCount: base.conversationCount + 1,
    conversations: [{ id: event.conversationId, legIds: event.legIds, startedAt: at }],
  };
}

function released(
  legs: Legs,
  ids: readonly LegId[],
  reason: Extract<Leg, { phase: 'leaving' }>['reason'],
  at: Instant,
): Legs {
  const changed: Record<LegId, Leg> = { ...legs };
  for (const id of ids) {
    const leg = changed[id];
    if (leg !== undefined && leg.phase !== 'leaving') changed[id] = { ...leg, phase: 'leaving', reason, since: at };
  }
  return changed;
}

function withLeg(call: Call, id: LegId, change: (leg: Leg) => Leg): Call {
  const leg = call.legs[id];
  if (leg === undefined || leg.phase === 'leaving') return call;
  return { ...call, legs: { ...call.legs, [id]: change(leg) } };
}

function withoutLeg(call: Call, id: LegId): Call {
  const { [id]: _gone, ...legs } = call.legs;
  return withoutTalkers({ ...call, legs }, [id]);
}

/** Who goes is in no conversation any more, even while Asterisk has not yet said that it went. */
function withoutTalkers(call: Call, ids: readonly LegId[]): Call {
  if (call.phase !== 'talking') return call;
  const conversations = call.conversations.map((conversation) => ({
    ...conversation,
    legIds: conversation.legIds.filter((legId) => !ids.includes(legId)),
  }));
  return { ...call, conversations };
}

function mapOffers(call: Call, change: (offer: Offer) => Offer): Call {
  if (call.phase === 'queued') return { ...call, offers: call.offers.map(change) };
  if (call.phase === 'preparing' || call.phase === 'connecting')
    return { ...call, offer: change(call.offer) } satisfies PreparingCall | ConnectingCall;
  return call;
}
