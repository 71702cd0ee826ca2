/**
 * A callback: a number that is to be called at an agreed time, and what became of it.
 *
 *   scheduled ──due, an agent can be had──► calling ──connected──► done
 *       ▲  │                                   │
 *       │  └─ too late: missed                 ├─ in vain, tries left ──► scheduled, later
 *       └──────────────────────────────────────┘
 *                                              └─ in vain, none left ───► failed
 *   Whoever may do so cancels it while it is scheduled. One made from a call of the customer's is closed when the customer reaches an agent first.
 */
import type { AgentId, CallId, CallOutcome, Instant, QueueId } from '../call/state.js';

export const CALLBACK_PRIORITIES = ['high', 'medium', 'low'] as const;
export type CallbackPriority = (typeof CALLBACK_PRIORITIES)[number];

export const CALLBACK_STATES = ['scheduled', 'calling', 'done', 'failed', 'missed', 'cancelled', 'closed'] as const;
export type CallbackState = (typeof CALLBACK_STATES)[number];

/**
 * How an attempt went. connected: the customer talked with an agent. busy to unknownNumber: so the customer's phone. hungUp: the customer
 * answered and did not wait for an agent. noAgent: there was none in time. agentDeclined: the agent's phone was not answered.
 * customerCalled: the customer reached an agent of the queue by calling, before anybody answered.
 */
export const ATTEMPT_RESULTS = [
  'connected',
  'busy',
  'noAnswer',
  'rejected',
  'unavailable',
  'unknownNumber',
  'hungUp',
  'noAgent',
  'agentDeclined',
  'customerCalled',
  'lost',
] as const;
export type AttemptResult = (typeof ATTEMPT_RESULTS)[number];

export interface Attempt {
  /** Chosen before anything is dialled: whoever takes over finds out by it what came of the attempt. */
  readonly callId: CallId;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly result: AttemptResult | null;
}

/** The customer's own call from which a callback was made. */
export interface Origin {
  readonly callId: CallId;
  /** The caller's, as it came in; what is dialled may be written otherwise. */
  readonly number: string;
}

export interface Callback {
  readonly id: string;
  readonly number: string;
  readonly name: string;
  /** Of the centre's own; kept for statistics. */
  readonly clientCode: string | null;
  /** Null: personal, for `agentId`. */
  readonly queueId: QueueId | null;
  /** Whose it is, if it is personal; else who last took it, or null. */
  readonly agentId: AgentId | null;
  readonly priority: CallbackPriority;
  /** As agreed with the customer: the clock on the wall there, `2026-11-23T10:00`. */
  readonly local: string;
  /** IANA, e.g. `Europe/Moscow`. */
  readonly zone: string;
  /** The same as a moment. */
  readonly dueAt: Instant;
  readonly state: CallbackState;
  /** When it is dialled next; null unless it is scheduled. */
  readonly nextAt: Instant | null;
  readonly attempts: readonly Attempt[];
  /** Null: made from no call. */
  readonly origin: Origin | null;
  readonly createdBy: AgentId;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  /** Number of events so far. */
  readonly seq: number;
}

/** Nothing will be done about it any more. */
export function isOver({ state }: Pick<Callback, 'state'>): boolean {
  return state !== 'scheduled' && state !== 'calling';
}

/** Its customer has called and talked with somebody who could have called back. */
export function closed(callback: Callback, now: Instant): Callback {
  return callback.state === 'scheduled' ? { ...callback, state: 'closed', nextAt: null, updatedAt: now } : callback;
}

/** What is tried again, and when it is given up. */
export interface RetryRule {
  /** Attempts in all. */
  readonly times: number;
  /** From the end of an attempt to the next one, ms. */
  readonly afterMs: Readonly<Record<'busy' | 'noAnswer' | 'other', number>>;
}

/** Places before or behind all others of a queue: no priority of callers comes near. */
export const PRIORITY_STEP: Readonly<Record<CallbackPriority, number>> = {
  high: 1_000_000,
  medium: 0,
  low: -1_000_000,
};

/** An attempt begins: nothing has been dialled yet. */
export function begun(callback: Callback, callId: CallId, now: Instant): Callback {
  const attempt: Attempt = { callId, startedAt: now, endedAt: null, result: null };
  return { ...callback, state: 'calling', nextAt: null, attempts: [...callback.attempts, attempt], updatedAt: now };
}

/** Its call never came into being: the attempt counts for nothing. */
export function neverBegun(callback: Callback, now: Instant): Callback {
  // Due since then: an hour later it is as late as if nobody had begun it.
  const nextAt = callback.attempts.at(-1)?.startedAt ?? now;
  return { ...callback, state: 'scheduled', nextAt, attempts: callback.attempts.slice(0, -1), updatedAt: now };
}

/** The attempt is over. `allowed` moves a moment to the next one at which customers may be called. */
export function ended(
  callback: Callback,
  result: AttemptResult,
  rule: RetryRule,
  now: Instant,
  allowed: (at: Instant) => Instant,
): Callback {
  const attempts = callback.attempts.map((each, index) =>
    index === callback.attempts.length - 1 ? { ...each, endedAt: now, result } : each,
  );
  const tried = { ...callback, attempts, updatedAt: now };
  if (result === 'connected') return { ...tried, state: 'done', nextAt: null };
  if (result === 'customerCalled') return { ...tried, state: 'closed', nextAt: null };
  // A number that does not exist will not exist tomorrow.
  if (result === 'unknownNumber' || attempts.length >= rule.times) return { ...tried, state: 'failed', nextAt: null };
  return { ...tried, state: 'scheduled', nextAt: allowed(now + spacing(rule, result)) };
}

function spacing({ afterMs }: RetryRule, result: AttemptResult): number {
  return result === 'busy' || result === 'noAnswer' ? afterMs[result] : afterMs.other;
}

/** What the end of its call means for an attempt. */
export function resultOf(
  outcome: CallOutcome,
  seen: { readonly customerAnswered: boolean; readonly agentFailed: boolean },
): AttemptResult {
  if (outcome === 'answered') return 'connected';
  if (seen.agentFailed && !seen.customerAnswered) return 'agentDeclined';
  if (seen.customerAnswered) return outcome === 'fallback' || outcome === 'lost' ? 'noAgent' : 'hungUp';
  switch (outcome) {
    case 'busy':
    case 'noAnswer':
    case 'rejected':
    case 'unavailable':
    case 'unknownNumber':
    case 'lost':
      return outcome;
    default:
      // Only whoever was rung first can have hung up.
      return 'agentDeclined';
  }
}
