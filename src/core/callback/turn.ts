/** Where a callback that is due stands among the callers who wait in its queue: whoever is served first is served first, called or calling. */
import type { Instant } from '../call/state.js';
import { type Callback, PRIORITY_STEP } from './callback.js';

export interface Turn {
  /** Higher is served first. */
  readonly priority: number;
  /** Then the earlier. */
  readonly since: Instant;
}

/** The place that the customer had in line; without one, that of somebody who joined at the time agreed. */
export function turnOf({ place, priority, dueAt }: Callback, queuePriority: number): Turn {
  return {
    priority: (place?.priority ?? queuePriority) + PRIORITY_STEP[priority],
    since: place?.since ?? dueAt,
  };
}

export function isBefore(one: Turn, other: Turn): boolean {
  return one.priority > other.priority || (one.priority === other.priority && one.since < other.since);
}

/** The first to be served first. */
export function byTurn(one: Turn, other: Turn): number {
  return other.priority - one.priority || one.since - other.since;
}
