/**
 * Takes a picture of Asterisk every few seconds and holds the calls against it, so that a lost event or a failed step heals by
 * itself. A call that changed while the picture was being taken is left for the next one.
 */
import type { PhoneSystem } from './phone-system.js';
import type { Log } from './ports.js';
import type { Switchboard } from './switchboard.js';
import { RINGS_WITHIN_MS } from './undialled.js';

/** After a connection is made every call is to be looked at soon, also one that was just changing. */
const AGAIN_MS = 200;

export class Reconciler {
  readonly #phones: PhoneSystem;
  readonly #switchboard: Switchboard;
  readonly #log: Log;
  readonly #everyMs: number;
  readonly #looked: () => void;
  #timer: NodeJS.Timeout | undefined;
  #again: NodeJS.Timeout | undefined;
  #doubt: NodeJS.Timeout | undefined;
  #running = false;

  /** `looked` is told after each look. */
  constructor(phones: PhoneSystem, switchboard: Switchboard, log: Log, everyMs: number, looked: () => void) {
    this.#looked = looked;
    this.#phones = phones;
    this.#switchboard = switchboard;
    this.#log = log;
    this.#everyMs = everyMs;
  }

  start(): void {
    this.#timer ??= setInterval(() => void this.run(), this.#everyMs);
  }

  stop(): void {
    clearInterval(this.#timer);
    clearTimeout(this.#again);
    clearTimeout(this.#doubt);
    this.#timer = undefined;
  }

  /** Looks until every call of this moment has been held against a picture, then tells so; given up when the connection is lost. */
  async catchUp(done: () => void): Promise<void> {
    const skipped = await this.run();
    clearTimeout(this.#again);
    if (this.#phones.status !== 'connected') return;
    if (skipped === 0) done();
    else this.#again = setTimeout(() => void this.catchUp(done), AGAIN_MS);
  }

  /** One look, at most one at a time; answers how many calls were left for the next, null when there was no look. */
  async run(): Promise<number | null> {
    if (this.#running || this.#phones.status !== 'connected') return null;
    this.#running = true;
    try {
      const before = this.#switchboard.revisions();
      const skipped = this.#switchboard.reconcile(await this.#phones.picture(), before);
      this.#looked();
      clearTimeout(this.#doubt);
      if (this.#switchboard.inDoubt) this.#doubt = setTimeout(() => void this.run(), RINGS_WITHIN_MS);
      return skipped;
    } catch (error) {
      this.#log.warn({ error: String(error) }, 'Asterisk could not be looked at');
      return null;
    } finally {
      this.#running = false;
    }
  }
}
