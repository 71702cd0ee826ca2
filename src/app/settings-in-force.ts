/** The configuration in force, indexed for the questions that calls ask of it. Replaced as a whole when something is saved. */
import type { AgentPolicy } from '../core/agent/policy.js';
import type { AgentId, QueueId } from '../core/call/state.js';
import type { KeySet } from '../core/option/option.js';
import type { QueueMember, QueueSettings } from '../core/queue/settings.js';
import type { ScenarioId } from '../core/scenario/scenario.js';
import type { LoadedConfiguration, PublishedScenario } from './configuration-store.js';
import type { AgentAccount, CentreSettings, OutgoingRule, Route, TeamId, TrainerSetting } from './directory.js';
import { indexKeySets } from './keys/keys-in-force.js';

export interface SettingsInForce {
  readonly source: LoadedConfiguration;
  readonly policy: AgentPolicy;
  readonly centre: CentreSettings;
  readonly agents: ReadonlyMap<AgentId, AgentAccount>;
  readonly agentByNumber: ReadonlyMap<string, AgentAccount>;
  readonly agentByEndpoint: ReadonlyMap<string, AgentAccount>;
  readonly queues: ReadonlyMap<QueueId, QueueSettings>;
  readonly queueByNumber: ReadonlyMap<string, QueueSettings>;
  readonly membershipsOf: ReadonlyMap<AgentId, readonly QueueMember[]>;
  readonly routes: ReadonlyMap<string, Route>;
  readonly outgoingRules: readonly OutgoingRule[];
  readonly keySets: ReadonlyMap<string, KeySet>;
  readonly scenarios: ReadonlyMap<ScenarioId, PublishedScenario>;
  readonly trainers: {
    readonly ofAgent: ReadonlyMap<AgentId, AgentId>;
    readonly ofTeam: ReadonlyMap<TeamId, AgentId>;
    readonly ofQueue: ReadonlyMap<QueueId, AgentId>;
  };
}

/** At a phone the agent has that phone and no other; and whose phone it was has one less for as long. */
function atTheirPhones({ agents, phoneLogins }: LoadedConfiguration): readonly AgentAccount[] {
  if (phoneLogins.length === 0) return agents;
  const addressOf = new Map(phoneLogins.map(({ agentId, address }) => [agentId, address]));
  const taken = new Set(addressOf.values());
  return agents.map((agent) => {
    const address = addressOf.get(agent.id);
    const own = agent.devices.find((device) => device.address === address);
    if (address !== undefined) return { ...agent, devices: [own ?? { id: PHONE, address, autoAnswer: false }] };
    const left = agent.devices.filter((device) => !taken.has(device.address));
    return left.length === agent.devices.length ? agent : { ...agent, devices: left };
  });
}

/** The id of a device that is an agent's only while the agent is logged in there. */
const PHONE = 'phone';

export function indexSettings(source: LoadedConfiguration): SettingsInForce {
  const active = atTheirPhones(source).filter((agent) => !agent.disabled);
  const membershipsOf = new Map<AgentId, QueueMember[]>();
  for (const member of source.members) {
    const list = membershipsOf.get(member.agentId);
    if (list === undefined) membershipsOf.set(member.agentId, [member]);
    else list.push(member);
  }
  return {
    source,
    policy: {
      statuses: new Map(source.statuses.map((status) => [status.id, status])),
      statusAfterLogin: source.centre.statusAfterLogin,
      missedLimit: source.centre.missedLimit,
    },
    centre: source.centre,
    agents: new Map(active.map((agent) => [agent.id, agent])),
    agentByNumber: new Map(active.map((agent) => [agent.number, agent])),
    agentByEndpoint: new Map(
      active.flatMap((agent) => agent.devices.map((device) => [device.address, agent] as const)),
    ),
    queues: new Map(source.queues.map((queue) => [queue.id, queue])),
    queueByNumber: new Map(
      source.queues.flatMap((queue) => (queue.number === null ? [] : [[queue.number, queue] as const])),
    ),
    membershipsOf,
    routes: new Map(source.routes.map((route) => [route.number, route])),
    keySets: indexKeySets(source.keySets),
    trainers: {
      ofAgent: trainersOf(source, 'agent'),
      ofTeam: trainersOf(source, 'team'),
      ofQueue: trainersOf(source, 'queue'),
    },
    outgoingRules: [...source.outgoingRules].sort((a, b) => a.position - b.position),
    scenarios: new Map(source.scenarios.map((scenario) => [scenario.id, scenario])),
  };
}

function trainersOf({ trainers }: LoadedConfiguration, of: TrainerSetting['of']): ReadonlyMap<string, AgentId> {
  return new Map(trainers.flatMap((each) => (each.of === of ? [[each.id, each.trainerId] as const] : [])));
}
