/** What Asterisk has of a call, as far as is known, and the steps that change it. */
import type { AgentId, Announcement, CallId, Language, LegId, LegRole, Party, ReleaseReason } from './state.js';

/**
 * creating: asked for, not yet heard of. dialledEarly: dialled all the same, which Asterisk may refuse; awaited: it did refuse, and
 * the leg is waited for. created: there, not dialled. maybeDialled: there, and nobody knows whether it was dialled. dialled: rings or
 * is about to. rings: a look showed that it does. arrived: called in, not answered. up: answered.
 */
export type ActualStage =
  | 'creating'
  | 'dialledEarly'
  | 'awaited'
  | 'created'
  | 'maybeDialled'
  | 'dialled'
  | 'rings'
  | 'arrived'
  | 'up';

/** What a leg has in Asterisk now, as far as is known; steps sent count as done until Asterisk says otherwise. */
export interface ActualLeg {
  readonly stage: ActualStage;
  readonly ringing: boolean;
  readonly music: string | null;
  readonly announcementId: string | null;
  readonly conversationId: string | null;
  /** The others in its conversation do not hear the keys that it presses; null: not known, it joined before this run. */
  readonly absorbs: boolean | null;
  readonly muted: boolean;
  /** Somebody listens who it is that answered. */
  readonly detecting: boolean;
  /** What was last put on the phone's display, or null when that is not known. */
  readonly shows: Party | null;
  readonly releasing: boolean;
}

export interface ActualConversation {
  readonly mode: 'pair' | 'conference' | 'coaching';
  /** The name of the file being written, or null. */
  readonly recording: string | null;
  readonly paused: boolean;
}

export interface Actual {
  readonly legs: ReadonlyMap<LegId, ActualLeg>;
  readonly conversations: ReadonlyMap<string, ActualConversation>;
}

export const NOTHING_YET: Actual = { legs: new Map(), conversations: new Map() };

export type Step =
  | {
      readonly type: 'create';
      readonly legId: LegId;
      readonly callId: CallId;
      readonly role: LegRole;
      readonly agentId: AgentId | null;
      readonly address: string;
      readonly shows: Party;
      readonly autoAnswer: boolean;
    }
  /** `early`: before Asterisk has told that the leg is there. */
  | { readonly type: 'dial'; readonly legId: LegId; readonly limitMs: number; readonly early: boolean }
  | { readonly type: 'answer'; readonly legId: LegId }
  | { readonly type: 'ring'; readonly legId: LegId }
  | { readonly type: 'stopRing'; readonly legId: LegId }
  | { readonly type: 'startMusic'; readonly legId: LegId; readonly music: string }
  | { readonly type: 'stopMusic'; readonly legId: LegId }
  | {
      readonly type: 'announce';
      readonly legId: LegId;
      readonly announcement: Announcement;
      readonly language: Language;
    }
  | { readonly type: 'stopAnnouncement'; readonly legId: LegId; readonly announcementId: string }
  | {
      readonly type: 'open';
      readonly conversationId: string;
      readonly callId: CallId;
      readonly mode: 'pair' | 'conference';
    }
  /** `absorbs`: the others do not hear the keys that these legs press. */
  | {
      readonly type: 'join';
      readonly conversationId: string;
      readonly legIds: readonly LegId[];
      readonly absorbs?: boolean;
    }
  /** The trainer's leg hears what the agent's leg hears and says, and only the agent's leg hears the trainer's; `close` ends it. */
  | {
      readonly type: 'coach';
      readonly conversationId: string;
      readonly callId: CallId;
      readonly legId: LegId;
      readonly agentLegId: LegId;
    }
  | { readonly type: 'part'; readonly conversationId: string; readonly legId: LegId }
  | { readonly type: 'close'; readonly conversationId: string }
  /** The phone's display shows this party. */
  | { readonly type: 'show'; readonly legId: LegId; readonly party: Party }
  | { readonly type: 'record'; readonly conversationId: string; readonly name: string }
  | {
      readonly type: 'pauseRecording';
      readonly conversationId: string;
      readonly name: string;
      readonly paused: boolean;
    }
  | { readonly type: 'stopRecording'; readonly conversationId: string; readonly name: string }
  | { readonly type: 'detect'; readonly legId: LegId }
  | { readonly type: 'mute'; readonly legId: LegId; readonly muted: boolean }
  | { readonly type: 'release'; readonly legId: LegId; readonly reason: ReleaseReason };

/** A leg that is only being rung hears nothing of ours. */
export function mayHear(leg: ActualLeg): boolean {
  return (leg.stage === 'arrived' || leg.stage === 'up') && !leg.releasing;
}
