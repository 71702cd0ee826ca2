/** How one status gives way to the next, the same for agents, supervisors and timers. */
import type { AgentId, Instant } from '../call/state.js';
import type { AgentEventBody } from './event.js';
import type { AgentPolicy } from './policy.js';
import { type AgentStatus, type SetBy, type StatusId, SYSTEM_STATUS } from './state.js';

export type StatusChanged = Extract<AgentEventBody, { type: 'agent.statusChanged' }>;

/** The event of a change; by default to a status that stays until it is changed and that the agent may leave. */
export function statusChange(
  statusId: StatusId,
  setBy: SetBy,
  more: { readonly blocking?: boolean; readonly byAgentId?: AgentId } = {},
): StatusChanged {
  return {
    type: 'agent.statusChanged',
    statusId,
    setBy,
    blocking: more.blocking ?? false,
    until: null,
    next: null,
    byAgentId: more.byAgentId ?? null,
  };
}

/** In wrap-up after a call, with its timer; not merely in the status of that name by choice. */
export function isWrappingUp(status: AgentStatus): boolean {
  return status.id === SYSTEM_STATUS.wrapUp && status.until !== null;
}

/** What follows a status that ends: the one noted then, unless it was removed from the settings since. */
export function statusAfter(status: AgentStatus, policy: AgentPolicy): StatusId {
  return status.next !== null && policy.statuses.has(status.next) ? status.next : policy.statusAfterLogin;
}

/** Into wrap-up after a call. The status before, with a supervisor's block if it has one, returns when the timer ends. */
export function wrapUpAfterCall(status: AgentStatus, until: Instant, policy: AgentPolicy): StatusChanged {
  // A second call taken during wrap-up must not make wrap-up its own successor.
  const again = isWrappingUp(status);
  const nextBlocking = again ? status.nextBlocking === true : status.blocking;
  const change = statusChange(SYSTEM_STATUS.wrapUp, 'system', {
    // A block must hold here too, or the agent could choose the way out of it during wrap-up.
    blocking: nextBlocking || policy.statuses.get(SYSTEM_STATUS.wrapUp)?.blocking === true,
  });
  return { ...change, until, next: again ? status.next : status.id, ...(nextBlocking ? { nextBlocking } : {}) };
}
