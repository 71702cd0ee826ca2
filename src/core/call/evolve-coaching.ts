/** What an event makes of a call's trainers. */
import type { Coaching, CoachMode } from './coaching-state.js';
import type { CallEventBody } from './event.js';
import type { CoachEvent } from './event-beside.js';
import type { LegId, LiveCall, Offer } from './state.js';

type Event<T extends CallEventBody['type']> = Extract<CallEventBody, { type: T }>;

/** `offer` is that of the event. An earlier attempt that failed is forgotten. */
export function coachOffered(call: LiveCall, event: Event<'call.offered'>, offer: Offer): LiveCall {
  const { coaches, agentId: coachId, byAgentId } = event;
  if (coaches === undefined || coachId === null) return call;
  const { agentId, mode } = coaches;
  const others = call.coachings.filter((each) => each.stage !== 'failed' || each.agentId !== agentId);
  return { ...call, coachings: [...others, { stage: 'rings', agentId, coachId, byAgentId, mode, offer }] };
}

export function coachingChanged(call: LiveCall, event: CallEventBody): LiveCall {
  switch (event.type) {
    case 'coach.joined':
      return mapped(call, (each) => joined(each, event));
    case 'coach.changed':
      return mapped(call, (each) =>
        each.stage === 'there' && each.legId === event.legId ? inMode(each, event.mode) : each,
      );
    case 'offer.weakened':
      return mapped(call, (each) =>
        each.stage === 'rings' && each.offer.id === event.offerId
          ? { ...each, offer: { ...each.offer, outcome: event.outcome } }
          : each,
      );
    case 'offer.failed':
      return mapped(call, (each) => failed(each, event));
    default:
      return call;
  }
}

export function withoutCoaches(call: LiveCall, legIds: readonly LegId[]): LiveCall {
  const coachings = call.coachings.filter((each) => each.stage !== 'there' || !legIds.includes(each.legId));
  return coachings.length === call.coachings.length ? call : { ...call, coachings };
}

function mapped(call: LiveCall, change: (each: Coaching) => Coaching): LiveCall {
  return call.coachings.length === 0 ? call : { ...call, coachings: call.coachings.map(change) };
}

function joined(each: Coaching, { legId, mode }: CoachEvent): Coaching {
  if (each.stage !== 'rings' || !each.offer.legIds.includes(legId)) return each;
  const { agentId, coachId, byAgentId } = each;
  return { stage: 'there', agentId, coachId, byAgentId, mode, legId, barges: mode === 'barge' ? 1 : 0 };
}

function inMode(each: Extract<Coaching, { stage: 'there' }>, mode: CoachMode): Coaching {
  return { ...each, mode, barges: each.barges + (mode === 'barge' ? 1 : 0) };
}

function failed(each: Coaching, { offerId, outcome }: Event<'offer.failed'>): Coaching {
  if (each.stage !== 'rings' || each.offer.id !== offerId) return each;
  const { agentId, coachId, byAgentId, mode, offer } = each;
  return { stage: 'failed', agentId, coachId, byAgentId, mode, party: offer.party, outcome };
}
