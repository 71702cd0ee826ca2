/** What callbacks need of the database. */
import type { AgentId, Instant, QueueId } from '../../core/call/state.js';
import type { Callback, CallbackState } from '../../core/callback/callback.js';
import type { CallbackEvent } from '../../core/callback/event.js';

export interface CallbackFilter {
  /** Personal ones of this agent, those that the agent made, and those of these queues; null: all. */
  readonly visibleTo: { readonly agentId: AgentId; readonly queueIds: readonly QueueId[] } | null;
  readonly state: CallbackState | null;
  readonly queueId: QueueId | null;
  readonly number: string | null;
  /** Due from this moment on, and before that one. */
  readonly since: Instant;
  readonly until: Instant;
  readonly limit: number;
}

/** `before` is null for a new one. */
export type CallbackListener = (event: CallbackEvent, after: Callback, before: Callback | null) => void;

/** Each write is durable when it resolves. */
export interface CallbackStore {
  /** Told of every change once it is durable. */
  onEvent(listener: CallbackListener): void;
  /**
   * False, and nothing is written, where so many of its queue, or personal ones of its agent, are open already (null: any number). Of two
   * who want the last place one gets it.
   */
  add(callback: Callback, mostOpen?: number | null): Promise<boolean>;
  get(id: string): Promise<Callback | null>;
  /** Changes it as it is at that moment; null when there is none. Unchanged: the same object comes back. */
  change(id: string, change: (callback: Callback) => Callback): Promise<Callback | null>;
  /** As `change`, where it may come to another queue or agent, who may have so many open at most. */
  move(
    id: string,
    change: (callback: Callback) => Callback,
    mostOpen: number | null,
  ): Promise<Callback | null | 'tooMany'>;
  /** By when they are due. */
  list(filter: CallbackFilter): Promise<readonly Callback[]>;
  /** Scheduled ones whose time has come, but for those in these lanes: the most urgent, then the longest due first. */
  due(now: Instant, limit: number, without: readonly string[]): Promise<readonly Callback[]>;
  /** Scheduled ones to be dialled from one moment on and before another, the soonest first. */
  upcoming(from: Instant, until: Instant, limit: number): Promise<readonly Callback[]>;
  /** Those made from calls of this number, the latest first, at most 100. */
  ofOrigin(number: string): Promise<readonly Callback[]>;
  /** The numbers from whose calls open ones were made, once for each of these. */
  openOrigins(): Promise<readonly string[]>;
  /** Those due behind this one in the order of time and id, and before `until`, whatever their state. */
  page(after: Pick<Callback, 'dueAt' | 'id'>, until: Instant, limit: number): Promise<readonly Callback[]>;
  /** Attempts of which no end is written. */
  calling(): Promise<readonly Callback[]>;
  /** When the next one comes due, or null. */
  nextDueAt(): Promise<Instant | null>;
}
