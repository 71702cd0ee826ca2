/**
 * A small application in memory, for tests of its doors: agents log in, calls are lists, the configuration is arrays. It knows no
 * telephony.
 */
import type { Application, Health, Viewer } from '../../src/app/application.js';
import { Callbacks } from '../../src/app/callbacks/callbacks.js';
import {
  ConfigurationConflict,
  type ConfigurationStore,
  type LoadedConfiguration,
} from '../../src/app/configuration-store.js';
import { AddressBook } from '../../src/app/contacts/address-book.js';
import type { AgentAccount } from '../../src/app/directory.js';
import { Freshness } from '../../src/app/freshness.js';
import type { History } from '../../src/app/history/store.js';
import type { CredentialStore } from '../../src/app/login/credential-store.js';
import { hashPassword } from '../../src/app/login/password.js';
import type { Log } from '../../src/app/ports.js';
import { Recordings } from '../../src/app/recordings/recordings.js';
import { Authoring } from '../../src/app/scenarios/authoring.js';
import { Voicemail } from '../../src/app/scenarios/voicemail.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import type { SoundFiles } from '../../src/app/sound-files.js';
import type { AgentView, CallView, Change, Snapshot } from '../../src/app/view.js';
import { type Refusal, refuse } from '../../src/core/refusal.js';
import { callOperations } from './fake-calls.js';
import { initialConfiguration, memoryConfigurationStore } from './fake-configuration.js';
import { agentView, callView, queueView } from './fake-views.js';
import { MemoryCallbacks, noRouting } from './memory-callbacks.js';
import { memoryAddressBook } from './memory-contacts.js';
import { memoryOutside } from './memory-outside.js';
import { MemoryRecordings, recordingOf } from './memory-recordings.js';
import { MemoryScenarios, MemoryVoicemails } from './memory-scenarios.js';
import { MemorySounds } from './memory-sounds.js';

export const NOW = 1_700_000_000_000;
export const PASSWORD = 'correct horse';

export const silentLog: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** Keeps what was logged as an error. */
export function recordingLog(): Log & { readonly errors: { details: object; message: string }[] } {
  const errors: { details: object; message: string }[] = [];
  return { ...silentLog, errors, error: (details, message) => void errors.push({ details, message }) };
}

export interface FakeApplication extends Application {
  readonly credentials: CredentialStore;
  readonly liveCalls: Map<string, CallView>;
  readonly freshness: Freshness;
  readonly loggedIn: Set<string>;
  /** The rows behind `recordings`; its files are those given. */
  readonly recorded: MemoryRecordings;
  readonly recordings: Recordings;
  readonly outside: ReturnType<typeof memoryOutside>;
  /** Publishes a change as the real application does. */
  publish(change: Change): void;
  /** Replaces the configuration without asking anyone. */
  reconfigure(configuration: LoadedConfiguration): void;
  /** Makes `health()` answer differently. */
  report(health: Partial<Health>): void;
}

const emptyHistory: History = {
  load: async () => ({ liveCalls: [], agents: [] }),
  queueTotals: async () => [totals('sales'), totals('service')],
  agentTotals: async (_since, _until, agentId) =>
    ['anna', 'boris'].filter((id) => agentId === null || id === agentId).map((id) => agentTotals(id)),
  calls: async ({ agentId }) =>
    ['anna', 'boris'].filter((id) => agentId === null || id === agentId).map((id) => record(id)),
  call: async (id) => {
    const known = ['anna', 'boris'].map((agentId) => record(agentId)).find((each) => each.id === id);
    return known === undefined ? null : { record: known, events: [] };
  },
  sessions: async ({ agentId }) => [{ id: 's1', agentId: agentId ?? 'anna', since: 1, until: null }],
  statuses: async ({ agentId }) => [
    { agentId: agentId ?? 'anna', statusId: 'ready', since: 1, until: 2, setBy: 'agent', byAgentId: null },
  ],
};

function totals(queueId: string) {
  return {
    queueId,
    offered: 1,
    answered: 1,
    abandoned: 0,
    lost: 0,
    turnedAway: 0,
    answeredWithinServiceLevel: 1,
    waitedMs: 5,
    talkedMs: 9,
    rated: 0,
    ratings: 0,
  };
}

function agentTotals(agentId: string) {
  return { agentId, sessions: 1, loggedInMs: 9, statusMs: { ready: 9 }, answered: 1, missed: 0, talkedMs: 9 };
}

function record(agentId: string) {
  const parties = { fromNumber: '100', fromName: '', dialled: '200', queueId: 'sales', agentId };
  const times = { startedAt: NOW, connectedAt: NOW, endedAt: NOW, waitedMs: 0, talkedMs: 0, rating: null };
  return { id: `call-of-${agentId}`, direction: 'inbound', outcome: 'answered', ...parties, ...times };
}

const healthy: Health = {
  asterisk: 'connected',
  database: 'ready',
  problems: [],
  liveCalls: 0,
  agentsLoggedIn: 0,
  waitingCalls: 0,
  startedAt: NOW,
  turnedAway: { calls: 0, eventLoop: 0, database: 0 },
};

/** Computed once: it is slow on purpose. */
const passwordHash = hashPassword(PASSWORD);

export async function createFakeApplication(files: SoundFiles = new MemorySounds()): Promise<FakeApplication> {
  let configuration = initialConfiguration;
  let health = healthy;
  const hash = await passwordHash;
  const hashes = new Map(configuration.agents.map((agent) => [agent.id, hash]));
  const liveCalls = new Map<string, CallView>([
    ['call-anna', callView('call-anna', 'anna')],
    ['call-boris', callView('call-boris', 'boris')],
  ]);
  const loggedIn = new Set<string>();
  const freshness = new Freshness(NOW);
  freshness.regained();
  const recorded = new MemoryRecordings();
  recorded.add(recordingOf('rec-anna', 'anna', NOW - 5_000), recordingOf('rec-boris', 'boris', NOW - 4_000));
  const listeners = new Set<(change: Change) => void>();
  const reconfigure = (changed: LoadedConfiguration) => {
    configuration = changed;
  };
  const account = (id: string) => configuration.agents.find((agent) => agent.id === id);
  const credentials = memoryCredentialStore(() => configuration, hashes);
  const views = {
    agent: (id: string) => viewOf(account(id), loggedIn),
    queue: (id: string) => (configuration.queues.some((queue) => queue.id === id) ? queueView(id) : null),
    call: (id: string) => liveCalls.get(id) ?? null,
    snapshot: (viewer: Viewer) => snapshot(configuration, liveCalls, loggedIn, viewer),
    onChange(listener: (change: Change) => void) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const store = memoryConfigurationStore(() => configuration, reconfigure, hashes);
  const drafts = new MemoryScenarios();
  const centre = {
    configuration: () => ({ ...configuration, scenarios: drafts.published }),
    configure: <T>(change: (store: ConfigurationStore) => Promise<T>) => change(store).catch(refuseConflict),
  };
  const clock = { now: () => NOW };
  const settings = () => indexSettings(centre.configuration());
  const boxes = { store: new MemoryVoicemails(), files, clock, log: silentLog, settings, mayRecord: () => true };
  const sounds = { names: async () => new Set(['welcome']) };
  return {
    voicemail: new Voicemail(boxes),
    scenarios: new Authoring(
      { scenarios: drafts, sounds, messages: { list: async () => [] }, addressBook: memoryAddressBook(), clock },
      centre,
    ),
    callbacks: new Callbacks({
      store: new MemoryCallbacks(),
      history: emptyHistory,
      clock,
      routing: () => ({ ...noRouting, settings: indexSettings(configuration) }),
      changed: () => undefined,
    }),
    browserPhone: {
      credentials: async ({ agentId }) => ({
        url: '/phone?ticket=t',
        uri: `sip:browser-${agentId}@ringmaster`,
        username: `browser-${agentId}`,
        password: 'secret',
        displayName: agentId,
        iceServers: [],
      }),
      resume: () => [],
    },
    credentials,
    liveCalls,
    loggedIn,
    views,
    freshness,
    agents: agentOperations((id) => account(id), loggedIn, liveCalls),
    calls: callOperations(liveCalls, NOW),
    history: emptyHistory,
    recorded,
    recordings: new Recordings({ store: recorded, files, clock: { now: () => NOW }, log: silentLog }),
    outside: memoryOutside(() => NOW),
    addressBook: new AddressBook({
      stores: memoryAddressBook(),
      clock: { now: () => NOW },
      log: silentLog,
      settings: () => indexSettings(configuration),
    }),
    ...centre,
    reconfigure,
    health: () => health,
    report(changed) {
      health = { ...health, ...changed };
    },
    now: () => NOW,
    publish(change) {
      for (const listener of listeners) listener(change);
    },
  };
}

function refuseConflict(error: unknown): Refusal {
  if (error instanceof ConfigurationConflict) return refuse(error.code, error.message, { field: error.field });
  throw error;
}

function memoryCredentialStore(read: () => LoadedConfiguration, hashes: ReadonlyMap<string, string>): CredentialStore {
  const tokens = new Map<string, { agentId: string; expiresAt: number }>();
  const pins = new Map<string, string>();
  return {
    pinHash: async (agentId) => pins.get(agentId) ?? null,
    async savePinHash(agentId, hash) {
      if (hash === null) pins.delete(agentId);
      else pins.set(agentId, hash);
    },
    async passwordHash(login) {
      const found = read().agents.find((agent) => agent.login === login);
      const hash = found === undefined ? undefined : hashes.get(found.id);
      return found === undefined || hash === undefined ? null : { agentId: found.id, hash };
    },
    saveToken: async (hash, agentId, _createdAt, expiresAt) => void tokens.set(hash, { agentId, expiresAt }),
    async tokenOwner(hash, now) {
      const token = tokens.get(hash);
      return token !== undefined && token.expiresAt > now ? token.agentId : null;
    },
    removeToken: async (hash) => void tokens.delete(hash),
    async removeTokensOf(agentId) {
      for (const [hash, token] of tokens) if (token.agentId === agentId) tokens.delete(hash);
    },
  };
}

function viewOf(account: AgentAccount | undefined, loggedIn: ReadonlySet<string>): AgentView | null {
  return account === undefined ? null : agentView(account, loggedIn.has(account.id));
}

function snapshot(
  configuration: LoadedConfiguration,
  calls: ReadonlyMap<string, CallView>,
  loggedIn: ReadonlySet<string>,
  viewer: Viewer,
): Snapshot {
  const all = viewer.role !== 'agent';
  const serves = (queueId: string) =>
    configuration.members.some((member) => member.queueId === queueId && member.agentId === viewer.agentId);
  return {
    at: NOW,
    agents: configuration.agents
      .filter((agent) => all || agent.id === viewer.agentId)
      .map((agent) => agentView(agent, loggedIn.has(agent.id))),
    queues: configuration.queues.filter((queue) => all || serves(queue.id)).map((queue) => queueView(queue.id)),
    calls: [...calls.values()].filter((call) => all || call.legs.some((leg) => leg.agentId === viewer.agentId)),
    parked: [],
    callbacks: [],
  };
}

function agentOperations(
  account: (id: string) => AgentAccount | undefined,
  loggedIn: Set<string>,
  calls: ReadonlyMap<string, CallView>,
): Application['agents'] {
  const seen = (id: string): AgentView | Refusal => viewOf(account(id), loggedIn) ?? refuse('notFound', 'No agent.');
  const inCall = (id: string) => [...calls.values()].some((call) => call.legs.some((leg) => leg.agentId === id));
  return {
    async logIn(id) {
      if (loggedIn.has(id)) return refuse('alreadyLoggedIn', 'Already logged in.');
      loggedIn.add(id);
      return seen(id);
    },
    async logOut(id) {
      if (!loggedIn.has(id)) return refuse('notLoggedIn', 'Not logged in.');
      if (inCall(id)) return refuse('inCall', 'There is a call.');
      loggedIn.delete(id);
      return seen(id);
    },
    async setStatus(id, statusId) {
      if (!loggedIn.has(id)) return refuse('notLoggedIn', 'Not logged in.');
      return statusId === 'ready' ? seen(id) : refuse('statusUnknown', 'No such status.');
    },
    async forceStatus(_by, id, statusId) {
      return statusId === 'ready' ? seen(id) : refuse('statusUnknown', 'No such status.');
    },
    endWrapUp: async () => refuse('notInWrapUp', 'Not in wrap-up.'),
  };
}
