/** A configuration kept in memory, with the conflicts a database would find. */
import type { AgentAccount, Role } from '../../src/app/directory.js';
import { ConfigurationConflict, type ConfigurationStore, type LoadedConfiguration } from '../../src/app/ports.js';
import type { QueueSettings } from '../../src/core/queue/settings.js';

function account(id: string, number: string, role: Role): AgentAccount {
  const devices = [{ id: `${id}-desk`, address: `PJSIP/${number}`, autoAnswer: false }];
  return { id, login: id, name: id, number, role, language: 'en', allow: ['8X.'], devices, disabled: false };
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
    music: 'default',
    language: 'en',
    announce: { position: true, estimatedWait: true, firstMs: 15_000, everyMs: 45_000 },
    priority: 0,
    serviceLevelMs: 20_000,
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
  centre: { statusAfterLogin: 'ready', missedLimit: 3, directRingMs: 30_000, defaultRoute: { kind: 'fallback' } },
};

/** The list with `item` in place of the one that `same` picks, or after all others. */
function put<T>(items: readonly T[], item: T, same: (other: T) => boolean): T[] {
  return items.some(same) ? items.map((other) => (same(other) ? item : other)) : [...items, item];
}

export function memoryConfigurationStore(
  read: () => LoadedConfiguration,
  write: (changed: LoadedConfiguration) => void,
  hashes: Map<string, string>,
): ConfigurationStore {
  const change = (part: Partial<LoadedConfiguration>) => write({ ...read(), ...part });
  const remove = <T>(items: readonly T[], gone: (item: T) => boolean, apply: (left: T[]) => void): boolean => {
    const left = items.filter((item) => !gone(item));
    apply(left);
    return left.length < items.length;
  };
  return {
    load: async () => read(),
    async saveAgent(saved, hash) {
      const taken = read().agents.find((other) => other.id !== saved.id && other.login === saved.login);
      if (taken !== undefined) throw new ConfigurationConflict('alreadyExists', 'login');
      change({ agents: put(read().agents, saved, (other) => other.id === saved.id) });
      if (hash !== undefined) hashes.set(saved.id, hash);
    },
    removeAgent: async (id) =>
      remove(
        read().agents,
        (each) => each.id === id,
        (agents) => change({ agents }),
      ),
    saveQueue: async (saved) => change({ queues: put(read().queues, saved, (other) => other.id === saved.id) }),
    removeQueue: async (id) =>
      remove(
        read().queues,
        (each) => each.id === id,
        (queues) => change({ queues }),
      ),
    async saveMember(saved) {
      if (!read().queues.some((each) => each.id === saved.queueId)) {
        throw new ConfigurationConflict('unknownReference', 'queueId');
      }
      const same = (other: typeof saved) => other.queueId === saved.queueId && other.agentId === saved.agentId;
      change({ members: put(read().members, saved, same) });
    },
    removeMember: async (queueId, agentId) =>
      remove(
        read().members,
        (each) => each.queueId === queueId && each.agentId === agentId,
        (members) => change({ members }),
      ),
    saveStatus: async (saved) => change({ statuses: put(read().statuses, saved, (other) => other.id === saved.id) }),
    removeStatus: async (id) =>
      remove(
        read().statuses,
        (each) => each.id === id,
        (statuses) => change({ statuses }),
      ),
    saveRoute: async (saved) => change({ routes: put(read().routes, saved, (other) => other.number === saved.number) }),
    removeRoute: async (number) =>
      remove(
        read().routes,
        (each) => each.number === number,
        (routes) => change({ routes }),
      ),
    saveOutgoingRule: async (saved) =>
      change({ outgoingRules: put(read().outgoingRules, saved, (other) => other.id === saved.id) }),
    removeOutgoingRule: async (id) =>
      remove(
        read().outgoingRules,
        (each) => each.id === id,
        (outgoingRules) => change({ outgoingRules }),
      ),
    saveCentre: async (centre) => change({ centre }),
  };
}
