/** A configuration kept in memory, with the conflicts a database would find. */

import {
  ConfigurationConflict,
  type ConfigurationStore,
  type LoadedConfiguration,
} from '../../src/app/configuration-store.js';
import { type AgentAccount, CENTRE_DEFAULTS, type Role } from '../../src/app/directory.js';
import { QUEUE_CALLBACK_RULE } from '../../src/core/callback/rule.js';
import type { QueueSettings } from '../../src/core/queue/settings.js';

function account(id: string, number: string, role: Role): AgentAccount {
  const devices = [{ id: `${id}-desk`, address: `PJSIP/${number}`, autoAnswer: false }];
  const rights = { allow: ['8X.'], disabled: false, record: false, mayRecord: false, teamId: null };
  return { id, login: id, name: id, number, role, language: 'en', devices, ...rights };
}

function queue(id: string, number: string): QueueSettings {
  return {
    id,
    name: id,
    number,
    strategy: 'longestIdle',
    ringMs: 20_000,
    wrapUpMs: 0,
    retryMs: { busy: 1000, rejected: 1000, noAnswer: 1000, unavailable: 1000 },
    maxWaitMs: null,
    overflow: { kind: 'fallback' },
    joinWhenEmpty: 'always',
    leaveWhenEmpty: 'always',
    callBackAbandoned: null,
    music: 'default',
    language: 'en',
    announce: { position: true, estimatedWait: true, firstMs: 15_000, everyMs: 45_000 },
    priority: 0,
    serviceLevelMs: 20_000,
    record: false,
    callbacks: QUEUE_CALLBACK_RULE,
  };
}

export const initialConfiguration: LoadedConfiguration = {
  agents: [
    account('anna', '101', 'agent'),
    account('boris', '102', 'agent'),
    account('vera', '201', 'supervisor'),
    account('admin', '301', 'administrator'),
  ],
  queues: [queue('sales', '5000'), queue('service', '5001')],
  members: [{ queueId: 'sales', agentId: 'anna', priority: 0 }],
  statuses: [
    {
      id: 'ready',
      name: { en: 'Ready', ru: 'Готов' },
      receiving: true,
      selectable: true,
      blocking: false,
      position: 1,
    },
  ],
  routes: [],
  outgoingRules: [],
  keySets: [],
  scenarios: [],
  phoneLogins: [],
  centre: {
    ...CENTRE_DEFAULTS,
    statusAfterLogin: 'ready',
    missedLimit: 3,
    directRingMs: 30_000,
    defaultRoute: { kind: 'fallback' },
  },
  trainers: [],
  teams: [],
};

/** The list with `item` in place of the one that `same` picks, or after all others. */
function put<T>(items: readonly T[], item: T, same: (other: T) => boolean): T[] {
  return items.some(same) ? items.map((other) => (same(other) ? item : other)) : [...items, item];
}

type Change = (part: Partial<LoadedConfiguration>) => void;

export function memoryConfigurationStore(
  read: () => LoadedConfiguration,
  write: (changed: LoadedConfiguration) => void,
  hashes: Map<string, string>,
): ConfigurationStore {
  const change: Change = (part) => write({ ...read(), ...part });
  return {
    load: async () => read(),
    saveCentre: async (centre) => change({ centre }),
    async saveKeySet(set) {
      const owners = {
        agent: read().agents,
        queue: read().queues,
        customer: read().queues,
        team: read().teams,
        centre: [{ id: 'centre' }],
      };
      const known = owners[set.scope].some(({ id }) => id === set.ownerId);
      if (!known) throw new ConfigurationConflict('unknownReference', 'ownerId');
      const same = (other: typeof set) => other.scope === set.scope && other.ownerId === set.ownerId;
      change({ keySets: put(read().keySets, set, same) });
    },
    async saveAgent(saved, hash) {
      const taken = read().agents.find((other) => other.id !== saved.id && other.login === saved.login);
      if (taken !== undefined) throw new ConfigurationConflict('alreadyExists', 'login');
      change({ agents: put(read().agents, saved, (other) => other.id === saved.id) });
      if (hash !== undefined) hashes.set(saved.id, hash);
    },
    async saveMember(saved) {
      const known = read().queues.some((each) => each.id === saved.queueId);
      if (!known) throw new ConfigurationConflict('unknownReference', 'queueId');
      const same = (other: typeof saved) => other.queueId === saved.queueId && other.agentId === saved.agentId;
      change({ members: put(read().members, saved, same) });
    },
    saveQueue: async (saved) => change({ queues: put(read().queues, saved, (other) => other.id === saved.id) }),
    saveStatus: async (saved) => change({ statuses: put(read().statuses, saved, (other) => other.id === saved.id) }),
    saveRoute: async (saved) => change({ routes: put(read().routes, saved, (other) => other.number === saved.number) }),
    saveOutgoingRule: async (saved) =>
      change({ outgoingRules: put(read().outgoingRules, saved, (other) => other.id === saved.id) }),
    savePhoneLogin: async (login) =>
      change({ phoneLogins: put(read().phoneLogins, login, (other) => other.agentId === login.agentId) }),
    removePhoneLogin: async (agentId) =>
      change({ phoneLogins: read().phoneLogins.filter((login) => login.agentId !== agentId) }),
    saveTrainer: async (saved) =>
      change({ trainers: put(read().trainers, saved, (other) => other.of === saved.of && other.id === saved.id) }),
    saveTeam: async (saved) => change({ teams: put(read().teams, saved, (other) => other.id === saved.id) }),
    ...removals(read, change),
  };
}

/** Each answers whether there was something to remove. */
function removals(read: () => LoadedConfiguration, change: Change) {
  const others = <T>(items: readonly T[], gone: (item: T) => boolean) => {
    const left = items.filter((item) => !gone(item));
    return { left, removed: left.length < items.length };
  };
  return {
    async removeAgent(id: string) {
      const { left, removed } = others(read().agents, (each) => each.id === id);
      change({ agents: left });
      return removed;
    },
    async removeQueue(id: string) {
      const { left, removed } = others(read().queues, (each) => each.id === id);
      change({ queues: left });
      return removed;
    },
    async removeMember(queueId: string, agentId: string) {
      const { left, removed } = others(read().members, (each) => each.queueId === queueId && each.agentId === agentId);
      change({ members: left });
      return removed;
    },
    async removeStatus(id: string) {
      const { left, removed } = others(read().statuses, (each) => each.id === id);
      change({ statuses: left });
      return removed;
    },
    async removeRoute(number: string) {
      const { left, removed } = others(read().routes, (each) => each.number === number);
      change({ routes: left });
      return removed;
    },
    async removeKeySet(scope: string, ownerId: string) {
      const { left, removed } = others(read().keySets, (each) => each.scope === scope && each.ownerId === ownerId);
      change({ keySets: left });
      return removed;
    },
    async removeTrainer(of: string, id: string) {
      const { left, removed } = others(read().trainers, (each) => each.of === of && each.id === id);
      change({ trainers: left });
      return removed;
    },
    async removeTeam(id: string) {
      const { left, removed } = others(read().teams, (each) => each.id === id);
      change({ teams: left });
      return removed;
    },
    async removeOutgoingRule(id: string) {
      const { left, removed } = others(read().outgoingRules, (each) => each.id === id);
      change({ outgoingRules: left });
      return removed;
    },
  };
}
