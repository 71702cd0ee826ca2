/** Callbacks kept in memory, for tests without a database. */
import type { CallbackFilter, CallbackListener, CallbackStore } from '../../src/app/callbacks/store.js';
import type { RoutingState } from '../../src/app/routing.js';
import { type Callback, isOver, laneOf } from '../../src/core/callback/callback.js';
import { callbackEvent } from '../../src/core/callback/event.js';

export class MemoryCallbacks implements CallbackStore {
  readonly #all = new Map<string, Callback>();
  /** gone: nothing is read or written. cutOff: what is changed is written, but no word of it comes back. */
  fault: 'none' | 'gone' | 'cutOff' = 'none';

  readonly #listeners: CallbackListener[] = [];

  onEvent(listener: CallbackListener): void {
    this.#listeners.push(listener);
  }

  #write(before: Callback | null, after: Callback): Callback {
    const { callback, event } = callbackEvent(before, after);
    this.#all.set(callback.id, callback);
    for (const listener of this.#listeners) listener(event, callback, before);
    return callback;
  }

  async add(callback: Callback, mostOpen: number | null = null): Promise<boolean> {
    if (mostOpen !== null && this.#open(callback) >= mostOpen) return false;
    this.#write(null, callback);
    return true;
  }

  async get(id: string): Promise<Callback | null> {
    return this.#all.get(id) ?? null;
  }

  async change(id: string, change: (callback: Callback) => Callback): Promise<Callback | null> {
    const after = this.#moved(id, change, null);
    return after === 'tooMany' ? null : after;
  }

  async move(id: string, change: (callback: Callback) => Callback, mostOpen: number | null) {
    return this.#moved(id, change, mostOpen);
  }

  #moved(id: string, change: (callback: Callback) => Callback, mostOpen: number | null) {
    this.#needed();
    const before = this.#all.get(id);
    if (before === undefined) return null;
    const after = change(before);
    const isMoved = before.queueId !== after.queueId || (after.queueId === null && before.agentId !== after.agentId);
    if (isMoved && mostOpen !== null && this.#open(after) >= mostOpen) return 'tooMany';
    const written = after === before ? before : this.#write(before, after);
    if (this.fault === 'cutOff') throw new Error('the connection is cut');
    return written;
  }

  async list({ limit }: CallbackFilter): Promise<readonly Callback[]> {
    return [...this.#all.values()].slice(0, limit);
  }

  async due(now: number, limit: number, without: readonly string[]): Promise<readonly Callback[]> {
    this.#needed();
    const due = this.#in('scheduled').filter(
      (each) => (each.nextAt ?? now + 1) <= now && !without.includes(laneOf(each)),
    );
    const urgency = ({ priority }: Callback) => ['high', 'medium', 'low'].indexOf(priority);
    due.sort((one, other) => urgency(one) - urgency(other) || (one.nextAt ?? 0) - (other.nextAt ?? 0));
    return due.slice(0, limit);
  }

  async upcoming(from: number, until: number, limit: number): Promise<readonly Callback[]> {
    const at = ({ nextAt }: Callback) => nextAt ?? 0;
    const within = this.#in('scheduled').filter((each) => at(each) >= from && at(each) < until);
    return within.sort((one, other) => at(one) - at(other)).slice(0, limit);
  }

  async page(after: Pick<Callback, 'dueAt' | 'id'>, until: number, limit: number): Promise<readonly Callback[]> {
    const order = (one: typeof after, other: typeof after) => one.dueAt - other.dueAt || (one.id < other.id ? -1 : 1);
    const found = [...this.#all.values()].filter((each) => order(each, after) > 0 && each.dueAt < until);
    return found.sort(order).slice(0, limit);
  }

  async ofOrigin(number: string): Promise<readonly Callback[]> {
    return [...this.#all.values()].filter(({ origin }) => origin?.number === number).reverse();
  }

  async openOrigins(): Promise<readonly string[]> {
    return [...this.#all.values()].flatMap((each) => (isOver(each) ? [] : (each.origin?.number ?? [])));
  }

  #open({ queueId, agentId }: Callback): number {
    const open = [...this.#in('scheduled'), ...this.#in('calling')];
    return open.filter((each) => each.queueId === queueId && (queueId !== null || each.agentId === agentId)).length;
  }

  async calling(): Promise<readonly Callback[]> {
    this.#needed();
    return this.#in('calling');
  }

  async nextDueAt(): Promise<number | null> {
    const times = this.#in('scheduled').flatMap(({ nextAt }) => nextAt ?? []);
    return times.length === 0 ? null : Math.min(...times);
  }

  #needed(): void {
    if (this.fault === 'gone') throw new Error('the database is away');
  }

  #in(state: Callback['state']): readonly Callback[] {
    return [...this.#all.values()].filter((callback) => callback.state === state);
  }
}

/** Nobody is known and nobody is free. */
export const noRouting: Omit<RoutingState, 'settings'> = {
  callers: { contactOf: () => null, isBlocked: () => false },
  isFree: () => false,
  isRung: () => false,
  presence: () => ({ loggedIn: 0, receiving: 0 }),
};
