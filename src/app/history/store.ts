/** Reading what was written while calls ran: at start, and for statistics. The database (`src/db`) implements it. */
import type { Agent } from '../../core/agent/state.js';
import type { CallEvent } from '../../core/call/event.js';
import type { AgentId, CallId, Instant, QueueId } from '../../core/call/state.js';
import type { QueueSums } from '../../core/queue/counters.js';
import type { CallFilter, CallRecord, HistoryFilter } from './filter.js';

export interface StoredState {
  /** Events of every call that has not ended (or has legs not yet gone), oldest first. */
  readonly liveCalls: readonly { readonly id: CallId; readonly events: readonly CallEvent[] }[];
  readonly agents: readonly Agent[];
}

/** Counters of one queue since an instant, from history. */
export interface QueueTotals extends QueueSums {
  readonly queueId: QueueId;
  readonly rated: number;
  readonly ratings: number;
}

export interface AgentTotals {
  readonly agentId: AgentId;
  readonly sessions: number;
  readonly loggedInMs: number;
  /** Milliseconds in each status. */
  readonly statusMs: Readonly<Record<string, number>>;
  readonly answered: number;
  readonly missed: number;
  readonly talkedMs: number;
}

/** A stretch of time an agent was logged in; `until` null: still is. */
export interface SessionRecord {
  readonly id: string;
  readonly agentId: AgentId;
  readonly since: Instant;
  readonly until: Instant | null;
}

/** A stretch of time an agent was in a status, and who set it. */
export interface StatusRecord {
  readonly agentId: AgentId;
  readonly statusId: string;
  readonly since: Instant;
  readonly until: Instant | null;
  readonly setBy: string;
  /** The supervisor who forced it, or null. */
  readonly byAgentId: AgentId | null;
}

/** Reading what was written: at start, and for statistics. */
export interface History {
  load(): Promise<StoredState>;
  queueTotals(since: Instant, until: Instant): Promise<readonly QueueTotals[]>;
  agentTotals(since: Instant, until: Instant, agentId: AgentId | null): Promise<readonly AgentTotals[]>;
  calls(filter: CallFilter): Promise<readonly CallRecord[]>;
  /** One call with everything that happened in it. */
  call(id: CallId): Promise<{ readonly record: CallRecord; readonly events: readonly CallEvent[] } | null>;
  sessions(filter: HistoryFilter): Promise<readonly SessionRecord[]>;
  statuses(filter: HistoryFilter): Promise<readonly StatusRecord[]>;
}
