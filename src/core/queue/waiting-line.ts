/** The callers of one queue in the order they are served: higher priority first, then who came first, then by call id. */
import type { CallId, Instant } from '../call/state.js';
import { OrderedList } from './ordered-list.js';

export interface Waiting {
  readonly callId: CallId;
  /** Higher is served first. */
  readonly priority: number;
  /** When the caller first joined: kept through every offer, so a caller added again has the old place. */
  readonly enteredAt: Instant;
  /** Stands in line as if having joined then. */
  readonly placeSince?: Instant;
}

export class WaitingLine {
  readonly #byCall = new Map<CallId, Waiting>();
  readonly #order = new OrderedList<Waiting>(
    (a, b) => b.priority - a.priority || standsSince(a) - standsSince(b) || compareIds(a, b),
  );
  readonly #arrivals = new OrderedList<Waiting>((a, b) => a.enteredAt - b.enteredAt || compareIds(a, b));

  get size(): number {
    return this.#byCall.size;
  }

  /** Puts the caller in line; one who is already there moves to the place that the new priority or time gives. */
  add(waiting: Waiting): void {
    this.remove(waiting.callId);
    this.#byCall.set(waiting.callId, waiting);
    this.#order.add(waiting);
    this.#arrivals.add(waiting);
  }

  /** Takes the caller out; false if not in line. */
  remove(callId: CallId): boolean {
    const waiting = this.#byCall.get(callId);
    if (waiting === undefined) return false;
    this.#byCall.delete(callId);
    this.#order.remove(waiting);
    this.#arrivals.remove(waiting);
    return true;
  }

  has(callId: CallId): boolean {
    return this.#byCall.has(callId);
  }

  /** Place in line, 1 is next; null if not in line. */
  position(callId: CallId): number | null {
    const waiting = this.#byCall.get(callId);
    return waiting === undefined ? null : this.#order.rank(waiting) + 1;
  }

  /** Who is served next. */
  head(): Waiting | null {
    return this.#order.first() ?? null;
  }

  /** How many are served before somebody who stands there since then. */
  countBefore({ priority, since }: { readonly priority: number; readonly since: Instant }): number {
    return this.#order.rank({ callId: '', priority, enteredAt: since });
  }

  /** When the caller who has waited longest joined, whatever the priority. */
  longest(): Instant | null {
    return this.#arrivals.first()?.enteredAt ?? null;
  }

  /** In the order of service. The line must not change meanwhile. */
  [Symbol.iterator](): IterableIterator<Waiting> {
    return this.#order[Symbol.iterator]();
  }
}

export function standsSince({ placeSince, enteredAt }: Waiting): Instant {
  return placeSince ?? enteredAt;
}

function compareIds(a: Waiting, b: Waiting): number {
  if (a.callId === b.callId) return 0;
  return a.callId < b.callId ? -1 : 1;
}
