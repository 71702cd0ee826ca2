/** Prepared voice messages, and where their list is kept. The database (`src/db`) implements the store. */
import type { AgentId, Instant } from '../../core/call/state.js';

/** A voice message prepared beforehand, to be played into a call. */
export interface VoiceMessage {
  readonly id: string;
  /** Whose it is; null: shared by all. */
  readonly agentId: AgentId | null;
  /** Unique among its owner's. */
  readonly name: string;
  /** The file as Asterisk knows it: see SoundFiles. */
  readonly sound: string;
  /** 0 while it is made. */
  readonly durationMs: number;
  readonly bytes: number;
  readonly createdAt: Instant;
  /** `recording`: being recorded by phone, or being uploaded; there is nothing to play yet. */
  readonly state: 'ready' | 'recording';
}

/**
 * The list of prepared messages. What is withdrawn is gone for everyone at once, but its row stays, for this store's `withdrawn`
 * only, until the file is gone too: a crash between the two leaves nothing behind.
 */
export interface MessageStore {
  /** The agent's own and the shared ones, by name. */
  list(agentId: AgentId): Promise<readonly VoiceMessage[]>;
  find(id: string): Promise<VoiceMessage | null>;
  /** Of one owner's messages at most `most`, each with a name of its own. */
  add(message: VoiceMessage, most: number): Promise<'added' | 'alreadyExists' | 'tooMany'>;
  rename(id: string, name: string): Promise<'renamed' | 'alreadyExists' | 'notFound'>;
  /** False when it was withdrawn meanwhile. */
  ready(id: string, durationMs: number, bytes: number): Promise<boolean>;
  /** False when there is none, or it is not in this state any more. */
  withdraw(id: string, state: VoiceMessage['state']): Promise<boolean>;
  /** Withdraws what began before that moment and was never finished, and what belongs to accounts that are gone. */
  withdrawAbandoned(before: Instant): Promise<void>;
  withdrawn(): Promise<readonly Pick<VoiceMessage, 'id' | 'sound'>[]>;
  /** Deletes the row of a withdrawn message. */
  forget(id: string): Promise<void>;
}
