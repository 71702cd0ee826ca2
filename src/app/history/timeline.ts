/** What happened in a call, when and through whom, told from its stored events for a person to read: pure. */
import type { AgentId, Instant, LegId, OfferOutcome, Party, QueueId } from '../../core/call/state.js';
import { causeName } from './cause.js';
import { type LegRecord, type Legs, legsOf } from './legs.js';
import type { StoryEvent } from './story-event.js';

/** Part of the API: names are added, never changed. */
export const HAPPENINGS = [
  'started',
  'waiting',
  'leftQueue',
  'offered',
  'missed',
  'withdrawn',
  'answered',
  'consulted',
  'joined',
  'held',
  'resumed',
  'parked',
  'unparked',
  'merged',
  'transferred',
  'movedHere',
  'movedAway',
  'muted',
  'unmuted',
  'detected',
  'coached',
  'movedDevice',
  'tagged',
  'untagged',
  'rated',
  'recordingStarted',
  'recordingEnded',
  'left',
  'ended',
] as const;

export interface Happening {
  readonly at: Instant;
  readonly what: (typeof HAPPENINGS)[number];
  /** The agent who did it, or to whom it happened. */
  readonly agentId: AgentId | null;
  /** The party it is about, where there is one. */
  readonly party: Party | null;
  readonly legId: LegId | null;
  readonly lineId: string | null;
  readonly queueId: QueueId | null;
  /** One word more: an offer's or a call's outcome, a hang-up cause's name, a tag, who answered, a trainer's mode, another call's or line's id. */
  readonly detail: string | null;
}

/** In the order of the events. */
export function timelineOf(events: readonly StoryEvent[]): readonly Happening[] {
  const story = { legs: legsOf(events), offered: new Map<string, Party | null>() };
  return events.flatMap((event) =>
    happenings(event, story).map(({ what, ...rest }) => ({ at: event.at, what, ...NOBODY, ...rest })),
  );
}

type Told = Pick<Happening, 'what'> & Partial<Happening>;

interface Story {
  readonly legs: Legs;
  /** Whom each offer so far rang. */
  readonly offered: Map<string, Party | null>;
}

const NOBODY = { agentId: null, party: null, legId: null, lineId: null, queueId: null, detail: null } as const;

/** Not told: what only the machinery does (announcements, devices that ring, or ring again, or fail beside others, legs told to go). */
function happenings(event: StoryEvent, story: Story): readonly Told[] {
  switch (event.type) {
    case 'call.started':
      return [{ what: 'started', party: event.from, agentId: event.agentId, detail: event.dialled }];
    case 'call.queued':
      return [{ what: 'waiting', queueId: event.queueId }];
    case 'queue.left':
      return [{ what: 'leftQueue', queueId: event.queueId, detail: event.reason }];
    case 'call.offered':
      return offered(event, story);
    case 'offer.failed':
      return [offerFailed(event, story)];
    case 'call.connected':
      return [{ what: 'answered', agentId: event.agentId, queueId: event.queueId }];
    case 'leg.muted':
      return [{ what: event.muted ? 'muted' : 'unmuted', ...who(story.legs.get(event.legId)) }];
    case 'device.moved':
      return [{ what: 'movedDevice', ...who(story.legs.get(event.legId)), detail: event.fromLegId }];
    case 'coach.joined':
    case 'coach.changed':
      return [{ what: 'coached', ...who(story.legs.get(event.legId)), detail: event.mode }];
    case 'leg.detected':
      return [{ what: 'detected', ...who(story.legs.get(event.legId)), detail: event.by }];
    case 'recording.opened':
      return [{ what: 'recordingStarted', detail: event.recordingId }];
    case 'recording.closed':
      return [{ what: 'recordingEnded', detail: event.recordingId }];
    case 'leg.left':
      return left(story.legs.get(event.legId), event.cause);
    case 'call.ended':
      return [{ what: 'ended', agentId: event.agentId, queueId: event.queueId, detail: event.outcome }];
    default:
      return ofLines(event, story);
  }
}

function ofLines(event: StoryEvent, { legs }: Story): readonly Told[] {
  switch (event.type) {
    case 'line.opened':
      return event.originId === null ? [] : [consulted(event)];
    case 'line.joined':
      return [{ what: 'joined', ...who(legs.get(event.legId)), lineId: event.lineId }];
    case 'line.held':
      return [{ what: 'held', ...who(legs.get(event.legId)), agentId: event.agentId, lineId: event.lineId }];
    case 'line.resumed':
      return [{ what: 'resumed', ...who(legs.get(event.legId)), agentId: event.agentId, lineId: event.lineId }];
    case 'line.parked':
      return [{ what: 'parked', agentId: event.agentId, lineId: event.lineId, detail: event.slot }];
    case 'line.unparked':
      return [{ what: 'unparked', agentId: event.agentId, lineId: event.lineId, detail: event.why }];
    case 'line.merged':
      return [{ what: 'merged', lineId: event.intoId, detail: event.fromId }];
    case 'line.transferred':
      return [{ what: 'transferred', agentId: event.agentId, party: event.to, lineId: event.lineId }];
    case 'legs.adopted':
      return event.legs.map((leg) => ({
        what: 'movedHere',
        ...who(legs.get(leg.id)),
        lineId: event.lineId,
        detail: event.fromCallId,
      }));
    case 'legs.handedOver':
      return event.legIds.map((id) => ({ what: 'movedAway', ...who(legs.get(id)), detail: event.toCallId }));
    case 'call.tagged':
      return [{ what: 'tagged', agentId: event.agentId, detail: event.tag }];
    case 'call.untagged':
      return [{ what: 'untagged', agentId: event.agentId, detail: event.tag }];
    case 'call.rated':
      return [{ what: 'rated', agentId: event.agentId, queueId: event.queueId, detail: String(event.score) }];
    default:
      return [];
  }
}

/** Several devices of one agent are one offer. */
function offered(event: Extract<StoryEvent, { type: 'call.offered' }>, story: Story): readonly Told[] {
  const party = event.legs[0]?.party ?? null;
  story.offered.set(event.offerId, party);
  return [{ what: 'offered', agentId: event.agentId, party, detail: event.picksUp === undefined ? null : 'pickUp' }];
}

const NOBODYS_FAULT: ReadonlySet<OfferOutcome> = new Set(['answeredElsewhere', 'withdrawn']);

function offerFailed(event: Extract<StoryEvent, { type: 'offer.failed' }>, story: Story): Told {
  const { agentId, queueId, outcome, offerId } = event;
  const what = NOBODYS_FAULT.has(outcome) ? 'withdrawn' : 'missed';
  return { what, agentId, queueId, party: story.offered.get(offerId) ?? null, detail: outcome };
}

/** The agent who asks; whom, the offer that follows tells. */
function consulted({ agentId, legId, lineId, originId }: Extract<StoryEvent, { type: 'line.opened' }>): Told {
  return { what: 'consulted', agentId, legId, lineId, detail: originId };
}

/** Phones that only rang are told by their offer. */
function left(leg: LegRecord | undefined, cause: number): readonly Told[] {
  if (leg === undefined || (leg.answeredAt === null && leg.role !== 'caller')) return [];
  return [{ what: 'left', ...who(leg), detail: causeName(cause) }];
}

function who(leg: LegRecord | undefined): Partial<Happening> {
  return leg === undefined ? {} : { agentId: leg.agentId, party: partyOf(leg), legId: leg.id };
}

function partyOf({ number, name }: LegRecord): Party {
  return { number, name };
}
