/** What the past is searched by, and a call as it is found. */
import type { AgentId, CallId, Instant, QueueId } from '../../core/call/state.js';

export interface CallRecord {
  readonly id: CallId;
  readonly direction: string;
  readonly fromNumber: string;
  readonly fromName: string;
  readonly dialled: string;
  readonly queueId: QueueId | null;
  readonly agentId: AgentId | null;
  readonly startedAt: Instant;
  readonly connectedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly outcome: string | null;
  readonly waitedMs: number | null;
  readonly talkedMs: number | null;
  /** What the caller answered when asked how satisfied, 1 to 5; null: was not asked, or did not answer. */
  readonly rating: number | null;
}

/** What began in the period, newest first. */
export interface HistoryFilter {
  /** Null: everybody's. */
  readonly agentId: AgentId | null;
  readonly since: Instant;
  /** Not included. */
  readonly until: Instant;
  readonly limit: number;
}

/** Which calls; what is left out does not matter. `agentId`: any agent who took part, or who made the call. */
export interface CallFilter extends HistoryFilter {
  /** Who called, what was dialled, or anyone who was rung; with a final `*`, numbers that begin so. */
  readonly number?: string | undefined;
  /** The queue it was last in. */
  readonly queueId?: QueueId | undefined;
  readonly direction?: string | undefined;
  readonly outcome?: string | undefined;
  /** A tag it was given, in full. */
  readonly tag?: string | undefined;
  /** At least this long in conversation. */
  readonly minTalkedMs?: number | undefined;
  /** The last call already read: only those behind it in the order (newest first, then by id). An unknown id: none. */
  readonly after?: CallId | undefined;
}
