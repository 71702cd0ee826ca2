/** Who can be offered a queue's call now. The only place that says so. */
import type { Instant } from '../call/state.js';
import type { AgentPolicy } from './policy.js';
import type { Agent } from './state.js';
import { isWrappingUp, statusAfter } from './status-change.js';

/** Logged in, in a status that receives calls; busy or not. */
export function receives(agent: Agent, policy: AgentPolicy): boolean {
  if (agent.session === null || agent.status === null) return false;
  // A status that was removed from the settings while someone was in it receives nothing.
  return policy.statuses.get(agent.status.id)?.receiving === true;
}

/** As `receives`, but an agent in wrap-up counts by the status that follows: nobody leaves a queue because of the pause after a call. */
export function willReceive(agent: Agent, policy: AgentPolicy): boolean {
  if (agent.session === null || agent.status === null) return false;
  const id = isWrappingUp(agent.status) ? statusAfter(agent.status, policy) : agent.status.id;
  return policy.statuses.get(id)?.receiving === true;
}

/** Receives calls, has none, rings for none, and is not being spared after a failed offer. */
export function isOfferable(agent: Agent, policy: AgentPolicy, now: Instant): boolean {
  return (
    receives(agent, policy) && agent.offeredCallId === null && agent.callIds.length === 0 && agent.offerableAt <= now
  );
}
