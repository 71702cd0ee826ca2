// One measured load: callers at a rate, and what became of each of them.
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Asterisk } from '../lab/asterisk.js';
import { TRUNK_ADDRESSES } from '../lab/pbx-conf.js';
import { freePort } from '../lab/ports.js';
import { runSipp } from '../lab/sipp.js';
import { cpuMs } from './process-usage.js';

const HOLD_MS = 1_000;
/** A caller whose agent is not connected by then counts as failed. */
const ANSWERED_WITHIN_MS = 1_000;
const GRACE_MS = 20_000;
const CALLER_ADDRESS = TRUNK_ADDRESSES[1];

export interface Setting {
  readonly folder: string;
  readonly pbx: Asterisk;
  /** The agents' phones' log. */
  readonly agentLog: string;
}

export interface Load {
  readonly number: string;
  readonly callsPerSecond: number;
  readonly seconds: number;
  /** The controller, when it takes part. */
  readonly controllerPid: number | null;
}

/** What one load showed. */
export interface Measured {
  readonly calls: number;
  /** Agent connected within a second, and the call ended as it should. */
  readonly succeeded: number;
  /** What SIPp really offered. */
  readonly offeredPerSecond: number;
  /** Caller's INVITE sent to agent's INVITE received. */
  readonly setupMs: readonly number[];
  readonly asteriskMsPerCall: number;
  readonly controllerMsPerCall: number | null;
}

let runs = 0;

/** Runs it to its end; calls that hang are given up after a bounded time. */
export async function measure(setting: Setting, load: Load): Promise<Measured> {
  runs += 1;
  // Of fixed length, so that prefix and call number together are never ambiguous.
  const prefix = String(100 + runs);
  const folder = join(setting.folder, `run-${prefix}`);
  await mkdir(folder);
  const calls = Math.round(load.callsPerSecond * load.seconds);
  const from = await sizeOf(setting.agentLog);
  const before = usage(setting, load);
  const finished = await runSipp({
    folder,
    timeoutMs: load.seconds * 1000 + GRACE_MS,
    args: await args(setting, load, prefix, calls, folder),
  });
  const after = usage(setting, load);
  const { sent, dropped } = await callerLog(join(folder, 'callers.log'));
  const agents = await agentLog(setting.agentLog, from);
  const failed = Number(finished.stats.get('FailedCall(C)') ?? calls);
  const setupMs: number[] = [];
  let connected = 0;
  for (const [number, at] of sent) {
    const rang = agents.rang.get(number);
    const answered = agents.answered.get(number);
    if (rang !== undefined) setupMs.push(rang - at);
    if (answered !== undefined && answered - at <= ANSWERED_WITHIN_MS && !dropped.has(number)) connected += 1;
  }
  const times = [...sent.values()];
  const spanMs = Math.max(...times) - Math.min(...times);
  return {
    calls,
    succeeded: Math.min(connected, calls - failed),
    offeredPerSecond: times.length > 1 ? ((times.length - 1) * 1000) / spanMs : 0,
    setupMs,
    asteriskMsPerCall: (after.asterisk - before.asterisk) / calls,
    controllerMsPerCall: load.controllerPid === null ? null : (after.controller - before.controller) / calls,
  };
}

async function args(setting: Setting, load: Load, prefix: string, calls: number, folder: string): Promise<string[]> {
  const scenario = join(import.meta.dirname, 'caller.xml');
  const port = await freePort(CALLER_ADDRESS);
  return [
    ...['-sf', scenario, '-s', load.number, '-key', 'prefix', prefix, '-key', 'hold', String(HOLD_MS)],
    ...['-i', CALLER_ADDRESS, '-p', String(port), '-recv_timeout', '8000', '-l', '5000'],
    ...['-r', String(load.callsPerSecond), '-rp', '1000', '-m', String(calls)],
    ...[
      '-trace_logs',
      '-log_file',
      join(folder, 'callers.log'),
      '-trace_err',
      '-error_file',
      join(folder, 'callers.err'),
    ],
    `127.0.0.1:${setting.pbx.sipPort}`,
  ];
}

function usage({ pbx }: Setting, { controllerPid }: Load) {
  if (pbx.pid === undefined) throw new Error('The PBX has ended.');
  return { asterisk: cpuMs(pbx.pid), controller: controllerPid === null ? 0 : cpuMs(controllerPid) };
}

async function callerLog(file: string) {
  const sent = new Map<string, number>();
  const dropped = new Set<string>();
  for (const { what, number, at } of lines(await readFile(file, 'utf8'))) {
    if (what === 'invite' && !sent.has(number)) sent.set(number, at);
    if (what === 'dropped') dropped.add(number);
  }
  return { sent, dropped };
}

/** Of several phones that rang for a caller the first counts. */
async function agentLog(file: string, from: number) {
  const rang = new Map<string, number>();
  const answered = new Map<string, number>();
  for (const { what, number, at } of lines(await readFrom(file, from))) {
    const map = what === 'invite' ? rang : answered;
    if (!map.has(number)) map.set(number, at);
  }
  return { rang, answered };
}

/** SIPp writes the time of day, with microseconds, and the same as seconds since 1970. */
function* lines(text: string): IterableIterator<{ what: string; number: string; at: number }> {
  for (const line of text.split('\n')) {
    const [, what, number, seconds] = /^(\w+) (\d+) .*?(\d{9,}\.\d+)\s*$/.exec(line) ?? [];
    if (what !== undefined && number !== undefined) yield { what, number, at: Number(seconds) * 1000 };
  }
}

async function sizeOf(file: string): Promise<number> {
  const handle = await open(file, 'a+');
  try {
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

async function readFrom(file: string, from: number): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}
