/**
 * Counts attempts to log in, per login name, so that passwords cannot be guessed from many addresses. An attempt is counted
 * before it is checked: parallel guesses would otherwise all pass before the first failure is known.
 */
export interface Attempts {
  /** Null if the attempt may be made (it is counted then), else how long to wait, ms. */
  begin(login: string, now: number): number | null;
  /** A right password forgets the failures before it. */
  succeeded(login: string): void;
}

const WINDOW_MS = 5 * 60_000;
const ALLOWED = 10;
/** Bounds memory under a flood of made-up names; the oldest is forgotten first. */
const MOST_NAMES = 20_000;

export function countAttempts(allowed = ALLOWED, windowMs = WINDOW_MS): Attempts {
  const counts = new Map<string, { readonly until: number; used: number }>();
  return {
    begin(login, now) {
      const key = login.toLowerCase();
      const found = counts.get(key);
      if (found !== undefined && found.until > now) {
        if (found.used >= allowed) return found.until - now;
        found.used += 1;
        return null;
      }
      counts.delete(key);
      counts.set(key, { until: now + windowMs, used: 1 });
      const oldest = counts.size > MOST_NAMES ? counts.keys().next().value : undefined;
      if (oldest !== undefined) counts.delete(oldest);
      return null;
    },
    succeeded(login) {
      counts.delete(login.toLowerCase());
    },
  };
}
