/**
 * Is the page still there? One that has gone without a word (power, network, a computer that sleeps) leaves a WebSocket that looks open.
 *
 *   answers ─ a ping is not answered by the next tick, during a conversation ─► quiet ─ anything is heard ─► answers
 *      └──────────────────── a ping is not answered for `idleMs` ────────────────┴─► closed
 *
 * Quiet is a suspicion, no more: the page's voice is asked about then. So the deadline may be short.
 */
import type { WebSocket } from 'ws';
import type { PhoneAdmission } from '../app/browser-phone/operations.js';

export interface Pings {
  /** How often a page that talks is asked, and how soon it must have answered. */
  readonly talkingMs: number;
  /** The same for one that does not talk; and how long a page may say nothing at all. */
  readonly idleMs: number;
}

/**
 * The browser answers by itself, however busy the page is: within the round trip. Two ticks and the look at the voice that follows
 * (0.75 s) are less than two seconds.
 */
const PINGS: Pings = { talkingMs: 500, idleMs: 20_000 };

/** Ends with the WebSocket. */
export function watchPage(
  page: WebSocket,
  { talks, quiet, answers }: Pick<PhoneAdmission, 'talks' | 'quiet' | 'answers'>,
  { talkingMs, idleMs }: Pings = PINGS,
): void {
  let heardAt = performance.now();
  let askedAt: number | null = null;
  let isQuiet = false;
  let tickedAt = heardAt;
  const heard = () => {
    heardAt = performance.now();
    askedAt = null;
    if (isQuiet) answers();
    isQuiet = false;
  };
  page.on('pong', heard);
  page.on('message', heard);
  const tick = () => {
    const now = performance.now();
    // We were busy ourselves: its answer may be there unread.
    const late = now - tickedAt > 1.5 * talkingMs;
    tickedAt = now;
    if (askedAt !== null) {
      if (now - askedAt >= idleMs) return page.terminate();
      if (isQuiet || late || !talks()) return;
      isQuiet = true;
      quiet();
    } else if (now - heardAt >= idleMs || talks()) {
      askedAt = now;
      page.ping();
    }
  };
  const timer = setInterval(tick, talkingMs);
  page.once('close', () => clearInterval(timer));
}
