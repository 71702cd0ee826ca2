/** Pictures of agents, queues and calls for tests. */
import type { AgentAccount } from '../../src/app/directory.js';
import type { AgentView, CallView, QueueView } from '../../src/app/view.js';

const AT = 1_700_000_000_000;

export function agentView(account: AgentAccount, loggedIn: boolean): AgentView {
  return {
    id: account.id,
    name: account.name,
    number: account.number,
    loggedIn,
    sessionSince: loggedIn ? AT : null,
    status: loggedIn
      ? { id: 'ready', since: AT, setBy: 'agent', blocking: false, receiving: true, until: null, next: null }
      : null,
    activity: 'idle',
    callIds: [],
    mayRecord: account.mayRecord,
  };
}

export function queueView(id: string, waiting = 0): QueueView {
  return {
    id,
    name: id,
    waiting,
    longestWaitSince: null,
    estimatedWaitMs: null,
    agentsLoggedIn: 0,
    agentsReceiving: 0,
    agentsTalking: 0,
    today: { offered: 0, answered: 0, abandoned: 0, lost: 0, turnedAway: 0, serviceLevel: null, averageWaitMs: null },
  };
}

/** A call in which the agent talks to a caller. */
export function callView(id: string, agentId: string): CallView {
  const leg = { phase: 'up', muted: false, answeredBy: null, since: AT } as const;
  const members = ['caller', 'agent'].map((who) => ({ legId: `${id}-${who}`, onHold: false, since: AT }));
  return {
    id,
    direction: 'inbound',
    phase: 'talking',
    from: { number: '79001234567', name: '' },
    dialled: '5000',
    queueId: 'sales',
    queueName: 'sales',
    startedAt: AT,
    connectedAt: AT,
    endedAt: null,
    outcome: null,
    position: null,
    legs: [
      { ...leg, id: `${id}-caller`, role: 'caller', party: { number: '79001234567', name: '' }, agentId: null },
      { ...leg, id: `${id}-agent`, role: 'agent', party: { number: '101', name: agentId }, agentId },
    ],
    lines: [
      {
        id: `${id}-line`,
        state: 'active',
        members,
        ringing: [],
        calls: null,
        originId: null,
        conference: false,
        talkingSince: AT,
        recording: 'no',
        awaitsAgentId: null,
        parked: null,
        scenarioId: null,
      },
    ],
    coachings: [],
    moves: [],
    tags: [],
    crm: { url: null, lookup: 'off', card: [] },
  };
}
