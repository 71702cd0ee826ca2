/** Whom to ring and for what, and where a call goes when nobody answers. */
import type { AgentId, Instant, LegId, Party, QueueId, ReleaseReason, SoundItem } from './state.js';

/** How an offer ended without a conversation. */
export type OfferOutcome =
  | 'noAnswer'
  | 'busy'
  | 'rejected'
  | 'unavailable'
  | 'unknownNumber'
  | 'answeredElsewhere'
  | 'withdrawn';

/**
 * What a ringing phone is wanted for, and so what follows when nobody answers.
 * own: the agent's own phone, before a call from the desktop; first: the one who is called; queue: an agent for a waiting caller;
 * consult: the one whom an agent wants to ask; transfer: the one to whom an agent has sent the line; recall: the agent who hung up
 * while the line was on hold; invite: one more for a conference; retrieve: whoever takes a parked line; coach: a trainer, who is on no
 * line (see coaching.ts); device: another phone of an agent who talks, for no line of its own (see device-move.ts).
 */
export type OfferPurpose =
  | 'own'
  | 'first'
  | 'queue'
  | 'consult'
  | 'transfer'
  | 'recall'
  | 'invite'
  | 'retrieve'
  | 'coach'
  | 'device';

/** One agent's (or one outside number's) chance to take the call: all devices ring together. */
export interface Offer {
  readonly id: string;
  readonly purpose: OfferPurpose;
  /** The agent who asked for it (consult, transfer, invite), or null. */
  readonly byAgentId: AgentId | null;
  readonly party: Party;
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
  /** The offer to a colleague that this agent picks up; left out where the agent was asked. */
  readonly picksUp?: string;
}

/** An agent's other devices ring, to take the conversation over. */
export interface DeviceMove {
  readonly agentId: AgentId;
  readonly offer: Offer;
}

/** A leg yet to be dialled. */
export interface LegToDial {
  readonly id: LegId;
  readonly address: string;
  /** Ask the phone to answer by itself (the agent's own phone when the agent calls out from the desktop). */
  readonly autoAnswer: boolean;
  /** It is to be found out whether a person or a machine answers. */
  readonly detectMachine?: boolean;
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

/** Where a call waits: the part of a queue's settings that a call carries with it. */
export interface QueueEntry {
  readonly queueId: QueueId;
  readonly priority: number;
  readonly music: string;
  readonly maxWaitMs: number | null;
  /** Was called back, and did not call. */
  readonly callback?: true;
  /** Stands in line as if having joined then. */
  readonly placeSince?: Instant;
}

/** Where a call goes: into a queue, to a target that rings at once, into a script, or nowhere. */
export type Onward =
  | { readonly kind: 'queue'; readonly entry: QueueEntry }
  | { readonly kind: 'target'; readonly target: Target }
  /** Something is said, or recorded, and then the line is over. */
  | {
      readonly kind: 'say';
      readonly announcementId: string;
      readonly items: readonly SoundItem[];
      readonly timeoutMs: number;
    }
  /** The line's one party is led through a script. */
  | { readonly kind: 'script'; readonly script: ScriptStart }
  /** `outcome`: how the call has ended then, where the reason does not say it. */
  | { readonly kind: 'nowhere'; readonly reason: ReleaseReason; readonly outcome?: 'blocked' };

export interface ScriptStart {
  readonly name: string;
  readonly position: string;
  readonly music: string | null;
}
