/** What agents and supervisors can do with statuses and with calls, joined to what it is done with. */
import { agentOperations } from '../agent-operations.js';
import type { AgentOperations, CallOperations } from '../application.js';
import { callOperations } from '../call-operations.js';
import { Dictations } from '../dictation.js';
import type { CallOperationsPorts } from '../own-call.js';
import type { Views } from '../views.js';
import type { AgentsSide } from './agents-side.js';
import type { CallsSide } from './calls-side.js';
import type { Ground } from './ground.js';

export interface Operations {
  readonly agents: AgentOperations;
  readonly calls: CallOperations;
  readonly dictations: Dictations;
}

export function openOperations(
  { ports, routing }: Ground,
  { agents }: AgentsSide,
  { switchboard }: CallsSide,
  views: Views,
): Operations {
  const { phones, clock, log, messages, recordings, keySender } = ports;
  const forCalls: CallOperationsPorts = {
    ...{ switchboard, phones, views, routing, keySender },
    mayWriteRecordings: () => recordings.mayRecord(),
    now: () => clock.now(),
    isLoggedIn: (id) => agents.get(id)?.session != null,
    callIdsOf: (id) => agents.get(id)?.callIds ?? [],
  };
  const dictations = new Dictations(forCalls, messages, log);
  return {
    agents: agentOperations(agents, views),
    calls: { ...callOperations(forCalls), dictate: (id, name) => dictations.start(id, name) },
    dictations,
  };
}
