/** The list of recordings, as the application needs it of the database. Rows are written with the call's events. */
import type { AgentId, CallId, Instant, QueueId } from '../../core/call/state.js';

/** recording: being written, or cut short and not looked at yet; removed: by somebody, or by age. */
export type RecordingOutcome = 'recording' | 'kept' | 'failed' | 'lost' | 'removed';

/** One conversation's recording: a segment of what was recorded of a call. */
export interface RecordingRecord {
  readonly id: string;
  /** The file as Asterisk knows it: see SoundFiles. Not for clients. */
  readonly name: string;
  readonly callId: CallId;
  readonly conversationId: string;
  /** The queue of the call when it began. */
  readonly queueId: QueueId | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly durationMs: number | null;
  readonly outcome: RecordingOutcome;
  /** Who took part when it began. */
  readonly parties: readonly { readonly agentId: AgentId | null; readonly number: string; readonly name: string }[];
}

/** Which recordings, newest first; what is left out does not matter. */
export interface RecordingFilter {
  readonly since: Instant;
  /** Not included. */
  readonly until: Instant;
  /** In which this agent took part; null: anybody. */
  readonly agentId: AgentId | null;
  /** A party's number; with a final `*`, numbers that begin so. */
  readonly number?: string | undefined;
  readonly queueId?: QueueId | undefined;
  readonly callId?: CallId | undefined;
  /** The last recording already read: only those behind it in the order. An unknown id: none. */
  readonly after?: string | undefined;
  readonly limit: number;
}

/** Reads the rows, and writes what became of the files. */
export interface RecordingStore {
  list(filter: RecordingFilter): Promise<readonly RecordingRecord[]>;
  get(id: string): Promise<RecordingRecord | null>;
  /** What was found of a recording whose end was not heard. */
  close(id: string, end: Pick<RecordingRecord, 'endedAt' | 'durationMs'> & { outcome: 'kept' | 'lost' }): Promise<void>;
  markRemoved(ids: readonly string[]): Promise<void>;
  /** Oldest first, those that began before and are neither being written nor removed; `skip` of them left out. */
  due(before: Instant, limit: number, skip: number): Promise<readonly StoredRecording[]>;
  /** Still open although lost, or their call was over before that moment; `skip` of them left out. */
  unclosed(overBefore: Instant, limit: number, skip: number): Promise<readonly StoredRecording[]>;
}

export type StoredRecording = Pick<RecordingRecord, 'id' | 'name' | 'startedAt'>;
