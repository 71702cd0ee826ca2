/** What webhooks need of the database. */
import type { Instant } from '../../core/call/state.js';
import type { Deed } from '../changes.js';

export interface Webhook {
  readonly id: string;
  readonly name: string;
  readonly url: string;
  /** Signs what is sent. */
  readonly secret: string;
  /** Names of events, `call.*`, or `*`. */
  readonly types: readonly string[];
  readonly enabled: boolean;
  readonly timeoutMs: number;
}

/** What waits, what was put aside, and what was lost because there was too much. */
export interface WebhookCounts {
  readonly waiting: number;
  readonly dead: number;
  readonly dropped: number;
}

export interface Delivery {
  /** Order of writing. */
  readonly position: number;
  /** The same at every attempt. */
  readonly id: string;
  readonly webhookId: string;
  /** Deliveries of one lane go one after another: those of one call, one agent, one message. */
  readonly lane: string;
  readonly type: string;
  readonly at: Instant;
  readonly body: string;
  readonly attempts: number;
  readonly dueAt: Instant;
}

export interface DeadLetter extends Delivery {
  readonly diedAt: Instant;
  readonly code: string;
}

export interface DeadFilter {
  readonly webhookId: string | null;
  /** Older than this position. */
  readonly before: number | null;
  readonly limit: number;
}

/** The subscriptions in force are also what the journal writes deliveries by, in the transaction of the events themselves. */
export interface WebhookStore {
  list(): Promise<readonly Webhook[]>;
  /** Creates or replaces; from then on events are kept for it. */
  save(webhook: Webhook, deed: Deed): Promise<void>;
  /** With all its deliveries. */
  remove(id: string, deed: Deed): Promise<boolean>;
  counts(): Promise<ReadonlyMap<string, WebhookCounts>>;
  /** The first of each lane, of those that are due by then, oldest first. */
  heads(webhookId: string, now: Instant, limit: number): Promise<readonly Delivery[]>;
  /** When the first of some lane comes due, or null. */
  nextDueAt(webhookId: string): Promise<Instant | null>;
  delivered(position: number): Promise<void>;
  failed(position: number, attempts: number, dueAt: Instant, code: string): Promise<void>;
  /** Puts it aside: what follows in its lane goes on. */
  died(position: number, attempts: number, diedAt: Instant, code: string): Promise<void>;
  /** Newest first. */
  dead(filter: DeadFilter): Promise<readonly DeadLetter[]>;
  /** Of all, of one webhook, or one by its id; they take their old place in their lane. Answers how many. */
  revive(which: { readonly webhookId: string | null; readonly id: string | null }, now: Instant): Promise<number>;
  /** Keeps what is stored within bounds; answers how many waiting ones were lost, by webhook. */
  trim(limits: TrimLimits): Promise<ReadonlyMap<string, number>>;
}

export interface TrimLimits {
  readonly mostWaiting: number;
  readonly mostDead: number;
  readonly deadBefore: Instant;
}
