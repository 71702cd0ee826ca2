/** Keys pressed on phones, told to whoever wants to know: of one leg, or of all. */
import type { LegId } from '../core/call/state.js';

export type DigitListener = (digit: string) => void;

export class Digits {
  readonly #ofLeg = new Map<LegId, Set<DigitListener>>();
  readonly #ofEvery = new Set<(legId: LegId, digit: string) => void>();

  /** Hears the keys of one leg. Returns the way to stop listening; with the leg it ends by itself. */
  listen(legId: LegId, listener: DigitListener): () => void {
    const listeners = this.#ofLeg.get(legId) ?? new Set();
    this.#ofLeg.set(legId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#ofLeg.get(legId) === listeners) this.#ofLeg.delete(legId);
    };
  }

  /** Hears the keys of every leg. Returns the way to stop listening. */
  onEvery(listener: (legId: LegId, digit: string) => void): () => void {
    this.#ofEvery.add(listener);
    return () => this.#ofEvery.delete(listener);
  }

  /** Does anybody listen to just this leg? Then its keys are meant for that, and for nothing else. */
  isListenedTo(legId: LegId): boolean {
    return this.#ofLeg.has(legId);
  }

  pressed(legId: LegId, digit: string): void {
    const listeners = [...(this.#ofLeg.get(legId) ?? [])];
    for (const listener of listeners) listener(digit);
    for (const listener of [...this.#ofEvery]) listener(legId, digit);
  }

  /** The leg has gone. */
  forget(legId: LegId): void {
    this.#ofLeg.delete(legId);
  }
}
