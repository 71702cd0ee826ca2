/** What has happened to a call, in the past tense. Appended to the database, then acted on, then published. */

import type { CoachEvent, DeviceEvent } from './event-beside.js';
import type { NewLeg, RecordedParty } from './new-leg.js';
import type { ParkingEvent } from './parking-event.js';
import type {
  AgentId,
  AnsweredBy,
  CallId,
  CallOutcome,
  CoachMode,
  Direction,
  HangUpRule,
  Instant,
  Language,
  LeaveReason,
  Leg,
  LegId,
  LineId,
  Offer,
  OfferOutcome,
  OfferPurpose,
  Onward,
  Party,
  QueueId,
  ReleaseReason,
  ScriptReturn,
  SoundItem,
} from './state.js';

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
      readonly hangUpRule: HangUpRule;
      readonly holdMusic: string;
      /** The queue on whose behalf it is made: a callback. */
      readonly queueId?: QueueId;
      /** When the caller began to wait, if that was before we heard of the call: in the PBX, while we were away. */
      readonly waitingSince?: Instant;
    }
  | {
      readonly type: 'call.queued';
      readonly lineId: LineId;
      readonly queueId: QueueId;
      readonly enteredAt: Instant;
      readonly priority: number;
      readonly music: string;
      readonly maxWaitAt: Instant | null;
      /** Was called back, and did not call. */
      readonly callback?: true;
      readonly placeSince?: Instant;
    }
  /** Legs are to be dialled for an agent or an outside number. */
  | {
      readonly type: 'call.offered';
      readonly lineId: LineId;
      readonly offerId: string;
      readonly purpose: OfferPurpose;
      readonly byAgentId: AgentId | null;
      readonly party: Party;
      readonly agentId: AgentId | null;
      readonly legs: readonly NewLeg[];
      readonly shows: Party;
      readonly autoAnswer: boolean;
      readonly deadlineAt: Instant;
      readonly picksUp?: string;
      /** Of a trainer: whom to listen to. */
      readonly coaches?: { readonly agentId: AgentId; readonly mode: CoachMode };
    }
  | { readonly type: 'leg.ringing'; readonly legId: LegId }
  | { readonly type: 'leg.answered'; readonly legId: LegId }
  /** What an outside party who has answered sounds like; told once. */
  | { readonly type: 'leg.detected'; readonly legId: LegId; readonly by: AnsweredBy }
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
  /** Somebody took what was offered first, or to a queue's caller. A call that is sent to another queue is connected once more. */
  | {
      readonly type: 'call.connected';
      readonly lineId: LineId;
      /** Who answered. */
      readonly legId: LegId;
      /** Everybody on the line now. */
      readonly legIds: readonly LegId[];
      /** The agent who took (or made) the call, if one is on the line. */
      readonly agentId: AgentId | null;
      readonly queueId: QueueId | null;
      /** How long the caller waited from joining the queue (or from the start), ms. */
      readonly waitedMs: number;
    }
  /** An agent opens a line to somebody else and takes part in it; `originId` is the line put on hold for it. */
  | {
      readonly type: 'line.opened';
      readonly lineId: LineId;
      readonly legId: LegId;
      readonly agentId: AgentId | null;
      readonly originId: LineId | null;
    }
  /** A leg becomes a member. */
  | {
      readonly type: 'line.joined';
      readonly lineId: LineId;
      readonly legId: LegId;
      readonly agentId: AgentId | null;
      readonly away: boolean;
    }
  | { readonly type: 'line.held'; readonly lineId: LineId; readonly legId: LegId; readonly agentId: AgentId | null }
  | { readonly type: 'line.resumed'; readonly lineId: LineId; readonly legId: LegId; readonly agentId: AgentId | null }
  /** A member leaves the line but not the call. */
  | { readonly type: 'line.parted'; readonly lineId: LineId; readonly legId: LegId; readonly agentId: AgentId | null }
  /** Everybody and everything of one line goes over to another; offers then ring for `purpose`, on behalf of the agent. */
  | {
      readonly type: 'line.merged';
      readonly fromId: LineId;
      readonly intoId: LineId;
      readonly purpose: OfferPurpose;
      readonly agentId: AgentId;
    }
  | { readonly type: 'line.closed'; readonly lineId: LineId }
  | { readonly type: 'line.transferred'; readonly lineId: LineId; readonly agentId: AgentId; readonly to: Party }
  /** Its agent hung up while the others were on hold, or could not be reached with a transfer that failed. */
  | { readonly type: 'line.orphaned'; readonly lineId: LineId; readonly agentId: AgentId }
  | ParkingEvent
  | { readonly type: 'line.recorded'; readonly lineId: LineId; readonly recorded: 'no' | 'yes' | 'paused' }
  /** Legs go over to another call, with whatever rings for them. */
  | {
      readonly type: 'legs.handedOver';
      readonly lineId: LineId;
      readonly legIds: readonly LegId[];
      readonly toCallId: CallId;
      /** The agents among them, rung or up. */
      readonly agentIds: readonly AgentId[];
    }
  /** Legs of another call become part of this one. */
  | {
      readonly type: 'legs.adopted';
      readonly lineId: LineId;
      readonly fromCallId: CallId;
      readonly legs: readonly Leg[];
      readonly memberIds: readonly LegId[];
      readonly offers: readonly Offer[];
    }
  /** Decided: these legs must go. */
  | { readonly type: 'legs.released'; readonly legIds: readonly LegId[]; readonly reason: ReleaseReason }
  /** Asterisk says that the leg is gone. `cause` is the Q.850 hang-up cause, 0 when unknown. */
  | { readonly type: 'leg.left'; readonly legId: LegId; readonly cause: number; readonly agentId: AgentId | null }
  | { readonly type: 'queue.left'; readonly lineId: LineId; readonly queueId: QueueId; readonly reason: LeaveReason }
  | {
      readonly type: 'announcement.started';
      readonly lineId: LineId;
      readonly ending: 'wait' | 'release';
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
      readonly type: 'script.started';
      readonly lineId: LineId;
      readonly name: string;
      readonly position: string;
      readonly music: string | null;
    }
  | { readonly type: 'script.answered'; readonly lineId: LineId }
  | {
      readonly type: 'script.stepped';
      readonly lineId: LineId;
      readonly position: string;
      readonly music: string | null;
    }
  /** The party is sent on and may come back; `over` when it will not. */
  | {
      readonly type: 'script.suspended';
      readonly lineId: LineId;
      readonly keep: 'failure' | 'after';
      readonly position: string;
    }
  | { readonly type: 'script.resumed'; readonly lineId: LineId; readonly outcome: ScriptReturn }
  | { readonly type: 'script.over'; readonly lineId: LineId }
  | CoachEvent
  | DeviceEvent
  /** By an agent, or, null, by the scenario. */
  | { readonly type: 'call.tagged'; readonly tag: string; readonly agentId: AgentId | null }
  | { readonly type: 'call.untagged'; readonly tag: string; readonly agentId: AgentId }
  /** How satisfied the caller is, 1 to 5; the last one counts. */
  | {
      readonly type: 'call.rated';
      readonly score: number;
      readonly queueId: QueueId | null;
      readonly agentId: AgentId | null;
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
