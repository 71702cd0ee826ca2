/** Tells when the event loop stood still: everything waits then, calls too. Timers that come late show it. */
import type { Log } from './app/ports.js';

const EVERY_MS = 100;
/** A shorter one disturbs nobody. */
const WORTH_TELLING_MS = 250;

/** What a single beat adds to the average: half a second or so is looked back on. */
const WEIGHT = 0.2;

export interface StallWatch {
  /** How late timers are on average of late, ms. */
  lagMs(): number;
  stop(): void;
}

export function watchStalls(log: Log): StallWatch {
  let lagMs = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const stallMs = Math.round(now - last - EVERY_MS);
    last = now;
    lagMs += WEIGHT * (Math.max(0, stallMs) - lagMs);
    if (stallMs >= WORTH_TELLING_MS) log.warn({ stallMs }, 'the event loop stood still');
  }, EVERY_MS);
  timer.unref();
  return { lagMs: () => lagMs, stop: () => clearInterval(timer) };
}
