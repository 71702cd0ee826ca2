/** Tells an agent's story for tests: what was asked and what happened, at which second, with the statuses of a usual centre. */
import type { AgentCommand } from '../../src/core/agent/command.js';
import { decideAgent } from '../../src/core/agent/decide.js';
import type { AgentEventBody } from '../../src/core/agent/event.js';
import { evolveAgent, newAgent } from '../../src/core/agent/evolve.js';
import type { AgentFact } from '../../src/core/agent/fact.js';
import { observeAgent } from '../../src/core/agent/observe.js';
import type { AgentPolicy } from '../../src/core/agent/policy.js';
import type { Agent, StatusDefinition } from '../../src/core/agent/state.js';
import { isRefusal, type Refusal } from '../../src/core/refusal.js';

export const retryMs = { busy: 3_000, rejected: 20_000, noAnswer: 5_000, unavailable: 60_000 };

function definition(id: string, more: Partial<StatusDefinition> = {}): StatusDefinition {
  const name = { en: id, ru: id };
  return { id, name, receiving: false, selectable: true, blocking: false, position: 0, ...more };
}

export const statusList: readonly StatusDefinition[] = [
  definition('sessionStart', { selectable: false }),
  definition('ready', { receiving: true }),
  definition('notReady'),
  definition('working'),
  definition('callHandling', { selectable: false }),
  definition('noAnswer', { selectable: false }),
];

/** A centre's policy; `changed` statuses replace or join the usual ones. */
export function policyWith(
  more: { readonly missedLimit?: number; readonly statusAfterLogin?: string } = {},
  ...changed: readonly (Partial<StatusDefinition> & { readonly id: string })[]
): AgentPolicy {
  const statuses = new Map(statusList.map((status) => [status.id, status]));
  for (const change of changed) {
    statuses.set(change.id, { ...(statuses.get(change.id) ?? definition(change.id)), ...change });
  }
  return { statuses, statusAfterLogin: more.statusAfterLogin ?? 'ready', missedLimit: more.missedLimit ?? 3 };
}

export type Step = AgentCommand | AgentFact;

const COMMANDS: ReadonlySet<string> = new Set(['logIn', 'logOut', 'setStatus', 'forceStatus', 'endWrapUp']);

export function isCommand(step: Step): step is AgentCommand {
  return COMMANDS.has(step.type);
}

/** The events of a step, or its refusal, and the agent afterwards. */
export function take(
  agent: Agent,
  step: Step,
  policy: AgentPolicy,
  now: number,
): { readonly result: readonly AgentEventBody[] | Refusal; readonly agent: Agent } {
  const result = isCommand(step) ? decideAgent(agent, step, policy) : observeAgent(agent, step, policy, now);
  return { result, agent: isRefusal(result) ? agent : apply(agent, result, now) };
}

export function apply(agent: Agent, events: readonly AgentEventBody[], now: number): Agent {
  let after = agent;
  for (const event of events) {
    after = evolveAgent(after, { ...event, agentId: agent.id, seq: after.seq + 1, at: now, v: 1 });
  }
  return after;
}

/** The agent after a history of [at, step]; a refused step in a history is a mistake in the test. */
export function agentAfter(policy: AgentPolicy, ...history: readonly (readonly [number, Step])[]): Agent {
  let agent = newAgent('anna');
  for (const [at, step] of history) {
    const taken = take(agent, step, policy, at);
    if (isRefusal(taken.result)) throw new Error(`refused in the history: ${taken.result.message}`);
    agent = taken.agent;
  }
  return agent;
}

export const logIn: AgentCommand = { type: 'logIn', sessionId: 's1' };
export const set = (statusId: string): AgentCommand => ({ type: 'setStatus', statusId });
export const force = (statusId: string, blocking: boolean): AgentCommand => ({
  type: 'forceStatus',
  statusId,
  blocking,
  byAgentId: 'boss',
});
export const offered = (callId: string): AgentFact => ({ type: 'offered', callId });
export const engaged = (callId: string, counted = true): AgentFact => ({ type: 'engaged', callId, counted });
export const released = (callId: string, wrapUpMs = 0): AgentFact => ({ type: 'released', callId, wrapUpMs });
export const clock: AgentFact = { type: 'clock' };
export function offerEnded(
  callId: string,
  outcome: Extract<AgentFact, { type: 'offerEnded' }>['outcome'],
  counted = true,
): AgentFact {
  return { type: 'offerEnded', callId, outcome, retryMs, counted };
}

/** The event of a change to a status; unless told otherwise one that stays and may be left. */
export function changed(
  statusId: string,
  setBy: 'agent' | 'supervisor' | 'system',
  more: Partial<Extract<AgentEventBody, { type: 'agent.statusChanged' }>> = {},
): AgentEventBody {
  const plain = { type: 'agent.statusChanged', statusId, setBy, blocking: false, until: null, next: null } as const;
  return { ...plain, byAgentId: null, ...more };
}
