/** An agent after an event. Applies whatever is recorded; whether it may happen was decided before. */
import type { AgentId, CallId, Instant } from '../call/state.js';
import type { AgentEvent } from './event.js';
import { type Agent, SYSTEM_STATUS } from './state.js';
import type { StatusChanged } from './status-change.js';

/** An agent to whom nothing has happened yet. */
export function newAgent(id: AgentId): Agent {
  return {
    id,
    seq: 0,
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

/** The agent after the event. */
export function evolveAgent(before: Agent, event: AgentEvent): Agent {
  const agent: Agent = { ...before, seq: before.seq + 1 };
  const { at } = event;
  switch (event.type) {
    case 'agent.loggedIn':
      return {
        ...agent,
        session: { id: event.sessionId, since: at },
        idleSince: at,
        offerableAt: 0,
        missed: 0,
        callsTaken: 0,
      };
    case 'agent.loggedOut':
      return { ...agent, session: null, status: null };
    case 'agent.statusChanged':
      return changeStatus(agent, event, at);
    case 'agent.offered':
      return { ...agent, offeredCallId: event.callId, lastOfferedAt: at };
    case 'agent.offerEnded':
      return { ...withoutOffer(agent, event.callId), offerableAt: event.offerableAt, missed: event.missed };
    case 'agent.engaged':
      return {
        ...withoutOffer(agent, event.callId),
        callIds: [...agent.callIds, event.callId],
        missed: 0,
        callsTaken: agent.callsTaken + (event.counted ? 1 : 0),
      };
    case 'agent.released': {
      const callIds = agent.callIds.filter((callId) => callId !== event.callId);
      return { ...agent, callIds, idleSince: callIds.length === 0 ? at : agent.idleSince };
    }
  }
}

function withoutOffer(agent: Agent, callId: CallId): Agent {
  return agent.offeredCallId === callId ? { ...agent, offeredCallId: null } : agent;
}

function changeStatus(agent: Agent, event: StatusChanged, at: Instant): Agent {
  const { statusId: id, setBy, blocking, until, next } = event;
  const toNoAnswer = setBy === 'system' && id === SYSTEM_STATUS.noAnswer;
  return {
    ...agent,
    status: {
      id,
      since: at,
      setBy,
      blocking,
      until,
      next,
      ...(event.nextBlocking === true ? { nextBlocking: true } : {}),
    },
    // Counted anew once No answer has been set, or the first miss afterwards would set it again.
    missed: toNoAnswer ? 0 : agent.missed,
  };
}
