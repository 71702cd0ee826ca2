/**
 * Is what we show what Asterisk has? Not while it cannot be heard, nor before everything has been held against it again afterwards.
 *
 *   fresh ──nothing is heard of Asterisk──► stale ──heard again, every call looked at──► fresh
 */
import type { Instant } from '../core/call/state.js';

export class Freshness {
  #staleSince: Instant | null;
  readonly #listeners = new Set<(staleSince: Instant | null) => void>();

  /** At the start nothing has been looked at yet. */
  constructor(now: Instant) {
    this.#staleSince = now;
  }

  /** Since when the picture may be old; null while it is not. */
  get staleSince(): Instant | null {
    return this.#staleSince;
  }

  lost(now: Instant): void {
    if (this.#staleSince !== null) return;
    this.#staleSince = now;
    this.#tell();
  }

  regained(): void {
    if (this.#staleSince === null) return;
    this.#staleSince = null;
    this.#tell();
  }

  /** Told of each change. Returns the way to stop listening. */
  onChange(listener: (staleSince: Instant | null) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #tell(): void {
    for (const listener of this.#listeners) listener(this.#staleSince);
  }
}
