/** Journal entries for tests of the database: a call's and an agent's events with the bookkeeping filled in. */
import type { JournalEntry } from '../../src/app/ports.js';
import type { AgentEventBody } from '../../src/core/agent/event.js';
import type { Agent } from '../../src/core/agent/state.js';
import type { CallEventBody } from '../../src/core/call/event.js';
import type { CallOutcome } from '../../src/core/call/state.js';

export function callEntry(id: string, firstSeq: number, at: number, ...bodies: CallEventBody[]): JournalEntry {
  return {
    stream: 'call',
    id,
    over: bodies.some(({ type }) => type === 'call.ended'),
    events: bodies.map((body, index) => ({ ...body, callId: id, seq: firstSeq + index, at, v: 1 })),
  };
}

export function agentEntry(id: string, firstSeq: number, at: number, ...bodies: AgentEventBody[]): JournalEntry {
  const events = bodies.map((body, index) => ({ ...body, agentId: id, seq: firstSeq + index, at, v: 1 as const }));
  return { stream: 'agent', id, events, state: agentState(id, firstSeq + bodies.length - 1) };
}

export function agentState(id: string, seq: number): Agent {
  return {
    id,
    seq,
    session: null,
    status: null,
    offeredCallId: null,
    callIds: [],
    missed: 0,
    offerableAt: 0,
    idleSince: 0,
    lastOfferedAt: 0,
    callsTaken: 0,
  };
}

export const started: Extract<CallEventBody, { type: 'call.started' }> = {
  type: 'call.started',
  direction: 'inbound',
  from: { number: '5550100', name: "O'Hara; DROP TABLE calls" },
  dialled: '800',
  language: 'en',
  leg: null,
  next: null,
  agentId: null,
  hangUpRule: 'recall',
  holdMusic: 'default',
};

export function queued(queueId: string, enteredAt: number): CallEventBody {
  return { type: 'call.queued', lineId: 'l1', queueId, enteredAt, priority: 0, music: 'default', maxWaitAt: null };
}

export function connected(agentId: string, queueId: string, waitedMs: number): CallEventBody {
  const legIds = ['caller', 'agent'];
  return { type: 'call.connected', lineId: 'l1', legId: 'agent', legIds, agentId, queueId, waitedMs };
}

export function offerFailed(agentId: string, queueId: string): CallEventBody {
  return { type: 'offer.failed', offerId: 'o', agentId, queueId, outcome: 'noAnswer' };
}

export function ended(
  outcome: CallOutcome,
  queueId: string | null,
  agentId: string | null,
  waitedMs: number,
  talkedMs: number,
): CallEventBody {
  const agentIds = agentId === null ? [] : [agentId];
  return { type: 'call.ended', outcome, queueId, agentId, agentIds, waitedMs, talkedMs };
}

/** A customer's call that began with the customer's own leg, `<id>~caller`. */
export function calledIn(id: string, number: string): CallEventBody {
  const party = { number, name: '' };
  const leg = { id: `${id}~caller`, role: 'caller' as const, party, agentId: null, address: null };
  return { ...started, from: party, leg } as CallEventBody;
}

/** One phone rings for the agent: leg `<id>~<agent>`. */
export function rung(id: string, agentId: string, number = agentId): CallEventBody {
  const party = { number, name: agentId };
  return {
    type: 'call.offered',
    lineId: 'l1',
    offerId: `${id}~o~${agentId}`,
    purpose: 'queue',
    byAgentId: null,
    party,
    agentId,
    legs: [{ id: `${id}~${agentId}`, role: 'agent', party, agentId, address: `PJSIP/${number}` }],
    shows: party,
    autoAnswer: false,
    deadlineAt: 0,
  };
}

export function answered(id: string, agentId: string, queueId: string): readonly CallEventBody[] {
  const legId = `${id}~${agentId}`;
  const legIds = [`${id}~caller`, legId];
  return [
    { type: 'leg.answered', legId },
    { type: 'call.connected', lineId: 'l1', legId, legIds, agentId, queueId, waitedMs: 5 },
  ];
}

export function left(legId: string, cause: number, agentId: string | null = null): CallEventBody {
  return { type: 'leg.left', legId, cause, agentId };
}

export function tagged(tag: string, agentId: string): CallEventBody {
  return { type: 'call.tagged', tag, agentId };
}

export function untagged(tag: string, agentId: string): CallEventBody {
  return { type: 'call.untagged', tag, agentId };
}
