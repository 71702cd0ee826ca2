/** The keys of a party's phone, while a scenario wants to hear them; at other times they are not its business. */
import type { LegId } from '../../core/call/state.js';
import type { Digits } from '../digits.js';

const KEY = /^[0-9*#]$/;

export class Keypad {
  readonly #digits: Digits;
  readonly #hear: (key: string) => void;
  #unlisten: (() => void) | null = null;

  constructor(digits: Digits, hear: (key: string) => void) {
    this.#digits = digits;
    this.#hear = hear;
  }

  listen(legId: LegId | undefined, wanted: boolean): void {
    if (!wanted || legId === undefined) {
      this.#unlisten?.();
      this.#unlisten = null;
      return;
    }
    this.#unlisten ??= this.#digits.listen(legId, (key) => {
      if (KEY.test(key)) this.#hear(key);
    });
  }
}
