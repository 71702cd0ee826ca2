/** The call of an attempt: the customer is dialled first and then waits in the queue, or an agent is rung first. */
import type { Beginning } from '../../core/call/command.js';
import type { AgentId, CallId, Onward, Party } from '../../core/call/state.js';
import type { Callback } from '../../core/callback/callback.js';
import { turnOf } from '../../core/callback/turn.js';
import { isRefusal, type Refusal } from '../../core/refusal.js';
import { mannersOf } from '../receive.js';
import { agentTarget, outsideTarget, partyOf, type RoutingState, routeDialled } from '../routing.js';

/** Null when it cannot be dialled: the queue or the agent is gone, or no rule says how. `agentId`: who is rung first. */
export function attemptCall(
  state: RoutingState,
  callback: Callback,
  callId: CallId,
  agentId: AgentId | null,
): Beginning | null {
  return agentId === null ? customerFirst(state, callback, callId) : agentFirst(state, callback, callId, agentId);
}

function customerFirst(state: RoutingState, callback: Callback, callId: CallId): Beginning | null {
  const { settings } = state;
  const queue = settings.queues.get(callback.queueId ?? '');
  if (queue === undefined) return null;
  const from: Party = { number: queue.number ?? '', name: queue.name };
  const own = outsideTarget(state, callId, callback.number, from);
  if (isRefusal(own)) return null;
  const { id: queueId, music, callbacks } = queue;
  const { priority, since: placeSince } = turnOf(callback, queue.priority);
  const waits = { music, maxWaitMs: callbacks.longestWaitMs, callback: true as const };
  const entry = { queueId, priority, placeSince, ...waits };
  const next: Onward = { kind: 'queue', entry };
  return {
    type: 'originate',
    ...mannersOf(settings),
    direction: 'outbound',
    from,
    dialled: callback.number,
    language: queue.language,
    queueId,
    own: { ...own, party: customer(callback) },
    next,
  };
}

/** For a queue the offer is one of its own: it rings as long, and an agent who does not answer has missed it. */
function agentFirst(state: RoutingState, callback: Callback, callId: CallId, agentId: AgentId): Beginning | null {
  const { settings } = state;
  const agent = settings.agents.get(agentId);
  if (agent === undefined || agent.devices.length === 0) return null;
  const queue = callback.queueId === null ? null : settings.queues.get(callback.queueId);
  if (queue === undefined) return null;
  const next =
    queue === null
      ? withName(routeDialled(state, callId, agent, callback.number), callback)
      : outside(state, callId, callback, partyOf(agent));
  if (isRefusal(next)) return null;
  const own = agentTarget(callId, agent, customer(callback), queue?.ringMs ?? settings.centre.directRingMs);
  return {
    type: 'originate',
    ...mannersOf(settings),
    direction: 'outbound',
    from: partyOf(agent),
    dialled: callback.number,
    language: queue?.language ?? agent.language,
    ...(queue === null ? {} : { queueId: queue.id }),
    own,
    next,
  };
}

/** As it was agreed on with, where a name was given. */
function withName(next: Onward | Refusal, { name }: Callback): Onward | Refusal {
  if (isRefusal(next) || next.kind !== 'target' || name === '') return next;
  const { target } = next;
  return { ...next, target: { ...target, party: { ...target.party, name } } };
}

/** Whoever agreed on it was allowed to: not each agent of the queue need be. */
function outside(state: RoutingState, callId: CallId, callback: Callback, from: Party) {
  const target = outsideTarget(state, callId, callback.number, from);
  return isRefusal(target) ? target : ({ kind: 'target', target: { ...target, party: customer(callback) } } as const);
}

function customer({ number, name }: Callback): Party {
  return { number, name };
}
