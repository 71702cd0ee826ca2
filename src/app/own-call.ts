/** An agent's own calls, and what is needed to command them. */
import { type AgentId, agentsIn, type CallId } from '../core/call/state.js';
import { type Refusal, refuse } from '../core/refusal.js';
import type { CallMailbox } from './call-mailbox.js';
import type { KeySender } from './keys/key-presses.js';
import type { PhoneSystem } from './phone-system.js';
import type { RoutingState } from './routing.js';
import type { Switchboard } from './switchboard.js';
import type { Views } from './views.js';

export interface CallOperationsPorts {
  readonly switchboard: Switchboard;
  readonly phones: PhoneSystem;
  readonly views: Views;
  readonly routing: () => RoutingState;
  readonly isLoggedIn: (agentId: AgentId) => boolean;
  readonly callIdsOf: (agentId: AgentId) => readonly CallId[];
  readonly keySender: KeySender;
  readonly mayWriteRecordings: () => boolean;
  readonly now: () => number;
}

export const NO_SUCH_CALL = refuse('notFound', 'There is no such call.');

/** Another agent's call looks like no call at all. */
export function ownMailbox(ports: CallOperationsPorts, agentId: AgentId, id: CallId): CallMailbox | Refusal {
  const mailbox = ports.switchboard.mailbox(id);
  const call = mailbox?.call ?? null;
  if (mailbox === undefined || call === null || !agentsIn(call).includes(agentId)) return NO_SUCH_CALL;
  return ports.phones.status === 'connected' ? mailbox : unavailable();
}

export function unavailable(): Refusal {
  return refuse('phoneSystemUnavailable', 'The phone system cannot be reached at the moment.');
}
