/** Messages that callers have left, as they are kept. */
import type { AgentId, CallId, Instant, Party } from '../../core/call/state.js';
import type { VoicemailBox } from '../../core/scenario/scenario.js';

export interface VoicemailRecord {
  readonly id: string;
  readonly to: VoicemailBox;
  readonly callId: CallId;
  readonly from: Party;
  /** The file as Asterisk knows it: see SoundFiles. */
  readonly sound: string;
  readonly createdAt: Instant;
  /** 0 while it is made. */
  readonly durationMs: number;
  /** When and by whom it was marked as heard; null: new. */
  readonly heardAt: Instant | null;
  readonly heardBy: AgentId | null;
}

export interface VoicemailFilter {
  /** Any of these; null: all. */
  readonly boxes: readonly VoicemailBox[] | null;
  readonly onlyNew: boolean;
  readonly since: Instant;
  /** Not included. */
  readonly until: Instant;
  readonly limit: number;
}

export interface VoicemailStore {
  /** While it is recorded nobody is shown it. */
  add(record: VoicemailRecord): Promise<void>;
  ready(id: string, durationMs: number): Promise<void>;
  /** The newest first. */
  list(filter: VoicemailFilter): Promise<readonly VoicemailRecord[]>;
  find(id: string): Promise<VoicemailRecord | null>;
  /** Null: new again. */
  mark(id: string, heard: { readonly at: Instant; readonly by: AgentId } | null): Promise<void>;
  /** Nobody is shown it any more; the row stays until the file is gone. */
  withdraw(id: string): Promise<void>;
  /** Being recorded since before that moment. */
  unfinished(before: Instant): Promise<readonly VoicemailRecord[]>;
  withdrawn(): Promise<readonly VoicemailRecord[]>;
  forget(id: string): Promise<void>;
}
