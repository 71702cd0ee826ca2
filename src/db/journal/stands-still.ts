/** How long a transaction may be left open by a process that stands still, ms: below what others wait for a lock. */
export const STANDS_STILL_MS = 4_000;
