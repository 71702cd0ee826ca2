/** When a webhook is tried again, and which events it is for. */

const FIRST_MS = 5_000;
const LONGEST_MS = 3_600_000;
/** Up to this share earlier or later, so that many that failed together do not come back together. */
const JITTER = 0.2;

/** After so many attempts in vain (the last after about five hours) a delivery is put aside. */
export const MOST_ATTEMPTS = 15;

/** How long to wait after so many attempts in vain; `chance` from 0 to 1. */
export function webhookDelayMs(attempts: number, chance: number): number {
  const delay = Math.min(FIRST_MS * 2 ** Math.min(attempts - 1, 30), LONGEST_MS);
  return Math.round(delay * (1 - JITTER + 2 * JITTER * chance));
}

/** So many failures in a row, whatever the event, mean that the receiver is away. */
export const AWAY_AFTER = 8;
const FIRST_AWAY_MS = 1_000;
const LONGEST_AWAY_MS = 60_000;

/** How long a receiver is left alone that has failed so many times in a row; 0 as long as it may be for a single event. */
export function awayMs(failuresInARow: number): number {
  if (failuresInARow < AWAY_AFTER) return 0;
  return Math.min(FIRST_AWAY_MS * 2 ** Math.min(failuresInARow - AWAY_AFTER, 20), LONGEST_AWAY_MS);
}

/** `call.ended`, everything of a kind (`call.*`), or everything (`*`). */
export function matchesType(pattern: string, type: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}
