/** An attempt that is under way, and what is seen of its call. */
import type { CallEvent } from '../../core/call/event.js';
import type { CallId } from '../../core/call/state.js';
import { type AttemptResult, type Callback, resultOf } from '../../core/callback/callback.js';
import type { DomainEvent } from '../event-stream.js';

export interface Running {
  readonly callback: Callback;
  customerAnswered: boolean;
  agentFailed: boolean;
  connected: boolean;
  /** The customer has called and reached an agent: nobody is to be dialled any more. */
  withdrawn: boolean;
  /** Known, and not written yet. */
  result: AttemptResult | null;
}

export function newRunning(callback: Callback): Running {
  return { callback, customerAnswered: false, agentFailed: false, connected: false, withdrawn: false, result: null };
}

/** The attempt with this call has not ended. */
export function isOpen({ state, attempts }: Callback, callId: CallId): boolean {
  const last = attempts.at(-1);
  return state === 'calling' && last?.callId === callId && last.endedAt === null;
}

export function isOfCall(event: DomainEvent): event is CallEvent {
  return event.type.startsWith('call.') || event.type.startsWith('offer.');
}

/** Whether the call is over. */
export function note(running: Running, event: CallEvent): boolean {
  switch (event.type) {
    case 'call.queued':
      running.customerAnswered = true;
      return false;
    case 'call.connected':
      running.connected = true;
      return false;
    case 'offer.failed':
      if (event.agentId !== null) running.agentFailed = true;
      return false;
    case 'call.ended':
      running.result = resultOf(event.outcome, running);
      return true;
    default:
      return false;
  }
}
