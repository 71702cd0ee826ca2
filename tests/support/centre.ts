/** A whole call centre for a test: a lab PBX with phones, and Ringmaster in this process on a database of its own. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ariHttp } from '../../lab/ari.js';
import type { IncomingCall } from '../../lab/incoming-call.js';
import { type Lab, type LabOptions, startLab } from '../../lab/lab.js';
import type { Centre } from '../../src/app/centre.js';
import type { ConfigurationStore } from '../../src/app/configuration-store.js';
import type { AgentAccount, CentreSettings } from '../../src/app/directory.js';
import type { DomainEvent } from '../../src/app/event-stream.js';
import type { CallRecord } from '../../src/app/history/filter.js';
import type { Log } from '../../src/app/ports.js';
import type { CallView, QueueView } from '../../src/app/view.js';
import type { Config } from '../../src/config.js';
import type { OutsideConfig } from '../../src/config-outside.js';
import type { QueueSettings } from '../../src/core/queue/settings.js';
import { isRefusal } from '../../src/core/refusal.js';
import { type Ringmaster, startRingmaster } from '../../src/ringmaster.js';
import { account, QUEUE } from './configuration.js';

const WAIT_MS = 15_000;

/** The outside number that leads to the queue, and a customer who calls it. */
export const DID = '+74951234567';
export const CUSTOMER = { from: '+79161234567', name: 'Anna Petrova' };
const ALL_TIME = { agentId: null, since: 0, limit: 1_000 };

export interface TestCentreOptions extends LabOptions {
  readonly queue?: Partial<QueueSettings>;
  readonly settings?: Partial<CentreSettings>;
  readonly databaseUrl?: string;
  readonly log?: Log;
  /** How often every call is held against what Asterisk has, which mends what went wrong before. */
  readonly reconcileSeconds?: number;
  /** More callers than this are sent to the fallback. */
  readonly mostCalls?: number;
  /** Settings of the connections with other systems. */
  readonly outside?: OutsideConfig;
}

type EventType = DomainEvent['type'];

const QUIET: Log = {
  debug: () => {},
  info: () => {},
  warn: (details, message) => trace('warn', details, message),
  error: (details, message) => trace('error', details, message),
};

function trace(level: string, details: object, message: string): void {
  if (process.env.RINGMASTER_TEST_LOG) process.stderr.write(`${level} ${message} ${JSON.stringify(details)}\n`);
}

/** Everything a test needs; `stop` ends all of it. */
export class TestCentre {
  readonly lab: Lab;
  readonly defaultQueue: QueueSettings;
  readonly #events: DomainEvent[] = [];
  service: Ringmaster;
  readonly #folder: string;
  readonly #config: Config;
  readonly #log: Log;
  readonly #watchers = new Set<() => void>();

  static async start(options: TestCentreOptions = {}): Promise<TestCentre> {
    const lab = await startLab(options);
    const folder = await mkdtemp(join(tmpdir(), 'ringmaster-test-'));
    const config: Config = {
      ARI_URL: lab.pbx.ariUrl,
      ARI_USERNAME: lab.pbx.ariUser,
      ARI_PASSWORD: lab.pbx.ariPassword,
      ARI_APP: 'ringmaster',
      DATABASE_URL: options.databaseUrl ?? `sqlite:${join(folder, 'test.sqlite')}`,
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: 0,
      LOG_LEVEL: 'silent',
      TOKEN_TTL_HOURS: 12,
      ADMIN_PASSWORD: 'administrator',
      LOGINS_PER_MINUTE: 10_000,
      METRICS_TOKEN: undefined,
      RECONCILE_SECONDS: options.reconcileSeconds ?? 2,
      MAX_CALLS: options.mostCalls ?? 2_000,
      WATCHDOG_SECONDS: 10,
      RECORDINGS_FOLDER: join(lab.pbx.spoolFolder, 'recording'),
      ...options.outside,
    };
    const log = options.log ?? QUIET;
    const service = await startRingmaster(config, log, () => {});
    const test = new TestCentre(lab, folder, config, log, service, { ...QUEUE, ...options.queue });
    await test.#configure(options);
    await test.until('Asterisk is connected', () => test.centre.health().asterisk === 'connected');
    return test;
  }

  private constructor(
    lab: Lab,
    folder: string,
    config: Config,
    log: Log,
    service: Ringmaster,
    defaultQueue: QueueSettings,
  ) {
    this.lab = lab;
    this.#folder = folder;
    this.#config = config;
    this.#log = log;
    this.service = service;
    this.defaultQueue = defaultQueue;
    this.#listen();
  }

  /** The settings as environment variables, for a process of its own. */
  get environment(): Readonly<Record<string, string>> {
    return Object.fromEntries(
      Object.entries({ ...this.#config, LOG_LEVEL: 'info' }).map(([key, value]) => [key, String(value ?? '')]),
    );
  }

  get centre(): Centre {
    return this.service.centre;
  }

  /** Stops the service and starts it again on the same database. */
  async restart(): Promise<void> {
    await this.restartAround(async () => {});
  }

  /** As `restart`; does something while the service is away, and waits until what it missed has been looked at. */
  async restartAround<T>(meanwhile: () => Promise<T>): Promise<T> {
    await this.service.stop();
    try {
      return await meanwhile();
    } finally {
      this.service = await startRingmaster(this.#config, this.#log, () => {});
      this.#listen();
      await this.until('Asterisk is connected', () => this.centre.health().asterisk === 'connected');
    }
  }

  /** Agents log in and are ready to receive calls. */
  async ready(...numbers: readonly string[]): Promise<void> {
    for (const number of numbers) {
      if (this.centre.views.agent(`a${number}`)?.loggedIn !== true)
        await this.accepted(this.centre.agents.logIn(`a${number}`));
      await this.accepted(this.centre.agents.setStatus(`a${number}`, 'ready'));
    }
  }

  configure(change: (store: ConfigurationStore) => Promise<unknown>): Promise<unknown> {
    return this.accepted(this.centre.configure(change));
  }

  /** The account as it usually is, but for `more`. */
  async saveAgent(number: string, more: Partial<AgentAccount>): Promise<void> {
    await this.configure((store) => store.saveAgent(account(number, more)));
  }

  /** The agent may log in at a phone with this PIN. */
  async pin(number: string, pin: string): Promise<void> {
    const api = `${this.service.url}/api/v1`;
    const headers = { 'content-type': 'application/json' };
    const who = JSON.stringify({ login: 'admin', password: 'administrator', session: false });
    const login = await fetch(`${api}/login`, { method: 'POST', headers, body: who });
    const { token } = (await login.json()) as { token: string };
    const answer = await fetch(`${api}/agents/a${number}/pin`, {
      method: 'PUT',
      headers: { ...headers, authorization: `Bearer ${token}` },
      body: JSON.stringify({ pin }),
    });
    if (!answer.ok) throw new Error(`the PIN of ${number}: ${answer.status}`);
  }

  /** Events of this type since the last reset, oldest first. */
  events<T extends EventType>(type: T): readonly Extract<DomainEvent, { type: T }>[] {
    return this.#events.filter((event): event is Extract<DomainEvent, { type: T }> => event.type === type);
  }

  /** What history keeps of the call. */
  async record(callId: string): Promise<CallRecord | undefined> {
    const calls = await this.centre.history.calls({ ...ALL_TIME, until: Date.now() + 1 });
    return calls.find(({ id }) => id === callId);
  }

  /** Changes the queue's settings. */
  async queue(settings: Partial<QueueSettings>): Promise<void> {
    await this.configure((store) => store.saveQueue({ ...this.defaultQueue, ...settings }));
  }

  /** The result, or a failed test where the command was refused. */
  async accepted<T>(result: Promise<T>): Promise<Exclude<T, { refused: string }>> {
    const value = await result;
    if (isRefusal(value)) throw new Error(`refused: ${value.refused}: ${value.message}`);
    return value as Exclude<T, { refused: string }>;
  }

  /** Waits until something published makes it true. */
  async until<T>(what: string, look: () => T | null | undefined | false, timeoutMs = WAIT_MS): Promise<T> {
    const found = look();
    if (found) return found;
    return await new Promise<T>((resolve, reject) => {
      // Health and Asterisk's own state publish no change: a slow look besides.
      const poll = setInterval(() => check(), 20);
      const limit = setTimeout(() => {
        end();
        reject(new Error(`did not happen within ${timeoutMs} ms: ${what}\n${this.#state()}`));
      }, timeoutMs);
      const end = () => {
        clearInterval(poll);
        clearTimeout(limit);
        this.#watchers.delete(check);
      };
      const check = () => {
        const now = look();
        if (!now) return;
        end();
        resolve(now);
      };
      this.#watchers.add(check);
    });
  }

  /** The next call of the agent's phone; a failure tells what the centre was doing. */
  async rung(number: string, what: string): Promise<IncomingCall> {
    return await this.lab.bank
      .phone(number)
      .nextCall()
      .catch((error: unknown) => {
        throw new Error(`${what}: ${String(error)}\n${this.#state()}`);
      });
  }

  /** What a failed test wants to know. */
  #state(): string {
    const calls = this.calls().map(({ id, phase, legs }) => ({
      id,
      phase,
      legs: legs.map((leg) => `${leg.role} ${leg.phase}`),
    }));
    const last = this.#events.slice(-15).map(({ type, at }) => `${at % 100_000} ${type}`);
    const agents = this.centre.views.snapshot({ agentId: 'admin', role: 'administrator' }).agents;
    return JSON.stringify({ calls, agents, last }, null, 1);
  }

  /** The agent's present status. */
  status(number: string): string | undefined {
    return this.centre.views.agent(`a${number}`)?.status?.id;
  }

  activity(number: string): string | undefined {
    return this.centre.views.agent(`a${number}`)?.activity;
  }

  /** Everything a supervisor sees of calls now. */
  calls(): readonly CallView[] {
    return this.centre.views.snapshot({ agentId: 'admin', role: 'administrator' }).calls;
  }

  queueView(id = QUEUE.id): QueueView | null {
    return this.centre.views.queue(id);
  }

  /** Nothing of ours is left in Asterisk, and no call in the controller. */
  async untilClean(timeoutMs = WAIT_MS): Promise<void> {
    await this.until('the controller has no call', () => this.centre.health().liveCalls === 0, timeoutMs);
    await this.untilAsteriskIsClean(timeoutMs);
  }

  async untilAsteriskIsClean(timeoutMs = WAIT_MS): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
      const left = [...(await this.#inAsterisk('channels')), ...(await this.#inAsterisk('bridges'))];
      if (left.length === 0) return;
      if (Date.now() > deadline) throw new Error(`left in Asterisk: ${left.join(', ')}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async #inAsterisk(kind: 'channels' | 'bridges'): Promise<readonly string[]> {
    const { body } = await ariHttp(this.lab.pbx, 'GET', kind);
    return (body as { id: string }[]).map(({ id }) => id);
  }

  /** Hangs up everything, logs everyone out, and waits until nothing is left. */
  async reset(): Promise<void> {
    // Customers first: a phone hung up while a customer waits would only send the customer to the next phone.
    await this.lab.bank.trunk.hangupAll();
    await this.until(
      'no customer is left',
      () => !this.calls().some(({ legs }) => legs.some(({ role }) => role === 'caller')),
    );
    await this.lab.bank.reset();
    await this.untilClean();
    // A call that was on its way meanwhile may have come in since.
    for (const line of this.lab.bank.phones) line.forgetCalls();
    for (const { id, loggedIn } of this.centre.views.snapshot({ agentId: 'admin', role: 'administrator' }).agents) {
      if (loggedIn) await this.centre.agents.logOut(id);
    }
    await this.queue({});
    this.#events.length = 0;
  }

  async stop(): Promise<void> {
    await this.service.stop();
    await this.lab.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #listen(): void {
    this.centre.onEvent((event) => this.#events.push(event));
    this.centre.views.onChange(() => {
      for (const check of [...this.#watchers]) check();
    });
  }

  async #configure(options: TestCentreOptions): Promise<void> {
    const phones = options.phones ?? ['101', '102', '103', '104', '105', '106', '107', '108', '109', '110'];
    await this.centre.configure(async (store) => {
      await store.saveQueue(this.defaultQueue);
      for (const number of phones) {
        await store.saveAgent(account(number));
        await store.saveMember({ queueId: QUEUE.id, agentId: `a${number}`, priority: 0 });
      }
      await store.saveRoute({ number: DID, to: { kind: 'queue', queueId: QUEUE.id }, priority: 0, record: false });
      await store.saveOutgoingRule({
        id: 'out',
        position: 1,
        pattern: 'X.',
        strip: 0,
        prepend: '',
        address: 'PJSIP/{number}@trunk',
        callerNumber: '74950000000',
        record: false,
        detectMachines: false,
      });
      const { centre } = await store.load();
      await store.saveCentre({ ...centre, ...options.settings });
    });
  }
}
