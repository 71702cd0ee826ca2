/**
 * Digits that an agent sends to the other party by a command, whatever phone the agent has: for the menu of a bank. The party hears
 * them as keys of the phone it talks to. They are not keys of the agent's own phone, so no in-call option is run by them.
 */

import { digitsGoTo } from '../core/call/digits.js';
import type { AgentId, CallId, LegId } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import { type CallOperationsPorts, NO_SUCH_CALL, ownMailbox, unavailable } from './own-call.js';
import type { CallView } from './view.js';

/** Answered once Asterisk has taken them, and before the last is heard. */
export async function sendDigits(
  ports: CallOperationsPorts,
  agentId: AgentId,
  id: CallId,
  legId: LegId | null,
  digits: string,
): Promise<CallView | Refusal> {
  const mailbox = ownMailbox(ports, agentId, id);
  if (isRefusal(mailbox)) return mailbox;
  const { call } = mailbox;
  if (call === null) return NO_SUCH_CALL;
  const hearers = digitsGoTo(call, agentId, legId);
  if (isRefusal(hearers)) return hearers;
  const results = await Promise.all(hearers.map((each) => ports.keySender.sendKeys(each, digits)));
  if (results.includes('sent')) return ports.views.callView(mailbox.call ?? call);
  return results.includes('lost') ? unavailable() : refuse('wrongState', 'The other party has gone.');
}
