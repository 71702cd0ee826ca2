/** A call's next deadline as a timer. */
import type { Instant } from '../core/call/state.js';
import type { Clock } from './ports.js';

/** How soon a deadline that could not pass yet is tried again. */
const AGAIN_MS = 1_000;
/** What Node's timers can hold. */
const LONGEST_MS = 2 ** 31 - 1;

export class Deadline {
  readonly #clock: Clock;
  readonly #mayPass: () => boolean;
  readonly #passed: () => void;
  #timer: NodeJS.Timeout | undefined;

  /**
   * `passed` must look at the clock and set the deadline again: a timer may fire a millisecond early, and a clock may be set back.
   * While `mayPass` says no, the time does not count.
   */
  constructor(clock: Clock, mayPass: () => boolean, passed: () => void) {
    this.#clock = clock;
    this.#mayPass = mayPass;
    this.#passed = passed;
  }

  set(at: Instant | null): void {
    clearTimeout(this.#timer);
    if (at !== null) this.#arm(Math.max(1, at - this.#clock.now()));
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #arm(delayMs: number): void {
    this.#timer = setTimeout(
      () => (this.#mayPass() ? this.#passed() : this.#arm(AGAIN_MS)),
      Math.min(delayMs, LONGEST_MS),
    );
  }
}
