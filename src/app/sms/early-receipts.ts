/** Receipts for parts of which nobody knows yet that they were taken: kept for a while, and never too many. */
import type { Instant } from '../../core/call/state.js';
import type { Receipt } from './gateway.js';

const KEPT_MS = 60_000;
const MOST = 1_000;

export class EarlyReceipts {
  /** Oldest first. */
  readonly #kept = new Map<string, { readonly receipt: Receipt; readonly at: Instant }>();

  keep(receipt: Receipt, at: Instant): void {
    this.#kept.set(receipt.gatewayId, { receipt, at });
    for (const [id, kept] of this.#kept) {
      if (this.#kept.size <= MOST && kept.at >= at - KEPT_MS) return;
      this.#kept.delete(id);
    }
  }

  /** The receipt is handed out once. */
  take(gatewayId: string): Receipt | null {
    const kept = this.#kept.get(gatewayId);
    this.#kept.delete(gatewayId);
    return kept?.receipt ?? null;
  }
}
