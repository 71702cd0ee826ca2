/** What has happened to a call, in the past tense. Appended to the database, then acted on, then published. */
import type {
  AgentId,
  CallOutcome,
  Direction,
  Instant,
  Language,
  LeaveReason,
  LegId,
  LegRole,
  OfferOutcome,
  Onward,
  Party,
  QueueId,
  ReleaseReason,
  SoundItem,
} from './state.js';

export interface NewLeg {
  readonly id: LegId;
  readonly role: LegRole;
  readonly party: Party;
  readonly agentId: AgentId | null;
  readonly address: string | null;
}

export interface RecordedParty {
  readonly legId: LegId;
  readonly agentId: AgentId | null;
  readonly party: Party;
}

export type CallEventBody =
  /** A call came into being with the leg that called in; null when an agent asked for it and no leg exists yet. */
  | {
      readonly type: 'call.started';
      readonly direction: Direction;
      readonly from: Party;
      readonly dialled: string;
      readonly language: Language;
      readonly leg: NewLeg | null;
      /** Where it goes once the agent's own phone is answered: set when an agent asked for the call from the desktop. */
      readonly next: Onward | null;
      /** The agent who makes the call, or null. */
      readonly agentId: AgentId | null;
    }
  | {
      readonly type: 'call.queued';
      readonly queueId: QueueId;
      readonly enteredAt: Instant;
      readonly priority: number;
      readonly music: string;
      readonly maxWaitAt: Instant | null;
    }
  /** Legs are to be dialled for an agent or an outside number. */
  | {
      readonly type: 'call.offered';
      readonly offerId: string;
      readonly agentId: AgentId | null;
      readonly legs: readonly NewLeg[];
      readonly shows: Party;
      readonly autoAnswer: boolean;
      readonly deadlineAt: Instant;
    }
  | { readonly type: 'leg.ringing'; readonly legId: LegId }
  | { readonly type: 'leg.answered'; readonly legId: LegId }
  | { readonly type: 'leg.muted'; readonly legId: LegId; readonly muted: boolean }
  /** One device of an offer has failed while others may still ring. */
  | { readonly type: 'offer.weakened'; readonly offerId: string; readonly outcome: OfferOutcome }
  | {
      readonly type: 'offer.failed';
      readonly offerId: string;
      readonly agentId: AgentId | null;
      readonly queueId: QueueId | null;
      readonly outcome: OfferOutcome;
    }
  | {
      readonly type: 'call.connected';
      readonly conversationId: string;
      readonly legIds: readonly LegId[];
      /** The agent who took (or made) the call, if one is in the conversation. */
      readonly agentId: AgentId | null;
      readonly queueId: QueueId | null;
      /** How long the caller waited from joining the queue (or from the start), ms. */
      readonly waitedMs: number;
    }
  /** Decided: these legs must go. */
  | { readonly type: 'legs.released'; readonly legIds: readonly LegId[]; readonly reason: ReleaseReason }
  /** Asterisk says that the leg is gone. `cause` is the Q.850 hang-up cause, 0 when unknown. */
  | { readonly type: 'leg.left'; readonly legId: LegId; readonly cause: number; readonly agentId: AgentId | null }
  | { readonly type: 'queue.left'; readonly queueId: QueueId; readonly reason: LeaveReason }
  | {
      readonly type: 'announcement.started';
      readonly announcementId: string;
      readonly items: readonly SoundItem[];
      readonly deadlineAt: Instant;
    }
  | { readonly type: 'announcement.ended'; readonly announcementId: string }
  /** A conversation is being recorded into a file of its own: one segment of the call's recording. */
  | {
      readonly type: 'recording.opened';
      readonly recordingId: string;
      /** The file as Asterisk knows it, without extension, e.g. `ringmaster/2026-11-22/<recordingId>`. */
      readonly name: string;
      readonly conversationId: string;
      /** Who takes part when it begins. */
      readonly parties: readonly RecordedParty[];
    }
  /** kept: the file is there; failed: Asterisk could not write it; lost: nothing was heard of its end. */
  | {
      readonly type: 'recording.closed';
      readonly recordingId: string;
      readonly outcome: 'kept' | 'failed' | 'lost';
      /** Null when Asterisk did not say. */
      readonly durationMs: number | null;
    }
  | {
      readonly type: 'call.ended';
      readonly outcome: CallOutcome;
      readonly queueId: QueueId | null;
      readonly agentId: AgentId | null;
      /** Agents that still had a leg when it ended. */
      readonly agentIds: readonly AgentId[];
      readonly waitedMs: number;
      readonly talkedMs: number;
    };

/** `v` is the version of the event's shape. */
export type CallEvent = CallEventBody & {
  readonly callId: string;
  readonly seq: number;
  readonly at: Instant;
  readonly v: 1;
};
