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
import type { AgentId, CallId, Instant, QueueId } from '../call/state.js';
import type { AttemptResult } from './result.js';
import { type CallbackRule, spacingMs } from './rule.js';

export const CALLBACK_PRIORITIES = ['high', 'medium', 'low'] as const;
export type CallbackPriority = (typeof CALLBACK_PRIORITIES)[number];

export const CALLBACK_STATES = ['scheduled', 'calling', 'done', 'failed', 'missed', 'cancelled', 'closed'] as const;
export type CallbackState = (typeof CALLBACK_STATES)[number];

export interface Attempt {
  /** Chosen before anything is dialled: whoever takes over finds out by it what came of the attempt. */
  readonly callId: CallId;
  /** Who was rung first; null: the customer. */
  readonly agentId: AgentId | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant | null;
  readonly result: AttemptResult | null;
  /** Its agent declined and another one was rung at once: the two are one try. */
  readonly passedOn: boolean;
}

/** The customer's own call from which a callback was made. */
export interface Origin {
  readonly callId: CallId;
  /** The caller's, as it came in; what is dialled may be written otherwise. */
  readonly number: string;
}

/** A place in a queue's line. */
export interface Place {
  /** When the customer joined. */
  readonly since: Instant;
  readonly priority: number;
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
  /** Its agent could not be had in time and those who may take it over were told; null: not so. */
  readonly overdueSince: Instant | null;
  readonly attempts: readonly Attempt[];
  /** Null: made from no call. */
  readonly origin: Origin | null;
  /** Where its customer stood in line, and is to stand when called back; null: had no place, or has agreed on another time since. */
  readonly place: Place | null;
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

/**
 * Who waits for the same agents, with the same priority: while nothing can be done for the first, nothing can be for those behind.
 * A personal one of which others were told waits on behind none that they are still to be told of.
 */
export function laneOf({ queueId, agentId, priority, overdueSince }: Lane): string {
  if (queueId !== null) return `queue:${queueId} ${priority}`;
  return `agent:${agentId} ${priority}${overdueSince === null ? '' : ' overdue'}`;
}

type Lane = Pick<Callback, 'queueId' | 'agentId' | 'priority' | 'overdueSince'>;

/** Places before or behind all others of a queue: no priority of callers comes near. */
export const PRIORITY_STEP: Readonly<Record<CallbackPriority, number>> = {
  high: 1_000_000,
  medium: 0,
  low: -1_000_000,
};

/** An attempt begins: nothing has been dialled yet. `agentId`: who is rung first, if that is an agent. */
export function begun(callback: Callback, callId: CallId, now: Instant, agentId: AgentId | null = null): Callback {
  const attempt: Attempt = { callId, agentId, startedAt: now, endedAt: null, result: null, passedOn: false };
  const attempts = [...callback.attempts, attempt];
  return { ...callback, state: 'calling', nextAt: null, overdueSince: null, attempts, updatedAt: now };
}

/** Its call never came into being: the attempt counts for nothing. */
export function neverBegun(callback: Callback, now: Instant): Callback {
  // Due since then: an hour later it is as late as if nobody had begun it.
  const nextAt = callback.attempts.at(-1)?.startedAt ?? now;
  return { ...callback, state: 'scheduled', nextAt, attempts: callback.attempts.slice(0, -1), updatedAt: now };
}

export interface AttemptEnd {
  readonly result: AttemptResult;
  readonly now: Instant;
  /** Moves a moment to the next one at which customers may be called. */
  readonly allowed: (at: Instant) => Instant;
  /** Could another agent be rung at once, in place of the one who declined? */
  readonly othersFree: boolean;
}

/** The attempt is over. */
export function ended(
  callback: Callback,
  rule: CallbackRule,
  { result, now, allowed, othersFree }: AttemptEnd,
): Callback {
  const last = callback.attempts.at(-1);
  const before = { attempts: callback.attempts.slice(0, -1) };
  // Whoever is asked for the second time has been reached by turns: without end agents would be asked one after the other.
  const isFirst = last?.agentId != null && !askedInTurn(before).some(({ agentId }) => agentId === last.agentId);
  const passedOn = result === 'agentDeclined' && callback.queueId !== null && isFirst && othersFree;
  const attempts = last === undefined ? [] : [...before.attempts, { ...last, endedAt: now, result, passedOn }];
  const tried = { ...callback, attempts, updatedAt: now };
  if (result === 'connected') return { ...tried, state: 'done', nextAt: null };
  if (result === 'customerCalled') return { ...tried, state: 'closed', nextAt: null };
  if (passedOn) return { ...tried, state: 'scheduled', nextAt: now };
  // A number that does not exist will not exist tomorrow.
  if (result === 'unknownNumber' || triesOf(tried) >= rule.attempts) return { ...tried, state: 'failed', nextAt: null };
  return { ...tried, state: 'scheduled', nextAt: allowed(now + spacingMs(rule, result)) };
}

type Tried = Pick<Callback, 'attempts'>;

/** Agents who declined one after the other are one try. */
export function triesOf({ attempts }: Tried): number {
  return attempts.filter(({ passedOn }) => !passedOn).length;
}

/** Agents who have declined it just now: others are asked, until they may be asked again. */
export function sparedAgents(callback: Tried, rule: CallbackRule, now: Instant): ReadonlySet<AgentId> {
  const still = askedInTurn(callback).filter(({ endedAt }) => (endedAt ?? now) + rule.retryMs.agentDeclined > now);
  return new Set(still.flatMap(({ agentId }) => agentId ?? []));
}

/** Attempts of the present try whose agents declined. */
function askedInTurn({ attempts }: Tried): readonly Attempt[] {
  return attempts.slice(attempts.findLastIndex(({ passedOn }) => !passedOn) + 1);
}
