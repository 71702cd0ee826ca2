/** The call of an attempt: a queue's customer is dialled first and then waits for an agent; a personal one rings its agent first. */
import type { Beginning } from '../../core/call/command.js';
import type { CallId, Onward, Party } from '../../core/call/state.js';
import { type Callback, PRIORITY_STEP } from '../../core/callback/callback.js';
import { isRefusal } from '../../core/refusal.js';
import { mannersOf } from '../receive.js';
import { agentTarget, outsideTarget, partyOf, type RoutingState, routeDialled } from '../routing.js';

/** Null when it cannot be dialled: the queue or the agent is gone, or no rule says how. */
export function attemptCall(state: RoutingState, callback: Callback, callId: CallId): Beginning | null {
  return callback.queueId === null ? agentFirst(state, callback, callId) : customerFirst(state, callback, callId);
}

function customerFirst(state: RoutingState, callback: Callback, callId: CallId): Beginning | null {
  const { settings } = state;
  const queue = settings.queues.get(callback.queueId ?? '');
  if (queue === undefined) return null;
  const from: Party = { number: queue.number ?? '', name: queue.name };
  const own = outsideTarget(state, callId, callback.number, from);
  if (isRefusal(own)) return null;
  const { id: queueId, music, maxWaitMs } = queue;
  const priority = queue.priority + PRIORITY_STEP[callback.priority];
  const next: Onward = { kind: 'queue', entry: { queueId, priority, music, maxWaitMs } };
  return {
    type: 'originate',
    ...mannersOf(settings),
    direction: 'outbound',
    from,
    dialled: callback.number,
    language: queue.language,
    own: { ...own, party: customer(callback) },
    next,
  };
}

function agentFirst(state: RoutingState, callback: Callback, callId: CallId): Beginning | null {
  const { settings } = state;
  const agent = settings.agents.get(callback.agentId ?? '');
  if (agent === undefined || agent.devices.length === 0) return null;
  const next = routeDialled(state, callId, agent, callback.number);
  if (isRefusal(next)) return null;
  const own = agentTarget(callId, agent, customer(callback), settings.centre.directRingMs);
  return {
    type: 'originate',
    ...mannersOf(settings),
    direction: 'outbound',
    from: partyOf(agent),
    dialled: callback.number,
    language: agent.language,
    own,
    next,
  };
}

function customer({ number, name }: Callback): Party {
  return { number, name };
}
