/**
 * Asterisk as the application sees it: facts come in, steps go out, a picture can be taken. `src/ari` implements it.
 */
import type { MediaFact } from '../core/call/actual.js';
import type { CallFact } from '../core/call/command.js';
import type { ActualConversation, ActualLeg, Step } from '../core/call/plan.js';
import type { CallId, Instant, Language, LegId, Party, SoundItem } from '../core/call/state.js';

/** A leg that called in. */
export interface Arrival {
  readonly callId: CallId;
  readonly legId: LegId;
  /** Where in the dial plan it came in: from outside, or from an agent's phone. */
  readonly entrance: 'trunk' | 'phone';
  /** The endpoint it came from, e.g. `PJSIP/101`. */
  readonly endpoint: string;
  readonly from: Party;
  readonly dialled: string;
  /** When the caller began to wait for us in the PBX's own dial plan; null who came at once. */
  readonly waitingSince: Instant | null;
}

/** An agent's phone asks, by its Transfer key, that the other party be connected elsewhere. */
export interface TransferRequest {
  /** The leg whose other party is to go. */
  readonly legId: LegId;
  readonly callId: CallId;
  readonly to:
    | { readonly kind: 'number'; readonly number: string }
    /** To whomever the same phone is talking to, or calling, on another leg. */
    | { readonly kind: 'leg'; readonly legId: LegId; readonly callId: CallId };
}

/** What a phone that asked for a transfer is told (as SIP answers: 100, 200, 503, 603). */
export type TransferState = 'ringing' | 'answered' | 'unavailable' | 'declined';

/** One event of Asterisk, told apart: what it means for the picture, and what it means for the call. */
export interface PhoneFact {
  readonly callId: CallId;
  readonly media: MediaFact | null;
  readonly call: CallFact | null;
}

/**
 * done; gone: the leg (or conversation) does not exist any more; unreachable: the phone cannot be dialled (not registered);
 * failed: Asterisk would not do it; lost: no answer, it may or may not be done.
 */
export type StepResult = 'done' | 'gone' | 'unreachable' | 'failed' | 'lost';

export interface PictureLeg {
  readonly legId: LegId;
  readonly callId: CallId;
  readonly actual: ActualLeg;
  /** Set for a leg that called in: enough to begin its call if nobody knows it. */
  readonly arrival: Arrival | null;
}

/** All that Asterisk has of ours at one moment. */
export interface Picture {
  readonly legs: readonly PictureLeg[];
  readonly conversations: readonly {
    readonly callId: CallId;
    readonly conversationId: string;
    readonly mode: ActualConversation['mode'];
  }[];
  /** When the phone system was started, null if that is not known. */
  readonly startedAt: Instant | null;
}

export type PhoneSystemStatus = 'connecting' | 'connected' | 'disconnected' | 'replaced';

export interface PhoneSystemListener {
  /** Asterisk can be commanded again. `restarted`: it was started anew since, so every former call is gone. */
  connected(restarted: boolean): void;
  disconnected(): void;
  /** Another controller has taken over: command nothing any more. */
  replaced(): void;
  arrived(arrival: Arrival): void;
  fact(fact: PhoneFact): void;
  transferAsked(request: TransferRequest): void;
  /** A key of a phone was pressed and let go: one of `0-9*#ABCD`. */
  keyPressed(legId: LegId, digit: string): void;
}

export interface PhoneSystem {
  readonly status: PhoneSystemStatus;
  /** Listener first, then start: no event is lost. */
  start(listener: PhoneSystemListener): void;
  /** For a call that does not begin with a leg that called in. */
  newCallId(): CallId;
  /** Carries out one step. Steps handed in one after another reach Asterisk in that order; never rejects. */
  perform(step: Step): Promise<StepResult>;
  /** Steps that `performing` hands in leave this machine together. Nothing is delayed: they have gone when this returns. */
  together(performing: () => void): void;
  /** A sound that everybody in the conversation hears. Nobody waits for it: a conversation that is over is no error. */
  sound(conversationId: string, name: string, language: Language): void;
  /**
   * Says something to one leg alone. `beside`: in the middle of its conversation, which goes on, and whose other parties do not hear
   * it; else the leg hears nothing now. Resolves when it was heard, the leg is gone, or `SAYING_MS` have passed; never rejects.
   */
  tell(legId: LegId, items: readonly SoundItem[], language: Language, beside: boolean): Promise<void>;
  /** Tells a phone how the transfer that it asked for goes. */
  tellTransfer(legId: LegId, state: TransferState): void;
  /** @throws when Asterisk cannot be asked. */
  picture(): Promise<Picture>;
  stop(): Promise<void>;
}
