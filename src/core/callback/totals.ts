/** Figures about callbacks: how many were agreed on, what became of them, and how late they were. */
import type { Instant } from '../call/state.js';
import type { Callback } from './callback.js';
import { ATTEMPT_RESULTS, type AttemptResult } from './result.js';

export interface CallbackTotals {
  /** Due in the period, whatever became of them. */
  readonly scheduled: number;
  /** Scheduled still, or being called. */
  readonly open: number;
  readonly done: number;
  /** Done, and first dialled no later than the limit after the time agreed. */
  readonly doneOnTime: number;
  readonly failed: number;
  readonly missed: number;
  readonly cancelled: number;
  readonly closed: number;
  readonly attempts: number;
  /** Attempts by how they went. */
  readonly results: Readonly<Record<AttemptResult, number>>;
  /** From the time agreed to the first attempt, of those that were tried; null: none was. */
  readonly medianDelayMs: number | null;
  readonly p95DelayMs: number | null;
}

/** What is kept of each callback: enough to sum up a year of them. */
export interface CallbackFigures {
  readonly queueId: string | null;
  readonly agentId: string | null;
  readonly clientCode: string | null;
  readonly state: Callback['state'];
  readonly delayMs: number | null;
  readonly results: readonly (AttemptResult | null)[];
}

/** `agentId`: whose it is, or who was rung first at last. */
export function figuresOf({ queueId, agentId, clientCode, state, dueAt, attempts }: Callback): CallbackFigures {
  const first: Instant | undefined = attempts[0]?.startedAt;
  const delayMs = first === undefined ? null : Math.max(0, first - dueAt);
  const results = attempts.map(({ result }) => result);
  return { queueId, agentId: agentId ?? attempts.at(-1)?.agentId ?? null, clientCode, state, delayMs, results };
}

export function totalsOf(figures: readonly CallbackFigures[], onTimeMs: number): CallbackTotals {
  const inState = (...states: readonly Callback['state'][]) =>
    figures.filter(({ state }) => states.includes(state)).length;
  const results = figures.flatMap((each) => each.results);
  const delays = figures.flatMap(({ delayMs }) => delayMs ?? []).sort((one, other) => one - other);
  const counted = ATTEMPT_RESULTS.map((result) => [result, results.filter((each) => each === result).length] as const);
  return {
    scheduled: figures.length,
    open: inState('scheduled', 'calling'),
    done: inState('done'),
    doneOnTime: figures.filter(({ state, delayMs }) => state === 'done' && delayMs !== null && delayMs <= onTimeMs)
      .length,
    failed: inState('failed'),
    missed: inState('missed'),
    cancelled: inState('cancelled'),
    closed: inState('closed'),
    attempts: results.length,
    results: Object.fromEntries(counted) as Record<AttemptResult, number>,
    medianDelayMs: quantile(delays, 0.5),
    p95DelayMs: quantile(delays, 0.95),
  };
}

/** The smallest delay that so large a share of them does not exceed. */
function quantile(sorted: readonly number[], share: number): number | null {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? null;
}

export interface GroupTotals extends CallbackTotals {
  /** Null: of none. */
  readonly id: string | null;
}

/** By id; those without one come last. */
export function totalsBy(
  by: 'queueId' | 'agentId' | 'clientCode',
  figures: readonly CallbackFigures[],
  onTimeMs: number,
): readonly GroupTotals[] {
  const groups = new Map<string | null, CallbackFigures[]>();
  for (const each of figures) {
    const group = groups.get(each[by]);
    if (group === undefined) groups.set(each[by], [each]);
    else group.push(each);
  }
  const sorted = [...groups].sort(([one], [other]) => (one === null ? 1 : other === null || one < other ? -1 : 1));
  return sorted.map(([id, group]) => ({ id, ...totalsOf(group, onTimeMs) }));
}
