/** When a party comes back into its script, and how a call ends that got no further. */
import type { CallOutcome, Line, LiveCall } from './state.js';

/** The party was sent on by its script, nobody has answered yet, and it is to come back where nobody does. */
export function returnsUnanswered({ script }: Line): boolean {
  return script !== null && !script.active && !script.talked;
}

/** The conversation is over, and the party is to be led on. An agent is no such party. */
export function returnsAfterTalk(call: LiveCall, { script, members }: Line): boolean {
  return script?.active === false && script.talked && members.every(({ legId }) => call.legs[legId]?.agentId === null);
}

/** How a call ends whose only party was led through a script to the end of it, or hung up there. */
export function outcomeInScript(call: LiveCall, otherwise: CallOutcome): CallOutcome {
  const led = call.lines.some(({ script }) => script?.active === true);
  return led && call.direction === 'inbound' ? 'scenario' : otherwise;
}
