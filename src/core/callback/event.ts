/** What has happened to a callback, in the past tense. */
import type { AgentId, CallId, Instant, QueueId } from '../call/state.js';
import type { Callback, CallbackState } from './callback.js';
import type { AttemptResult } from './result.js';

/** Without the number and the name, which are the customer's: who may know them asks for the callback. */
export interface CallbackEvent {
  /**
   * changed: it is still scheduled, and something about it is other than before. overdue: its agent cannot be had, and somebody else
   * should take it over.
   */
  readonly type: `callback.${CallbackState}` | 'callback.changed' | 'callback.overdue';
  readonly callbackId: string;
  readonly queueId: QueueId | null;
  readonly agentId: AgentId | null;
  /** Of the last attempt. */
  readonly callId: CallId | null;
  readonly result: AttemptResult | null;
  readonly attempts: number;
  readonly dueAt: Instant;
  readonly nextAt: Instant | null;
  readonly seq: number;
  readonly at: Instant;
  readonly v: 1;
}

/** The event that `after` stands for; `after` then has its number. */
export function callbackEvent(
  before: Callback | null,
  after: Callback,
): { readonly callback: Callback; readonly event: CallbackEvent } {
  const { id: callbackId, queueId, agentId, dueAt, nextAt, updatedAt: at, attempts, state } = after;
  const last = attempts.at(-1);
  const seq = after.seq + 1;
  const isOverdue = before !== null && before.overdueSince === null && after.overdueSince !== null;
  const told = isOverdue ? 'overdue' : 'changed';
  return {
    callback: { ...after, seq },
    event: {
      type: before?.state === state ? `callback.${told}` : `callback.${state}`,
      ...{ callbackId, queueId, agentId, dueAt, nextAt, seq, at, v: 1 },
      callId: last?.callId ?? null,
      result: last?.result ?? null,
      attempts: attempts.length,
    },
  };
}
