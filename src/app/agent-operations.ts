/** What can be done with an agent's session and status. */
import { randomUUID } from 'node:crypto';
import type { AgentCommand } from '../core/agent/command.js';
import type { AgentId } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import type { Agents } from './agents.js';
import type { AgentOperations } from './application.js';
import type { AgentView } from './view.js';
import type { Views } from './views.js';

export function agentOperations(agents: Agents, views: Views): AgentOperations {
  const run = async (id: AgentId, command: AgentCommand): Promise<AgentView | Refusal> => {
    const result = await agents.command(id, command);
    if (isRefusal(result)) return result;
    return views.agent(id) ?? refuse('notFound', 'There is no such agent.');
  };
  return {
    logIn: (id) => run(id, { type: 'logIn', sessionId: randomUUID() }),
    logOut: (id) => run(id, { type: 'logOut', by: 'agent' }),
    setStatus: (id, statusId) => run(id, { type: 'setStatus', statusId }),
    forceStatus: (byAgentId, id, statusId, blocking) => run(id, { type: 'forceStatus', statusId, blocking, byAgentId }),
    endWrapUp: (id) => run(id, { type: 'endWrapUp' }),
  };
}
