/**
 * How soon many live calls are controllable again after kill -9. SIPp's callers and phones send no audio, so that two processor cores
 * hold hundreds of them. While the service is away one waiting caller is gone: only when that call is closed has the service seen
 * what Asterisk really has.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Controller, configure, seed, startController } from '../bench/controller.js';
import { NUMBERS, startPbx } from '../bench/pbx.js';
import { cpuMs } from '../bench/process-usage.js';
import { end, spawnTied, startAgentPhones } from '../bench/sipp-process.js';
import { ariHttp } from '../lab/ari.js';
import type { Asterisk } from '../lab/asterisk.js';
import { install, projectRoot } from '../lab/install.js';
import { TRUNK_ADDRESSES } from '../lab/pbx-conf.js';
import { freePort, freePorts } from '../lab/ports.js';
import { hashToken } from '../src/app/login.js';
import type { Log } from '../src/app/ports.js';
import type { Config } from '../src/config.js';
import { openDatabase } from '../src/db/database.js';
import { build } from './controller.js';
import { Door, type Picture } from './door.js';

const ROUNDS = 5;
const GOAL_MS = 2_000;
/** Of all calls; the others wait. */
const TALKING = 0.8;
const CALLS_PER_SECOND = 20;
const BEGINS_WITHIN_MS = 60_000;
const RECOVERS_WITHIN_MS = 30_000;
const STAY_MS = 600_000;
const TOKEN_MS = 3_600_000;
/** Every port of the lab's: two for each leg. */
const RTP = { rtpFirst: 20_000, rtpLast: 31_999 };

const QUIET: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

interface Round {
  /** All calls are told to a supervisor, as they were. */
  readonly shownMs: number;
  /** What happened meanwhile has been found. */
  readonly foundMs: number;
  /** An agent has held and taken up a call. */
  readonly commandedMs: number;
}

interface Measured {
  readonly dist: string;
  readonly config: Config;
  readonly pbx: Asterisk;
  readonly supervisor: string;
  readonly agent: string;
}

type Ends = (() => Promise<unknown>)[];

/** Prints what it measures; answers whether every round recovered. */
export async function measureRecovery(calls: number, ends: Ends, say: (text: string) => void): Promise<boolean> {
  say('building, starting the PBX, the phones and the service');
  const [measured, first] = await prepare(calls, ends);
  let controller = first;
  ends.push(() => controller.stop());
  await new Door(() => first.url, measured.supervisor).until(live(calls), BEGINS_WITHIN_MS);
  const times: number[] = [];
  for (let left = calls - 1; times.length < ROUNDS; left -= 1) {
    const [{ shownMs, foundMs, commandedMs }, next] = await killed(measured, controller, left);
    controller = next;
    times.push(commandedMs);
    const usedMs = Math.round(cpuMs(next.pid));
    say(
      `${left} calls: shown after ${shownMs} ms, all seen after ${foundMs} ms, commanded after ${commandedMs} ms (CPU ${usedMs} ms)`,
    );
  }
  times.sort((one, other) => one - other);
  const [median = 0, longest = 0] = [times[Math.floor(ROUNDS / 2)], times.at(-1)];
  process.stdout.write(`recovery of ${calls} live calls, ms: median ${median}, longest ${longest} (goal ${GOAL_MS})\n`);
  return true;
}

/** Everything runs and everybody has called. */
async function prepare(calls: number, ends: Ends): Promise<readonly [Measured, Controller]> {
  const folder = await mkdtemp(join(tmpdir(), 'ringmaster-chaos-'));
  ends.push(() => rm(folder, { recursive: true, force: true }));
  const { main, remove } = await build();
  ends.push(remove);
  const talking = Math.round(calls * TALKING);
  const phonesPort = await freePort();
  const pbx = await startPbx(talking, phonesPort, { ...(await freePorts()), ...RTP });
  ends.push(() => pbx.stop());
  const phones = await startAgentPhones(folder, phonesPort);
  ends.push(() => phones.stop());
  const config = await configure(pbx, folder);
  const [agent = ''] = await seed(config, talking);
  const supervisor = await addSupervisor(config);
  const dist = dirname(main);
  const controller = await startController(dist, config, []);
  ends.push(await startCallers(folder, pbx, calls));
  return [{ dist, config, pbx, supervisor, agent }, controller];
}

/** Answers a token. */
async function addSupervisor(config: Config): Promise<string> {
  const database = await openDatabase({ url: config.DATABASE_URL }, QUIET);
  try {
    const token = randomBytes(32).toString('base64url');
    const account = {
      id: 'supervisor',
      login: 'supervisor',
      name: 'Supervisor',
      number: '99',
      role: 'supervisor',
    } as const;
    const rights = { allow: [], disabled: false, record: false, mayRecord: false };
    const plain = { language: 'en', devices: [], teamId: null, ...rights } as const;
    await database.configuration.saveAgent({ ...account, ...plain });
    await database.credentials.saveToken(hashToken(token), account.id, Date.now(), Date.now() + TOKEN_MS);
    return token;
  } finally {
    await database.close();
  }
}

/** Callers who stay until they are ended. Answers the way to end them. */
async function startCallers(folder: string, pbx: Asterisk, calls: number): Promise<() => Promise<void>> {
  const { sipp } = await install();
  const address = TRUNK_ADDRESSES[1];
  const where = ['-i', address, '-p', String(await freePort(address)), `127.0.0.1:${pbx.sipPort}`];
  const scenario = ['-sf', join(projectRoot, 'bench/caller.xml'), '-s', NUMBERS.ringmaster];
  const keys = ['-key', 'prefix', '100', '-key', 'hold', String(STAY_MS), '-recv_timeout', String(STAY_MS)];
  const rate = ['-r', String(CALLS_PER_SECOND), '-m', String(calls), '-l', '5000', '-nostdin'];
  const child = spawnTied([sipp, ...scenario, ...keys, ...rate, ...where], folder, { ...process.env, TERM: 'dumb' });
  child.stdout?.resume();
  child.stderr?.resume();
  return () => end(child, 'SIGKILL');
}

/** So many live calls, of which none is just being connected. */
const live = (count: number) => (picture: Picture) =>
  picture.calls.length === count && picture.calls.every(({ phase }) => phase === 'talking' || phase === 'queued');

const channels = z.array(z.object({ id: z.string(), name: z.string() }));
const bridges = z.array(z.object({ channels: z.array(z.string()) }));

/** Who waits is in no bridge. */
async function oneWaitingCallerGoes(pbx: Asterisk): Promise<void> {
  const inBridges = bridges.parse((await ariHttp(pbx, 'GET', 'bridges')).body).flatMap((bridge) => bridge.channels);
  const all = channels.parse((await ariHttp(pbx, 'GET', 'channels')).body);
  const waiting = all.find(({ id, name }) => name.startsWith('PJSIP/trunk') && !inBridges.includes(id));
  if (waiting === undefined) throw new Error('Nobody waits any more.');
  await ariHttp(pbx, 'DELETE', `channels/${encodeURIComponent(waiting.id)}`);
}

/** One kill -9 and what follows. `left`: the calls there are after it. */
async function killed(measured: Measured, { pid, stop }: Controller, left: number) {
  const { dist, config, pbx } = measured;
  process.kill(pid, 'SIGKILL');
  await stop();
  await oneWaitingCallerGoes(pbx);
  const from = Date.now();
  const starting = startController(dist, config, []);
  const url = `http://${config.HTTP_HOST}:${config.HTTP_PORT}`;
  const supervisor = new Door(() => url, measured.supervisor);
  const agent = new Door(() => url, measured.agent);
  await supervisor.until(({ calls }) => calls.length >= left, RECOVERS_WITHIN_MS);
  const shownMs = Date.now() - from;
  await supervisor.until(live(left), RECOVERS_WITHIN_MS);
  const foundMs = Date.now() - from;
  const mine = (await agent.look())?.calls[0]?.id;
  for (const command of ['hold', 'resume']) await agent.send('POST', `/calls/${mine}/${command}`, {});
  const round: Round = { shownMs, foundMs, commandedMs: Date.now() - from };
  return [round, await starting] as const;
}
