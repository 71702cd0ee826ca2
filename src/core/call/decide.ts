/** Commands: may this be done to this call now, and what happens then? Pure; a refusal changes nothing. */
import { type Refusal, refuse } from '../refusal.js';
import type { Beginning, CallCommand } from './command.js';
import { releaseAll } from './ending.js';
import type { CallEventBody } from './event.js';
import { start } from './evolve.js';
import { callerOf, failOffer, offered } from './offer.js';
import { goOnward } from './onward.js';
import type { AgentId, Call, Instant, LegId, LiveCall, QueuedCall } from './state.js';
import { presentLegs } from './state.js';
import { departure } from './talking.js';

/** The first events of a call. */
export function begin(beginning: Beginning, now: Instant): readonly CallEventBody[] {
  const { direction, from, dialled, language } = beginning;
  const common = { type: 'call.started', direction, from, dialled, language } as const;
  if (beginning.type === 'originate') {
    return [
      { ...common, leg: null, next: beginning.next, agentId: beginning.own.agentId },
      offered(beginning.own, 'agent', now),
    ];
  }
  const { leg } = beginning;
  const started = { ...common, leg, next: null, agentId: leg.agentId };
  // The id is the mailbox's own; no event that follows carries it.
  return [started, ...goOnward(beginning.onward, start('', started, now), [leg.id], now)];
}

export function decide(call: Call, command: CallCommand, now: Instant): readonly CallEventBody[] | Refusal {
  if (call.phase === 'ended') return refuse('callEnded', 'The call has ended.');
  switch (command.type) {
    case 'offer':
      if (call.phase !== 'queued' || call.stay.leaving !== null) return wrongState(call);
      if (call.offers.some((offer) => offer.agentId === command.target.agentId)) {
        return refuse('agentBusy', 'The agent is already being offered this call.');
      }
      return [offered(command.target, 'agent', now)];
    case 'leaveQueue':
      if (call.phase !== 'queued' || call.stay.leaving !== null) return wrongState(call);
      return [...withdrawOffers(call), { type: 'queue.left', queueId: call.stay.queueId, reason: command.reason }];
    case 'moveOn':
      if (call.phase !== 'queued' || call.stay.leaving === null) return wrongState(call);
      return goOnward(command.onward, call, waitingLegs(call), now);
    case 'announce':
      if (call.phase !== 'queued' || call.announcement !== null || call.stay.leaving !== null) return wrongState(call);
      return [
        {
          type: 'announcement.started',
          announcementId: command.announcementId,
          items: command.items,
          deadlineAt: now + command.timeoutMs,
        },
      ];
    case 'hangUp':
      return hangUp(call, command.agentId, now);
    case 'setMuted':
      return setMuted(call, command.agentId, command.muted);
    case 'end':
      return releaseAll(call, call.phase === 'talking' ? 'answered' : 'cancelled', 'normal', now);
  }
}

function waitingLegs(call: LiveCall): readonly LegId[] {
  return presentLegs(call).map((leg) => leg.id);
}

function wrongState(call: LiveCall): Refusal {
  return refuse('wrongState', 'This cannot be done to the call in its present state.', { phase: call.phase });
}

function withdrawOffers(call: QueuedCall): readonly CallEventBody[] {
  return call.offers.flatMap((offer) => failOffer(call, offer, call.stay.queueId, 'withdrawn', 'normal'));
}

/** An agent's own part ends: a ringing offer is rejected, a conversation is left. */
function hangUp(call: LiveCall, agentId: AgentId, now: Instant): readonly CallEventBody[] | Refusal {
  const own = presentLegs(call).filter((leg) => leg.agentId === agentId);
  if (own.length === 0) return refuse('notFound', 'There is no such call.');
  if (call.phase === 'queued') {
    // An agent may be the one who waits: dialled a queue.
    const waiting = callerOf(call);
    if (own.some((leg) => leg.id === waiting)) return releaseAll(call, 'cancelled', 'normal', now);
    return call.offers
      .filter((offer) => offer.agentId === agentId)
      .flatMap((offer) => failOffer(call, offer, call.stay.queueId, 'rejected', 'normal'));
  }
  if (call.phase === 'talking')
    return departure(
      call,
      own.map((leg) => leg.id),
      now,
    );
  const rings = call.offer.agentId === agentId && call.phase === 'connecting';
  if (!rings) return releaseAll(call, 'cancelled', 'normal', now);
  return call.direction === 'inbound'
    ? releaseAll(call, 'fallback', 'fallback', now, 'rejected')
    : releaseAll(call, 'rejected', 'rejected', now, 'rejected');
}

function setMuted(call: LiveCall, agentId: AgentId, muted: boolean): readonly CallEventBody[] | Refusal {
  const own = presentLegs(call).filter((leg) => leg.agentId === agentId);
  if (own.length === 0) return refuse('notFound', 'There is no such call.');
  if (call.phase !== 'talking') return wrongState(call);
  return own.filter((leg) => leg.muted !== muted).map((leg) => ({ type: 'leg.muted', legId: leg.id, muted }));
}
