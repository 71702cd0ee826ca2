/**
 * A deadline as a timer. What is waited for is a length of time, told as a moment on the clock on the wall; timers measure what has really
 * passed. So a clock that is put back or forward meanwhile changes nothing: no phone rings an hour longer or falls silent at once.
 */
import type { Instant } from '../core/call/state.js';
import type { Clock } from './ports.js';

/** How soon a deadline that could not pass yet is tried again. */
const AGAIN_MS = 1_000;
/** What Node's timers can hold. */
const LONGEST_MS = 2 ** 31 - 1;

export class Deadline {
  readonly #clock: Clock;
  readonly #mayPass: () => boolean;
  readonly #passed: (now: Instant) => void;
  #at: Instant | null = null;
  #timer: NodeJS.Timeout | undefined;

  /** `passed` is told that it is that moment now, whatever the clock says. While `mayPass` says no, the time does not count. */
  constructor(clock: Clock, mayPass: () => boolean, passed: (now: Instant) => void) {
    this.#clock = clock;
    this.#mayPass = mayPass;
    this.#passed = passed;
  }

  /** The same moment once more: what has passed of the time counts. */
  set(at: Instant | null): void {
    if (at === this.#at) return;
    this.stop();
    this.#at = at;
    if (at !== null) this.#arm(at, Math.max(1, at - this.#clock.now()));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#at = null;
  }

  #arm(at: Instant, delayMs: number): void {
    const rest = delayMs - LONGEST_MS;
    this.#timer = setTimeout(
      () => {
        if (rest > 0) this.#arm(at, rest);
        else if (!this.#mayPass()) this.#arm(at, AGAIN_MS);
        else {
          this.#at = null;
          this.#passed(Math.max(at, this.#clock.now()));
        }
      },
      Math.min(delayMs, LONGEST_MS),
    );
  }
}
