/**
 * At start the stored agents and the stored calls may differ by what was being written when the last run ended: an agent marked as
 * offered a call that was never offered, or the reverse. The calls are right; the agents' records are brought into step with them.
 */
import { type Call, ringingOffers } from '../core/call/state.js';
import { engagedIn } from './agent-facts.js';
import type { Agents } from './agents.js';

const NO_DELAY = { busy: 0, rejected: 0, noAnswer: 0, unavailable: 0 };

export function heal(agents: Agents, calls: readonly Call[]): void {
  const ringing = pairs(calls, (call) =>
    ringingOffers(call).flatMap(({ agentId }) => (agentId === null ? [] : [agentId])),
  );
  const engaged = pairs(calls, (call) => (call.phase === 'ended' ? [] : engagedIn(call)));
  for (const { id, offeredCallId, callIds } of [...agents.all()]) {
    if (offeredCallId !== null && !ringing.has(`${id} ${offeredCallId}`)) {
      const outcome = 'withdrawn';
      agents.observe(id, { type: 'offerEnded', callId: offeredCallId, outcome, retryMs: NO_DELAY, counted: false });
    }
    for (const callId of callIds) {
      if (!engaged.has(`${id} ${callId}`)) agents.observe(id, { type: 'released', callId, wrapUpMs: 0 });
    }
  }
  for (const call of calls) {
    if (call.phase === 'ended') continue;
    for (const agentId of engagedIn(call))
      agents.observe(agentId, { type: 'engaged', callId: call.id, counted: false });
    for (const { agentId } of ringingOffers(call)) {
      if (agentId !== null) agents.observe(agentId, { type: 'offered', callId: call.id });
    }
  }
}

function pairs(calls: readonly Call[], agentsOf: (call: Call) => readonly string[]): ReadonlySet<string> {
  return new Set(calls.flatMap((call) => agentsOf(call).map((agentId) => `${agentId} ${call.id}`)));
}
