/** Which queues each agent serves, in a form that two configurations can be compared by. */
import type { AgentId } from '../core/call/state.js';
import type { QueueMember } from '../core/queue/settings.js';

export function servedQueues(members: readonly QueueMember[]): ReadonlyMap<AgentId, string> {
  const queues = new Map<AgentId, string[]>();
  for (const { agentId, queueId } of members) {
    const served = queues.get(agentId);
    if (served === undefined) queues.set(agentId, [queueId]);
    else served.push(queueId);
  }
  // No id contains a blank.
  return new Map([...queues].map(([agentId, served]) => [agentId, served.sort().join(' ')]));
}
