/**
 * What a call is: one customer's conversation from first ring to end, with every leg that ever takes part.
 *
 *   begin ─┬─► queued ──────────────► talking ─► ended
 *          │     │  ▲ offers fail        ▲          ▲
 *          │     ▼  │ (place kept)       │          │
 *          │   leaving the queue ─► connecting ─────┤
 *          └─► preparing ─► connecting ─────────────┘
 *
 * queued      the caller waits in a queue; offers ring agents' phones.
 * preparing   an agent asked for a call: the agent's own phone rings first.
 * connecting  the originator hears ringing while one offer (an agent or an outside number) rings.
 * talking     at least one conversation joins two or more legs.
 * ended       decided; legs marked `leaving` may still be on their way out.
 */

export type CallId = string;
/** Chosen before dialling; a new attempt is a new id. */
export type LegId = string;
export type AgentId = string;
export type QueueId = string;
/** Milliseconds since 1970, UTC. */
export type Instant = number;

export type LegRole = 'caller' | 'agent' | 'target' | 'coach';
export type Direction = 'inbound' | 'outbound' | 'internal';
export type Language = 'en' | 'ru';

export interface Party {
  readonly number: string;
  readonly name: string;
}

/** Why a leg is told to go. */
export type ReleaseReason =
  | 'normal'
  | 'answeredElsewhere'
  | 'noAnswer'
  | 'busy'
  | 'rejected'
  | 'unavailable'
  | 'unknownNumber'
  /** Handed back to the PBX's own dial plan (its fallback queue). */
  | 'fallback';

/** How an offer ended without a conversation. */
export type OfferOutcome =
  | 'noAnswer'
  | 'busy'
  | 'rejected'
  | 'unavailable'
  | 'unknownNumber'
  | 'answeredElsewhere'
  | 'withdrawn';

interface LegBase {
  readonly id: LegId;
  readonly role: LegRole;
  readonly party: Party;
  /** The agent whose phone this is, or null for an outside party. */
  readonly agentId: AgentId | null;
  /** Where to dial, e.g. `PJSIP/101`; null for a leg that called in. */
  readonly address: string | null;
  /** The others do not hear this leg. */
  readonly muted: boolean;
  readonly since: Instant;
}

/**
 * arrived: called in, not answered yet. dialling → ringing → up. leaving: must go, Asterisk has not yet said that it went;
 * a leaving leg takes part in nothing.
 */
export type Leg = LegBase &
  (
    | { readonly phase: 'arrived' | 'dialling' | 'ringing' | 'up' }
    | { readonly phase: 'leaving'; readonly reason: ReleaseReason }
  );

/** One agent's (or one outside number's) chance to take the call: all devices ring together. */
export interface Offer {
  readonly id: string;
  /** Null when an outside number is dialled. */
  readonly agentId: AgentId | null;
  readonly legIds: readonly LegId[];
  readonly offeredAt: Instant;
  /** When ringing ends as `noAnswer`. */
  readonly deadlineAt: Instant;
  /** Whom the phones show as calling. */
  readonly shows: Party;
  readonly autoAnswer: boolean;
  /** The most telling answer a device of this offer has given so far, kept while other devices still ring. */
  readonly outcome: OfferOutcome | null;
}

/** One spoken item: a sound's name, a number to say, or digits to spell. */
export type SoundItem =
  | { readonly kind: 'sound'; readonly name: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'digits'; readonly value: string };

export interface Announcement {
  readonly id: string;
  readonly items: readonly SoundItem[];
  /** When it is taken for finished even if nothing was heard of it (a lost or missing sound never finishes). */
  readonly deadlineAt: Instant;
}

/** Where a call waits: the part of a queue's settings that a call carries with it. */
export interface QueueEntry {
  readonly queueId: QueueId;
  readonly priority: number;
  readonly music: string;
  readonly maxWaitMs: number | null;
}

/** Where a call goes: into a queue, to a target that rings at once, or nowhere. */
export type Onward =
  | { readonly kind: 'queue'; readonly entry: QueueEntry }
  | { readonly kind: 'target'; readonly target: Target }
  | { readonly kind: 'nowhere'; readonly reason: ReleaseReason };

export interface QueueStay {
  readonly queueId: QueueId;
  /** When the caller first joined a queue: the place in line goes by this and survives every offer. */
  readonly enteredAt: Instant;
  /** Higher is served first. */
  readonly priority: number;
  readonly music: string;
  /** When the caller has waited long enough, or null for no limit. */
  readonly maxWaitAt: Instant | null;
  /** Set once the wait is over and a new destination is being looked for; no offer is made any more. */
  readonly leaving: LeaveReason | null;
}

export type LeaveReason = 'maxWait' | 'empty' | 'moved';

/** Legs that hear each other. */
export interface Conversation {
  readonly id: string;
  readonly legIds: readonly LegId[];
  readonly startedAt: Instant;
}

/** A leg yet to be dialled. */
export interface LegToDial {
  readonly id: LegId;
  readonly address: string;
  /** Ask the phone to answer by itself (the agent's own phone when the agent calls out from the desktop). */
  readonly autoAnswer: boolean;
}

/** Whom to ring: an agent's devices, or one outside number. */
export interface Target {
  readonly offerId: string;
  readonly agentId: AgentId | null;
  readonly party: Party;
  /** Whom the target's phone shows as calling. */
  readonly shows: Party;
  readonly legs: readonly LegToDial[];
  readonly ringMs: number;
}

/** What history and statistics keep of a call; filled as the call goes on. */
export interface Marks {
  readonly queueId: QueueId | null;
  readonly queuedAt: Instant | null;
  readonly connectedAt: Instant | null;
  /** The agent who first spoke with (or made) the call. */
  readonly agentId: AgentId | null;
}

export type CallOutcome =
  | 'answered'
  | 'abandoned'
  | 'busy'
  | 'rejected'
  | 'noAnswer'
  | 'unavailable'
  | 'unknownNumber'
  | 'cancelled'
  | 'fallback'
  | 'lost';

interface CallBase {
  readonly id: CallId;
  /** Number of events applied; the next event carries seq + 1. */
  readonly seq: number;
  readonly direction: Direction;
  readonly from: Party;
  /** What was dialled. */
  readonly dialled: string;
  readonly language: Language;
  readonly startedAt: Instant;
  readonly legs: Readonly<Record<LegId, Leg>>;
  /** How many conversations the call has had; names the next one. */
  readonly conversationCount: number;
  readonly marks: Marks;
}

export type QueuedCall = CallBase & {
  readonly phase: 'queued';
  readonly stay: QueueStay;
  readonly offers: readonly Offer[];
  readonly announcement: Announcement | null;
};
export type PreparingCall = CallBase & {
  readonly phase: 'preparing';
  readonly offer: Offer;
  /** Where the call goes once the agent's own phone is answered. */
  readonly next: Onward;
};
export type ConnectingCall = CallBase & {
  readonly phase: 'connecting';
  readonly originatorId: LegId;
  readonly offer: Offer;
};
export type TalkingCall = CallBase & {
  readonly phase: 'talking';
  readonly conversations: readonly Conversation[];
};
export type EndedCall = CallBase & {
  readonly phase: 'ended';
  readonly outcome: CallOutcome;
  readonly endedAt: Instant;
};

export type Call = QueuedCall | PreparingCall | ConnectingCall | TalkingCall | EndedCall;
export type LiveCall = Exclude<Call, EndedCall>;

/** Legs that still take part: every leg but those on their way out. */
export function presentLegs(call: Call): readonly Leg[] {
  return Object.values(call.legs).filter((leg) => leg.phase !== 'leaving');
}
/** The offers that ring now, in whatever phase. */
export function ringingOffers(call: Call): readonly Offer[] {
  switch (call.phase) {
    case 'queued':
      return call.offers;
    case 'preparing':
    case 'connecting':
      return [call.offer];
    default:
      return [];
  }
}

/** Agents who have a leg in the call (ringing or up), each once. */
export function agentsIn(call: Call): readonly AgentId[] {
  return [...new Set(presentLegs(call).flatMap((leg) => leg.agentId ?? []))];
}
