/** What the events of a call mean for the agents in it. */
import type { AgentFact } from '../core/agent/fact.js';
import type { CallEvent } from '../core/call/event.js';
import { linesWith, ownLeg, ringingWhere } from '../core/call/line.js';
import { type AgentId, agentsIn, type Call, linesOf, ringingOffers } from '../core/call/state.js';
import type { QueueSettings } from '../core/queue/settings.js';

export interface FactOfAgent {
  readonly agentId: AgentId;
  readonly fact: AgentFact;
}

/** An agent who missed a personal or internal call is spared nothing. */
const NO_DELAY: QueueSettings['retryMs'] = { busy: 0, rejected: 0, noAnswer: 0, unavailable: 0 };

export function agentFacts(
  before: Call | null,
  after: Call,
  events: readonly CallEvent[],
  queueOf: (id: string) => QueueSettings | undefined,
): readonly FactOfAgent[] {
  const callId = after.id;
  const facts: FactOfAgent[] = events.flatMap((event) => factOf(event, before, after, queueOf));
  const present = new Set(engagedIn(after));
  // Sent to another queue by the very events that free the agent, the call was still the former queue's for the agent.
  const { queueId } = (before ?? after).marks;
  const queue = queueId === null ? undefined : queueOf(queueId);
  const counted = queueId !== null;
  const retryMs = queue?.retryMs ?? NO_DELAY;
  // Whoever was in it, or came into it with these very events (a refused call begins and ends at once), and is not any more.
  const were = new Set(before === null ? [] : engagedIn(before));
  for (const { agentId, fact } of facts) if (fact.type === 'engaged') were.add(agentId);
  for (const agentId of were) {
    if (present.has(agentId)) continue;
    const missed = missedRecall(before, agentId, events);
    const wrapUpMs = before !== null && served(before, agentId) ? (queue?.wrapUpMs ?? 0) : 0;
    const fact: AgentFact =
      missed === null
        ? { type: 'released', callId, wrapUpMs }
        : { type: 'recallMissed', callId, outcome: missed.outcome, retryMs, counted };
    facts.push({ agentId, fact });
  }
  // Whoever came over from another call.
  for (const agentId of present) {
    if (were.has(agentId)) continue;
    // With a leg that took a queue's call: as if it had been rung for it.
    const counted = events.some(
      (event) => event.type === 'call.connected' && event.agentId === agentId && event.queueId !== null,
    );
    facts.push({ agentId, fact: { type: 'engaged', callId, counted } });
  }
  return facts;
}

function factOf(
  event: CallEvent,
  before: Call | null,
  after: Call,
  queueOf: (id: string) => QueueSettings | undefined,
): readonly FactOfAgent[] {
  const callId = after.id;
  switch (event.type) {
    case 'call.started':
      return event.leg?.agentId
        ? [{ agentId: event.leg.agentId, fact: { type: 'engaged', callId, counted: false } }]
        : [];
    case 'call.offered':
      return event.agentId === null ? [] : [{ agentId: event.agentId, fact: { type: 'offered', callId } }];
    case 'offer.failed': {
      if (event.agentId === null) return [];
      const queue = event.queueId === null ? undefined : queueOf(event.queueId);
      const { outcome } = event;
      const retryMs = queue?.retryMs ?? NO_DELAY;
      return [
        {
          agentId: event.agentId,
          fact: { type: 'offerEnded', callId, outcome, retryMs, counted: event.queueId !== null },
        },
      ];
    }
    case 'leg.answered': {
      const agentId = (after.legs[event.legId] ?? before?.legs[event.legId])?.agentId ?? null;
      const offer = before === null ? null : ringingWhere(before, ({ legIds }) => legIds.includes(event.legId));
      const purpose = offer?.offer.purpose;
      const counted = purpose === 'queue' || (purpose === 'own' && after.marks.queueId !== null);
      return agentId === null ? [] : [{ agentId, fact: { type: 'engaged', callId, counted } }];
    }
    case 'legs.handedOver': {
      // Who is rung for the party goes on being rung, for the other call.
      const handed =
        before === null
          ? []
          : ringingOffers(before).filter(({ legIds }) => legIds.some((id) => event.legIds.includes(id)));
      return handed.flatMap(({ agentId }): readonly FactOfAgent[] =>
        agentId === null ? [] : [{ agentId, fact: { type: 'offerMoved', callId, toCallId: event.toCallId } }],
      );
    }
    default:
      return [];
  }
}

/**
 * Agents with a leg that is up or that made the call, not those only being rung; and those for whom a line is kept on hold: they are
 * rung again, and nobody else's call may come between.
 */
export function engagedIn(call: Call): readonly AgentId[] {
  const rung = new Set(ringingOffers(call).map((offer) => offer.agentId));
  const here = agentsIn(call).filter((agentId) => !rung.has(agentId) || isUp(call, agentId));
  const awaited = linesOf(call).flatMap(({ orphan }) => (orphan?.stage === 'recall' ? [orphan.agentId] : []));
  return awaited.length === 0 ? here : [...new Set([...here, ...awaited])];
}

/** Not answering counts as with any call of the queue, and the agent is spared for a while. */
function missedRecall(
  before: Call | null,
  agentId: AgentId,
  events: readonly CallEvent[],
): Extract<CallEvent, { type: 'offer.failed' }> | null {
  const offers = before === null ? [] : ringingOffers(before);
  const recalls = offers.filter((offer) => offer.purpose === 'recall' && offer.agentId === agentId);
  for (const event of events) {
    if (event.type === 'offer.failed' && recalls.some(({ id }) => id === event.offerId)) return event;
  }
  return null;
}

/** Spoke with somebody from outside, or in a call in which there is nobody from outside: not one who was only consulted. */
function served(call: Call, agentId: AgentId): boolean {
  const leg = ownLeg(call, agentId);
  if (leg === null || leg.role === 'coach' || call.marks.connectedAt === null) return false;
  const isOutside = (legId: string) => call.legs[legId]?.agentId === null;
  const lines = linesWith(call, leg.id).filter(({ members }) => members.length > 1);
  return (
    lines.some(({ members }) => members.some(({ legId }) => isOutside(legId))) ||
    !Object.keys(call.legs).some(isOutside)
  );
}

function isUp(call: Call, agentId: AgentId): boolean {
  return Object.values(call.legs).some(
    (leg) => leg.agentId === agentId && (leg.phase === 'up' || leg.phase === 'arrived'),
  );
}
