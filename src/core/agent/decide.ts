/** Commands to an agent's session and status: may this be done, and what happens then? Pure; a refusal changes nothing. */
import type { AgentId } from '../call/state.js';
import { type Refusal, refuse } from '../refusal.js';
import type { AgentCommand } from './command.js';
import type { AgentEventBody } from './event.js';
import type { AgentPolicy } from './policy.js';
import type { Agent, AgentStatus, StatusId } from './state.js';
import { isWrappingUp, statusAfter, statusChange } from './status-change.js';

/** What the command leads to; `[]`: already so. No command depends on the time. */
export function decideAgent(
  agent: Agent,
  command: AgentCommand,
  policy: AgentPolicy,
): readonly AgentEventBody[] | Refusal {
  if (command.type === 'logIn') return logIn(agent, command.sessionId, policy);
  if (agent.session === null || agent.status === null) return refuse('notLoggedIn', 'The agent is not logged in.');
  switch (command.type) {
    case 'logOut':
      if (agent.offeredCallId !== null || agent.callIds.length > 0) {
        return refuse('inCall', 'The agent cannot log out while a call rings or goes on.');
      }
      return [{ type: 'agent.loggedOut', sessionId: agent.session.id, by: command.by }];
    case 'setStatus':
      return choose(agent.status, command.statusId, policy);
    case 'forceStatus':
      return force(agent.status, command.statusId, command.blocking, command.byAgentId, policy);
    case 'endWrapUp':
      return endWrapUp(agent.status, policy);
  }
}

function logIn(agent: Agent, sessionId: string, policy: AgentPolicy): readonly AgentEventBody[] | Refusal {
  if (agent.session !== null) return refuse('alreadyLoggedIn', 'The agent is already logged in.');
  return [{ type: 'agent.loggedIn', sessionId }, statusChange(policy.statusAfterLogin, 'system')];
}

/**
 * Takes effect at once, in a call too: wrap-up later returns to what is the status when the call ends. Choosing another status
 * during wrap-up ends wrap-up.
 */
function choose(status: AgentStatus, statusId: StatusId, policy: AgentPolicy): readonly AgentEventBody[] | Refusal {
  const definition = policy.statuses.get(statusId);
  if (definition === undefined) return unknownStatus(statusId);
  if (status.id === statusId) return [];
  if (status.blocking) return blocked(status);
  if (!definition.selectable) {
    return refuse('statusNotSelectable', 'Agents may not choose this status.', { statusId });
  }
  return [statusChange(statusId, 'agent')];
}

function force(
  status: AgentStatus,
  statusId: StatusId,
  blocking: boolean,
  byAgentId: AgentId,
  policy: AgentPolicy,
): readonly AgentEventBody[] | Refusal {
  if (!policy.statuses.has(statusId)) return unknownStatus(statusId);
  // A status with a timer is not the same as the same one for good.
  if (status.id === statusId && status.blocking === blocking && status.until === null) return [];
  return [statusChange(statusId, 'supervisor', { blocking, byAgentId })];
}

function endWrapUp(status: AgentStatus, policy: AgentPolicy): readonly AgentEventBody[] | Refusal {
  if (!isWrappingUp(status)) return refuse('notInWrapUp', 'The agent is not in wrap-up.');
  if (status.blocking) return blocked(status);
  return [statusChange(statusAfter(status, policy), 'agent', { blocking: status.nextBlocking === true })];
}

function unknownStatus(statusId: StatusId): Refusal {
  return refuse('statusUnknown', 'There is no such status.', { statusId });
}

function blocked(status: AgentStatus): Refusal {
  return refuse('statusBlocked', 'The status is blocked; only a supervisor can change it.', { statusId: status.id });
}
