// The controller of the benchmark: its own process of the built service, with agents who are logged in and ready.
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Asterisk } from '../lab/asterisk.js';
import { projectRoot } from '../lab/install.js';
import { freePort } from '../lab/ports.js';
import { buildService } from '../lab/service-build.js';
import { hashToken } from '../src/app/login.js';
import type { Log } from '../src/app/ports.js';
import type { Config } from '../src/config.js';
import { QUEUE_CALLBACK_RULE } from '../src/core/callback/rule.js';
import type { QueueSettings } from '../src/core/queue/settings.js';
import { isRefusal } from '../src/core/refusal.js';
import { openDatabase } from '../src/db/database.js';
import { startRingmaster } from '../src/ringmaster.js';
import { agentName, NUMBERS } from './pbx.js';
import { end, spawnTied } from './sipp-process.js';

const READY_WITHIN_MS = 15_000;
/** Agents of the queue on which commands are measured. */
export const COMMANDING_AGENTS = 40;

const QUIET: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (details, message) => void process.stderr.write(`${message} ${JSON.stringify(details)}\n`),
};

const QUEUE: Omit<QueueSettings, 'id' | 'name' | 'number'> = {
  strategy: 'longestIdle',
  ringMs: 15_000,
  wrapUpMs: 0,
  retryMs: { busy: 2_000, rejected: 2_000, noAnswer: 2_000, unavailable: 2_000 },
  maxWaitMs: null,
  overflow: { kind: 'fallback' },
  joinWhenEmpty: 'always',
  leaveWhenEmpty: 'always',
  callBackAbandoned: null,
  music: 'default',
  language: 'en',
  announce: { position: false, estimatedWait: false, firstMs: 10_000, everyMs: 30_000 },
  priority: 0,
  serviceLevelMs: 20_000,
  record: false,
  callbacks: QUEUE_CALLBACK_RULE,
};

export interface Controller {
  readonly pid: number;
  readonly url: string;
  stop(): Promise<void>;
}

/** Builds the service into a folder of its own, so that a running one is not touched. Answers that folder. */
export async function build(): Promise<string> {
  const out = join(projectRoot, 'var/bench/dist');
  await buildService(out);
  return out;
}

/** The settings of the controller's process. */
export async function configure(pbx: Asterisk, folder: string): Promise<Config> {
  return {
    ARI_URL: pbx.ariUrl,
    ARI_USERNAME: pbx.ariUser,
    ARI_PASSWORD: pbx.ariPassword,
    ARI_APP: 'ringmaster',
    DATABASE_URL: `sqlite:${join(folder, 'bench.sqlite')}`,
    HTTP_HOST: '127.0.0.1',
    HTTP_PORT: await freePort(),
    LOG_LEVEL: 'warn',
    TOKEN_TTL_HOURS: 12,
    ADMIN_PASSWORD: undefined,
    LOGINS_PER_MINUTE: 10_000,
    METRICS_TOKEN: undefined,
    RECONCILE_SECONDS: 5,
    MAX_CALLS: 2_000,
    WATCHDOG_SECONDS: 0,
    RECORDINGS_FOLDER: undefined,
  };
}

/** Makes the agents and queues, logs the agents in and makes them ready. Answers tokens of the agents who send commands. */
export async function seed(config: Config, agents: number): Promise<readonly string[]> {
  const tokens = await store(config, agents);
  const service = await startRingmaster(config, QUIET, () => {});
  try {
    for (let index = 0; index < agents; index += 1) {
      const { agents: operations } = service.centre;
      for (const result of [
        await operations.logIn(agentName(index)),
        await operations.setStatus(agentName(index), 'ready'),
      ]) {
        if (isRefusal(result)) throw new Error(`${agentName(index)}: ${result.message}`);
      }
    }
  } finally {
    await service.stop();
  }
  return tokens;
}

async function store(config: Config, agents: number): Promise<readonly string[]> {
  const database = await openDatabase({ url: config.DATABASE_URL }, QUIET);
  const { configuration, credentials } = database;
  const tokens: string[] = [];
  try {
    const { centre } = await configuration.load();
    await configuration.saveCentre({ ...centre, missedLimit: 0 });
    for (const id of ['ringmaster', 'commands'] as const) {
      await configuration.saveQueue({ ...QUEUE, id, name: id, number: `9${NUMBERS[id]}` });
      await configuration.saveRoute({
        number: NUMBERS[id],
        to: { kind: 'queue', queueId: id },
        priority: 0,
        record: false,
      });
    }
    for (let index = 0; index < agents; index += 1) {
      await configuration.saveAgent(account(index));
      await configuration.saveMember({ queueId: 'ringmaster', agentId: agentName(index), priority: 0 });
      if (index >= COMMANDING_AGENTS) continue;
      await configuration.saveMember({ queueId: 'commands', agentId: agentName(index), priority: 0 });
      const token = randomBytes(32).toString('base64url');
      await credentials.saveToken(hashToken(token), agentName(index), Date.now(), Date.now() + 3_600_000);
      tokens.push(token);
    }
  } finally {
    await database.close();
  }
  return tokens;
}

function account(index: number) {
  const id = agentName(index);
  return {
    id,
    login: id,
    name: `Agent ${index}`,
    number: String(1000 + index),
    role: 'agent' as const,
    language: 'en' as const,
    allow: [],
    devices: [{ id: `phone-${index}`, address: `PJSIP/${id}`, autoAnswer: false }],
    disabled: false,
    record: false,
    mayRecord: false,
    teamId: null,
  };
}

/** Starts the process and waits until it is connected to Asterisk. */
export async function startController(dist: string, config: Config, nodeArgs: readonly string[]): Promise<Controller> {
  const env = Object.entries(config).flatMap(([key, value]) => (value === undefined ? [] : [[key, String(value)]]));
  const child = spawnTied([process.execPath, ...nodeArgs, join(dist, 'main.js')], projectRoot, {
    ...process.env,
    ...Object.fromEntries(env),
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString()).slice(-4_000);
    });
  }
  const url = `http://${config.HTTP_HOST}:${config.HTTP_PORT}`;
  const deadline = Date.now() + READY_WITHIN_MS;
  while (!(await isConnected(url))) {
    if (child.exitCode !== null || Date.now() > deadline) {
      await end(child, 'SIGTERM');
      throw new Error(`The controller did not start:\n${output}`);
    }
    await pause(25);
  }
  const { pid } = child;
  if (pid === undefined) throw new Error('The controller has no process.');
  return { pid, url, stop: () => end(child, 'SIGTERM') };
}

async function isConnected(url: string): Promise<boolean> {
  try {
    const health: unknown = await (await fetch(`${url}/health/ready`)).json();
    return typeof health === 'object' && health !== null && Reflect.get(health, 'asterisk') === 'connected';
  } catch {
    return false; // Not listening yet.
  }
}
