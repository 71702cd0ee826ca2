/** Where a scenario sends a caller, as the call understands it; or why that is not possible now. */
import type { Call, CallId, Onward, Party } from '../../core/call/state.js';
import { mayWait } from '../../core/queue/empty-rule.js';
import type { Back, Goal } from '../../core/scenario/effect.js';
import type { PublishedScenario } from '../configuration-store.js';
import { agentTarget, intoQueue, type RoutingState, toDestination } from '../routing.js';

/** A queue's own overflow is not asked: the scenario says where the caller goes whom nobody answers. */
export function onwardTo(goal: Goal, state: RoutingState, callId: CallId, shows: Party): Onward | Back {
  const { settings } = state;
  switch (goal.kind) {
    case 'queue': {
      const queue = settings.queues.get(goal.queueId);
      if (queue === undefined) return 'refused';
      if (!mayWait(queue.joinWhenEmpty, state.presence(queue.id))) return 'empty';
      return intoQueue({ ...queue, maxWaitMs: goal.maxWaitMs ?? queue.maxWaitMs }, goal.priority);
    }
    case 'agent': {
      const agent = settings.agents.get(goal.agentId);
      if (agent === undefined || agent.devices.length === 0) return 'unavailable';
      if (!state.isFree(agent.id)) return 'busy';
      const ringMs = goal.ringMs ?? settings.centre.directRingMs;
      return { kind: 'target', target: agentTarget(callId, agent, shows, ringMs) };
    }
    case 'number': {
      const onward = toDestination(state, callId, shows, { kind: 'number', number: goal.number }, 0);
      if (onward.kind === 'nowhere') return 'refused';
      if (onward.kind !== 'target' || goal.ringMs === null) return onward;
      return { kind: 'target', target: { ...onward.target, ringMs: goal.ringMs } };
    }
  }
}

/** Where a party goes whose scenario cannot go on: to its fallback queue, or to the PBX's fallback. */
export function fallbackOf(published: PublishedScenario | null, state: RoutingState, call: Call, shows: Party): Onward {
  const queueId = published?.scenario.fallbackQueueId ?? null;
  if (queueId !== null) {
    const onward = toDestination(state, call.id, shows, { kind: 'queue', queueId }, 0);
    // A queue may overflow into the very scenario that has failed.
    if (onward.kind !== 'script') return onward;
  }
  return { kind: 'nowhere', reason: call.direction === 'inbound' ? 'fallback' : 'unavailable' };
}
