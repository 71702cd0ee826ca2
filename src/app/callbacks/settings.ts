/** How callbacks are dialled, tried again, and given up. */
import type { RetryRule } from '../../core/callback/callback.js';

export interface CallbackSettings {
  readonly retry: RetryRule;
  /** Hours of the day where the customer is, between which an attempt is repeated; the first one is at the time agreed. */
  readonly hours: { readonly from: number; readonly to: number };
  /** So much later than its time a callback is still dialled, ms; then it is missed. */
  readonly graceMs: number;
}

const MINUTE_MS = 60_000;

export const CALLBACK_DEFAULTS: CallbackSettings = {
  retry: { times: 3, afterMs: { busy: 5 * MINUTE_MS, noAnswer: 30 * MINUTE_MS, other: 15 * MINUTE_MS } },
  hours: { from: 9, to: 21 },
  graceMs: 60 * MINUTE_MS,
};
