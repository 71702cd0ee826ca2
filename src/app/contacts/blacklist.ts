/** Numbers whose calls are rejected before anybody's phone rings. All of them are in memory: every call from outside is asked about. */
import type { AgentId, Instant } from '../../core/call/state.js';
import { type Refusal, refuse } from '../../core/refusal.js';
import type { Clock, Log } from '../ports.js';
import type { BlockedNumber } from './contact.js';
import type { PhoneNumbers } from './phone-number.js';
import type { BlacklistStore } from './store.js';

export interface BlacklistParts {
  readonly store: BlacklistStore;
  readonly numbers: PhoneNumbers;
  readonly clock: Clock;
  readonly log: Log;
}

export class Blacklist {
  readonly #parts: BlacklistParts;
  #byNumber = new Map<string, BlockedNumber>();

  constructor(parts: BlacklistParts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    const blocked = await this.#parts.store.list();
    this.#byNumber = new Map(blocked.map((each) => [each.number, each]));
  }

  isBlocked(number: string): boolean {
    if (this.#byNumber.size === 0) return false;
    const blocked = this.#byNumber.get(this.#parts.numbers.normalise(number));
    return blocked !== undefined && (blocked.until === null || blocked.until > this.#parts.clock.now());
  }

  /** Also one whose time is over. */
  find(number: string): BlockedNumber | null {
    return this.#byNumber.get(this.#parts.numbers.normalise(number)) ?? null;
  }

  /** The latest first, also those whose time is over. */
  list(): readonly BlockedNumber[] {
    return [...this.#byNumber.values()].sort(
      (one, other) => other.blockedAt - one.blockedAt || (one.number < other.number ? -1 : 1),
    );
  }

  /** One that is blocked already gets the new reason and time; what was counted stays. */
  async add(by: AgentId, number: string, reason: string, until: Instant | null): Promise<BlockedNumber | Refusal> {
    const { store, numbers, clock } = this.#parts;
    const normalised = numbers.normalise(number);
    if (normalised === '') return refuse('numberInvalid', 'There is no number to block.');
    const at = clock.now();
    if (until !== null && until <= at) return refuse('invalidInput', 'This time is over.', { field: 'until' });
    await store.save(
      { number: normalised, byAgentId: by, reason, blockedAt: at, until, calls: 0, lastCallAt: null },
      { by, at },
    );
    // Counted meanwhile, perhaps.
    const known = this.#byNumber.get(normalised);
    const { calls, lastCallAt } = known ?? { calls: 0, lastCallAt: null };
    const blocked = { number: normalised, byAgentId: by, reason, blockedAt: at, until, calls, lastCallAt };
    this.#byNumber.set(normalised, blocked);
    return blocked;
  }

  async remove(by: AgentId, number: string): Promise<boolean> {
    const { store, numbers, clock } = this.#parts;
    const normalised = numbers.normalise(number);
    const removed = await store.remove(normalised, { by, at: clock.now() });
    this.#byNumber.delete(normalised);
    return removed;
  }

  /** A call was rejected. Nobody waits for the count to be written. */
  counted(number: string, at: Instant): void {
    const normalised = this.#parts.numbers.normalise(number);
    const blocked = this.#byNumber.get(normalised);
    if (blocked === undefined) return;
    this.#byNumber.set(normalised, { ...blocked, calls: blocked.calls + 1, lastCallAt: at });
    this.#parts.store.count(normalised, at).catch((error: unknown) => {
      this.#parts.log.warn({ error: String(error) }, 'a blocked call could not be counted');
    });
  }
}
