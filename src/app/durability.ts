/** What of a call is still being written, and whether the database keeps it waiting. */

import type { Step } from '../core/call/plan.js';
import type { CallId } from '../core/call/state.js';
import { type Log, TakenOver } from './ports.js';

/** How long steps wait for the database. Well below the 2 s for which anybody may be left alone. */
const PATIENCE_MS = 1_000;

/** Does the call go on here? It is worth more than its record: a loss is reported. But it goes on in one controller only. */
export function goesOn(written: Promise<void>, callId: CallId, log: Log): Promise<boolean> {
  return written.then(
    () => true,
    (error: unknown) => {
      log.error({ callId, error: String(error) }, 'events of a call could not be written');
      return !(error instanceof TakenOver);
    },
  );
}

export class Durability {
  readonly #onLate: () => void;
  #pending = 0;
  #late = false;
  #timer: NodeJS.Timeout | undefined;

  /** `onLate` is told when something has not been written for PATIENCE_MS. */
  constructor(onLate: () => void) {
    this.#onLate = onLate;
  }

  /** Everything decided is written. */
  get isWhole(): boolean {
    return this.#pending === 0;
  }

  /** The database has kept this call waiting for PATIENCE_MS, and still does. */
  get isLate(): boolean {
    return this.#late;
  }

  /** A database that does not answer must not leave anybody in silence. But nobody is rung: the agent may be another's. */
  allows({ type }: Step): boolean {
    return !this.#late || (type !== 'create' && type !== 'dial');
  }

  handedIn(): void {
    this.#pending += 1;
    this.#timer ??= setTimeout(() => {
      this.#late = true;
      this.#onLate();
    }, PATIENCE_MS);
  }

  written(): void {
    this.#pending -= 1;
    if (this.#pending > 0) return;
    this.stop();
    this.#late = false;
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
