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

/** `call.ended`, everything of a kind (`call.*`), or everything (`*`). */
export function matchesType(pattern: string, type: string): boolean {
  if (pattern === '*') return true;
  return pattern.endsWith('.*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type;
}
