/** Tells when the event loop stood still: everything waits then, calls too. Timers that come late show it. */
import type { Log } from './app/ports.js';

const EVERY_MS = 100;
/** A shorter one disturbs nobody. */
const WORTH_TELLING_MS = 250;

/** Answers the way to end it. */
export function watchStalls(log: Log): () => void {
  let last = performance.now();
  const timer = setInterval(() => {
    const now = performance.now();
    const stallMs = Math.round(now - last - EVERY_MS);
    last = now;
    if (stallMs >= WORTH_TELLING_MS) log.warn({ stallMs }, 'the event loop stood still');
  }, EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
