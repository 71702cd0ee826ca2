/** The agents' side of the centre: their records, their phones, and who brings waiting callers to them. */
import { Agents } from '../agents.js';
import { Dispatcher } from '../dispatcher.js';
import { PhoneLogins } from '../phone-logins.js';
import type { Ground } from './ground.js';
import type { Part } from './part.js';

export interface AgentsSide {
  readonly agents: Agents;
  readonly dispatcher: Dispatcher;
  readonly phoneLogins: PhoneLogins;
}

export function openAgents(ground: Ground, told: Pick<Required<Part>, 'agentPublished'>): AgentsSide {
  const { ports, configuring, settings, addressBook: callers, mailbox } = ground;
  const { journal, clock, log, phones } = ports;
  const agents: Agents = new Agents({
    ...{ journal, clock, log },
    policy: () => settings().policy,
    listener: {
      changed: (before, after, now) => dispatcher.agentChanged(before, after, now),
      published: (agent, events) => told.agentPublished(agent, events),
    },
  });
  const dispatcher = new Dispatcher({
    ...{ clock, mailbox, callers, agents, settings },
    mayRing: () => phones.status === 'connected',
  });
  const phoneLogins = new PhoneLogins({ configuring, log });
  return { agents, dispatcher, phoneLogins };
}
