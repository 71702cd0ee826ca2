/** Callbacks kept in memory, for tests without a database. */
import type { CallbackFilter, CallbackStore } from '../../src/app/callbacks/store.js';
import type { RoutingState } from '../../src/app/routing.js';
import type { Callback } from '../../src/core/callback/callback.js';

export class MemoryCallbacks implements CallbackStore {
  readonly #all = new Map<string, Callback>();

  onEvent(): void {
    // Nobody watches.
  }

  async add(callback: Callback): Promise<void> {
    this.#all.set(callback.id, callback);
  }

  async get(id: string): Promise<Callback | null> {
    return this.#all.get(id) ?? null;
  }

  async change(id: string, change: (callback: Callback) => Callback): Promise<Callback | null> {
    const before = this.#all.get(id);
    if (before === undefined) return null;
    const after = change(before);
    this.#all.set(id, after);
    return after;
  }

  async list({ limit }: CallbackFilter): Promise<readonly Callback[]> {
    return [...this.#all.values()].slice(0, limit);
  }

  async due(now: number): Promise<readonly Callback[]> {
    return this.#in('scheduled').filter(({ nextAt }) => nextAt !== null && nextAt <= now);
  }

  async calling(): Promise<readonly Callback[]> {
    return this.#in('calling');
  }

  async nextDueAt(): Promise<number | null> {
    const times = this.#in('scheduled').flatMap(({ nextAt }) => nextAt ?? []);
    return times.length === 0 ? null : Math.min(...times);
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
