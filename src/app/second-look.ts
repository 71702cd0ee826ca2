/**
 * A step that Asterisk would not do is looked at again after a while; a leg that met "gone" is taken for gone then, if Asterisk's own
 * word on it, which says why, has not come. Later each time, so that a step that will never be done (a music class that does not
 * exist) costs nothing.
 */
import type { LegId } from '../core/call/state.js';

const FIRST_MS = 500;
const LAST_MS = 30_000;

export class SecondLook {
  readonly #look: (doubtful: readonly LegId[]) => void;
  readonly #doubtful = new Set<LegId>();
  #timer: NodeJS.Timeout | undefined;
  #count = 0;

  constructor(look: (doubtful: readonly LegId[]) => void) {
    this.#look = look;
  }

  request(doubtful: LegId | null): void {
    if (doubtful !== null) this.#doubtful.add(doubtful);
    if (this.#timer !== undefined) return;
    const delay = Math.min(FIRST_MS * 2 ** this.#count, LAST_MS);
    this.#count += 1;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const legIds = [...this.#doubtful];
      this.#doubtful.clear();
      this.#look(legIds);
    }, delay);
  }

  /** The next look comes soon again. */
  hurry(): void {
    this.#count = 0;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
