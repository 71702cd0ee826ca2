/** To whom a short message goes: the customer of a call, or a number that the agent may dial. */
import type { AgentId, Party } from '../../core/call/state.js';
import { DIALLABLE, matchesPattern } from '../../core/dial-rule.js';
import { type Refusal, refuse } from '../../core/refusal.js';
import type { LoadedConfiguration } from '../configuration-store.js';
import type { AgentAccount } from '../directory.js';
import type { CallView } from '../view.js';

/** What a telephone network takes for a number; `anonymous`, an extension or a feature code is none. */
const TELEPHONE = /^\+?[0-9]{5,15}$/;

/** Whom the agent talks with from outside; before that, whoever called or is called. */
export function customerOf(call: CallView, agentId: AgentId): Party | null {
  const outside = call.legs.filter((leg) => leg.agentId === null && leg.role !== 'coach');
  const own = call.legs.find((leg) => leg.agentId === agentId);
  const lines = call.lines.filter(({ members }) => members.some(({ legId }) => legId === own?.id));
  const present = lines.find(({ members }) => members.some(({ legId, onHold }) => legId === own?.id && !onHold));
  for (const line of [present, ...lines]) {
    const party = outside.find(({ id }) => line?.members.some(({ legId }) => legId === id))?.party;
    if (party !== undefined) return party;
  }
  return outside[0]?.party ?? null;
}

/** A customer's number needs no permission: the agent talks with it already. */
export function customersNumber(number: string): string | Refusal {
  return TELEPHONE.test(number)
    ? number
    : refuse('numberInvalid', 'The customer has no number that takes short messages.');
}

/** A number that is given must be one that the agent may dial, outside. */
export function givenNumber(configuration: LoadedConfiguration, by: AgentAccount, number: string): string | Refusal {
  const inside = [...configuration.agents, ...configuration.queues].some((each) => each.number === number);
  if (inside || !DIALLABLE.test(number) || !TELEPHONE.test(number))
    return refuse('numberInvalid', 'This is not a number that takes short messages.');
  if (!by.allow.some((pattern) => matchesPattern(pattern, number)))
    return refuse('numberNotAllowed', 'You may not dial this number.');
  return number;
}
