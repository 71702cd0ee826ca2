/**
 * Facts around an agent and what follows from them. Total: a fact that comes late, twice, or about a call that is not the
 * agent's gives [].
 */
import type { Instant } from '../call/state.js';
import type { AgentEventBody } from './event.js';
import type { AgentFact } from './fact.js';
import type { AgentPolicy } from './policy.js';
import { type Agent, SYSTEM_STATUS } from './state.js';
import { statusAfter, statusChange, wrapUpAfterCall } from './status-change.js';

const SHORTEST_PAUSE_MS = 1_000;

/** What the fact leads to, in order. */
export function observeAgent(
  agent: Agent,
  fact: AgentFact,
  policy: AgentPolicy,
  now: Instant,
): readonly AgentEventBody[] {
  switch (fact.type) {
    case 'offered':
      if (agent.offeredCallId !== null || agent.callIds.includes(fact.callId)) return [];
      return [{ type: 'agent.offered', callId: fact.callId }];
    case 'offerEnded':
      return agent.offeredCallId === fact.callId ? offerEnded(agent, fact, policy, now) : [];
    case 'offerMoved':
      return agent.offeredCallId === fact.callId ? offerMoved(agent, fact) : [];
    case 'recallMissed':
      return agent.callIds.includes(fact.callId) ? recallMissed(agent, fact, policy, now) : [];
    case 'engaged':
      if (agent.callIds.includes(fact.callId)) return [];
      return [{ type: 'agent.engaged', callId: fact.callId, counted: fact.counted }];
    case 'released':
      return agent.callIds.includes(fact.callId) ? released(agent, fact, policy, now) : [];
    case 'clock':
      return timeUp(agent, policy, now);
  }
}

/**
 * The earliest instant at which time alone changes something for this agent, or null: the status ends (an instant already past
 * means that `clock` is due at once), or the agent is spared no longer.
 */
export function nextDeadline(agent: Agent, now: Instant): Instant | null {
  if (agent.session === null) return null;
  const until = agent.status?.until ?? null;
  const idle = agent.offeredCallId === null && agent.callIds.length === 0;
  const spared = idle && agent.offerableAt > now ? agent.offerableAt : null;
  if (until === null || spared === null) return until ?? spared;
  return Math.min(until, spared);
}

/** Both in one breath: an agent who looked free in between would be offered another call. */
function offerMoved(agent: Agent, { callId, toCallId }: Extract<AgentFact, { type: 'offerMoved' }>) {
  const { offerableAt, missed } = agent;
  const ended: AgentEventBody = { type: 'agent.offerEnded', callId, outcome: 'withdrawn', offerableAt, missed };
  return agent.callIds.includes(toCallId) ? [ended] : [ended, { type: 'agent.offered', callId: toCallId } as const];
}

/** In one breath for the same reason: the agent is to be spared for a while. */
function recallMissed(
  agent: Agent,
  fact: Extract<AgentFact, { type: 'recallMissed' }>,
  policy: AgentPolicy,
  now: Instant,
): readonly AgentEventBody[] {
  const { callId } = fact;
  const released: AgentEventBody = { type: 'agent.released', callId };
  if (agent.offeredCallId !== null) return [released];
  return [released, { type: 'agent.offered', callId }, ...offerEnded(agent, fact, policy, now)];
}

type OfferOver = Extract<AgentFact, { type: 'offerEnded' | 'recallMissed' }>;

function offerEnded(agent: Agent, fact: OfferOver, policy: AgentPolicy, now: Instant): readonly AgentEventBody[] {
  const missedNow = fact.outcome === 'noAnswer' && fact.counted;
  const missed = agent.missed + (missedNow ? 1 : 0);
  const ended: AgentEventBody = {
    type: 'agent.offerEnded',
    callId: fact.callId,
    outcome: fact.outcome,
    offerableAt: offerableAt(agent, fact, now),
    missed,
  };
  const tooOften = missedNow && agent.session !== null && policy.missedLimit > 0 && missed >= policy.missedLimit;
  if (!tooOften) return [ended];
  const blocking = policy.statuses.get(SYSTEM_STATUS.noAnswer)?.blocking === true;
  return [ended, statusChange(SYSTEM_STATUS.noAnswer, 'system', { blocking })];
}

function offerableAt(agent: Agent, fact: OfferOver, now: Instant): Instant {
  switch (fact.outcome) {
    // A call that another agent took, or that went away, is no reason to spare this one.
    case 'answeredElsewhere':
    case 'withdrawn':
      return agent.offerableAt;
    // The PBX does not know the agent's own phone: for the queue the same as one that cannot be reached.
    case 'unknownNumber':
      return Math.max(agent.offerableAt, now + spared(fact, fact.retryMs.unavailable));
    default:
      return Math.max(agent.offerableAt, now + spared(fact, fact.retryMs[fact.outcome]));
  }
}

/** Without any pause a queue would ring the same dead phone again and again, thousands of times a minute, and nobody else. */
function spared(fact: OfferOver, retryMs: number): number {
  return fact.counted ? Math.max(SHORTEST_PAUSE_MS, retryMs) : retryMs;
}

function released(
  agent: Agent,
  fact: Extract<AgentFact, { type: 'released' }>,
  policy: AgentPolicy,
  now: Instant,
): readonly AgentEventBody[] {
  const event: AgentEventBody = { type: 'agent.released', callId: fact.callId };
  const lastCall = agent.callIds.length === 1;
  if (!lastCall || fact.wrapUpMs <= 0 || agent.session === null || agent.status === null) return [event];
  return [event, wrapUpAfterCall(agent.status, now + fact.wrapUpMs, policy)];
}

function timeUp(agent: Agent, policy: AgentPolicy, now: Instant): readonly AgentEventBody[] {
  const { status } = agent;
  if (agent.session === null || status === null || status.until === null || status.until > now) return [];
  return [statusChange(statusAfter(status, policy), 'system', { blocking: status.nextBlocking === true })];
}
