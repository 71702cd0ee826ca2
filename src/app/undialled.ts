/**
 * Phones of which nobody knows whether they were dialled: the connection was lost before Asterisk answered, or a former run made
 * them. Asterisk shows a phone that was dialled and does not ring yet like one that was only made. Dialling twice kills the leg, so
 * it is waited until any phone would ring; what still does not is dialled: somebody waits for it.
 */
import type { Instant, LegId } from '../core/call/state.js';
import type { Picture } from './phone-system.js';
import type { Clock } from './ports.js';

/** A phone that was reached rings long before. */
export const RINGS_WITHIN_MS = 2_000;

export class Undialled {
  readonly #clock: Clock;
  readonly #since = new Map<LegId, Instant>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True while another look is needed to be certain. */
  get some(): boolean {
    return this.#since.size > 0;
  }

  /** What is gone or rings by now is in doubt no more. */
  looked(picture: Picture): void {
    const silent = new Set(picture.legs.filter(({ actual }) => actual.stage === 'created').map(({ legId }) => legId));
    for (const legId of this.#since.keys()) if (!silent.has(legId)) this.#since.delete(legId);
  }

  /** The leg is in doubt and a look shows it silent: is it certain by now that it was never dialled? */
  isCertain(legId: LegId): boolean {
    const now = this.#clock.now();
    const since = this.#since.get(legId) ?? now;
    if (now - since < RINGS_WITHIN_MS) {
      this.#since.set(legId, since);
      return false;
    }
    this.#since.delete(legId);
    return true;
  }
}
