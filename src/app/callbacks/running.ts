/** An attempt that is under way, and what is seen of its call. */
import type { CallEvent } from '../../core/call/event.js';
import type { CallId } from '../../core/call/state.js';
import type { Callback } from '../../core/callback/callback.js';
import { type AttemptResult, resultOf } from '../../core/callback/result.js';
import type { DomainEvent } from '../event-stream.js';

export interface Running {
  readonly callback: Callback;
  /** An agent is rung first: nobody else is kept free for it. */
  readonly agentFirst: boolean;
  /** Whose phone may have rung need not ring again at once, for another agent. */
  customerDialled: boolean;
  customerAnswered: boolean;
  agentFailed: boolean;
  noAgent: boolean;
  machine: boolean;
  connected: boolean;
  /** The customer has called and reached an agent: nobody is to be dialled any more. */
  withdrawn: boolean;
  /** Known, and not written yet. */
  result: AttemptResult | null;
}

export function newRunning(callback: Callback, agentFirst: boolean): Running {
  const nothing = {
    customerDialled: false,
    customerAnswered: false,
    agentFailed: false,
    noAgent: false,
    machine: false,
    connected: false,
  };
  return { callback, agentFirst, ...nothing, withdrawn: false, result: null };
}

/** The attempt with this call has not ended. */
export function isOpen({ state, attempts }: Callback, callId: CallId): boolean {
  const last = attempts.at(-1);
  return state === 'calling' && last?.callId === callId && last.endedAt === null;
}

/** A machine that answers is for no agent; where an agent talks to it already, the agent decides. */
export function isForNobody({ machine, agentFirst, connected, result }: Running): boolean {
  return machine && !agentFirst && !connected && result === null;
}

export function isOfCall(event: DomainEvent): event is CallEvent {
  return 'legId' in event || /^(call|offer|queue)\./.test(event.type);
}

/** Whether something is to be done about it now. */
export function note(running: Running, event: CallEvent): boolean {
  switch (event.type) {
    case 'call.offered':
      if (event.agentId === null) running.customerDialled = true;
      return false;
    case 'call.queued':
      running.customerAnswered = true;
      return false;
    case 'queue.left':
      running.noAgent = true;
      return false;
    case 'call.connected':
      running.customerAnswered = true;
      running.connected = true;
      return false;
    case 'leg.detected':
      running.machine = event.by === 'machine';
      return isForNobody(running);
    case 'offer.failed':
      if (event.agentId !== null) running.agentFailed = true;
      return false;
    case 'call.ended':
      running.result = resultOf(event.outcome, running, running.agentFirst);
      return true;
    default:
      return false;
  }
}
