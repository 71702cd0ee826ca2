/** Whom an agent means: a number, an agent, a queue, or a scenario; as far as the agent may reach them. */
import type { Destined } from '../core/call/command.js';
import type { AgentId, CallId, QueueId } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import type { ScenarioId } from '../core/scenario/scenario.js';
import type { AgentAccount } from './directory.js';
import { type Ringing, type RoutingState, routeDialled } from './routing.js';
import { intoScenario } from './scenarios/start.js';

/** Clients name numbers and ids, never addresses of phones. */
export type CallTarget =
  | { readonly number: string }
  | { readonly agentId: AgentId }
  | { readonly queueId: QueueId }
  /** Only where a party is sent: nobody is there to be asked. */
  | { readonly scenarioId: ScenarioId };

/** The number that reaches the target. */
export function numberOf(state: RoutingState, target: CallTarget): string | Refusal {
  const { agents, queues } = state.settings;
  if ('number' in target) return target.number;
  if ('scenarioId' in target) return refuse('numberInvalid', 'A scenario has no number.');
  if ('agentId' in target) return agents.get(target.agentId)?.number ?? refuse('notFound', 'There is no such agent.');
  const queue = queues.get(target.queueId);
  if (queue === undefined) return refuse('notFound', 'There is no such queue.');
  return queue.number ?? refuse('numberInvalid', 'The queue has no number.');
}

/** Where a party is sent, or who is asked; a queue that takes no callers now is a refusal. */
export function routeTarget(
  state: RoutingState,
  callId: CallId,
  by: AgentAccount,
  target: CallTarget,
  ringing: Ringing,
): Destined | Refusal {
  if ('scenarioId' in target) {
    return intoScenario(state.settings, target.scenarioId) ?? refuse('notFound', 'There is no such scenario.');
  }
  const number = numberOf(state, target);
  if (isRefusal(number)) return number;
  const onward = routeDialled(state, callId, by, number, ringing);
  if (isRefusal(onward)) return onward;
  if (onward.kind === 'queue' || onward.kind === 'target') return onward;
  return refuse('queueClosed', 'The queue takes no callers at present.');
}
