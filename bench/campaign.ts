// The whole measurement in its order: the ways alternate in short rounds, so that whatever else the machine does hits all alike.
import { setTimeout as pause } from 'node:timers/promises';
import type { Config } from '../src/config.js';
import { type CommandFigures, measureCommands } from './commands.js';
import { startController } from './controller.js';
import { type Measured, measure, type Setting } from './load.js';
import type { Options } from './options.js';
import { NUMBERS, type Way } from './pbx.js';
import { memoryMb } from './process-usage.js';

/** Calls per second before the first measured one, so that a controller that has just started is judged as one that has run for a while. */
const WARM_UP_RATE = 50;
const COMMAND_RATE = 20;
const EMPTY_WITHIN_MS = 10_000;
/** The share of calls that must succeed for a rate to count as sustained. */
const SUSTAINED = 0.995;
/** A load generator that cannot keep up measures itself. */
const OFFERED_AT_LEAST = 0.95;

export interface Site {
  readonly setting: Setting;
  readonly dist: string;
  readonly config: Config;
  readonly tokens: readonly string[];
  readonly options: Options;
  readonly say: (text: string) => void;
}

export interface Round extends Measured {
  readonly way: Way;
  readonly rate: number;
  readonly round: number;
}

export interface Figures {
  readonly rounds: readonly Round[];
  readonly ladder: readonly Omit<Round, 'round'>[];
  readonly commands: CommandFigures | null;
  readonly memoryMb: { readonly now: number; readonly peak: number };
}

export async function run(site: Site): Promise<Figures> {
  const { options } = site;
  const rounds: Round[] = [];
  // Asterisk and the phones warm up, too.
  await warmUp(site, 'queue');
  for (let round = 0; round < options.rounds; round += 1) {
    for (const rate of options.rates) {
      for (const way of order(options.ways, round)) {
        const measured = await measureWay(site, way, rate, options.seconds);
        rounds.push({ ...measured, way, rate, round });
        site.say(`round ${round + 1}, ${rate} calls/s, ${way}: ${measured.succeeded} of ${measured.calls}`);
      }
    }
  }
  const ladder = await climb(site);
  const { commands, memory } = await command(site);
  return { rounds, ladder, commands, memoryMb: memory };
}

async function warmUp(site: Site, way: Way): Promise<void> {
  const load = { number: NUMBERS[way], callsPerSecond: WARM_UP_RATE, seconds: site.options.warmUpSeconds };
  await measure(site.setting, { ...load, controllerPid: null });
}

/** No way always follows the same other one. */
function order(ways: readonly Way[], round: number): readonly Way[] {
  return ways.map((_, index) => ways[(index + round) % ways.length] ?? 'dial');
}

/**
 * The controller runs only while it is measured: it subscribes to everything, so Asterisk would do work for it in the native ways'
 * calls as well.
 */
async function measureWay(site: Site, way: Way, callsPerSecond: number, seconds: number): Promise<Measured> {
  const load = { number: NUMBERS[way], callsPerSecond, seconds };
  await emptied(site);
  if (way === 'dial' || way === 'queue') return await measure(site.setting, { ...load, controllerPid: null });
  const dist = way === 'other' ? (site.options.against ?? site.dist) : site.dist;
  return await withController(site, dist, async ({ pid }) => {
    return await measure(site.setting, { ...load, controllerPid: pid });
  });
}

export async function withController<T>(
  site: Site,
  dist: string,
  work: (controller: { readonly pid: number; readonly url: string }) => Promise<T>,
): Promise<T> {
  const controller = await startController(dist, site.config, site.options.nodeArgs);
  try {
    await warmUp(site, 'ringmaster');
    await emptied(site);
    return await work(controller);
  } finally {
    await controller.stop();
  }
}

/** Rising calls per second; a way is out when it has failed twice in a row at the same rate. */
async function climb(site: Site): Promise<Omit<Round, 'round'>[]> {
  const steps: Omit<Round, 'round'>[] = [];
  const out = new Set<Way>();
  for (const rate of site.options.ladder) {
    for (const way of ['queue', 'ringmaster'] as const) {
      for (let tries = 0; tries < 2 && !out.has(way); tries += 1) {
        const measured = await measureWay(site, way, rate, site.options.ladderSeconds);
        steps.push({ ...measured, way, rate });
        site.say(`ladder, ${rate} calls/s, ${way}: ${measured.succeeded} of ${measured.calls}`);
        if (sustains(measured, rate)) break;
        if (tries === 1) out.add(way);
      }
    }
  }
  return steps;
}

/** Whether the rate was offered, and nearly every call succeeded. */
export function sustains(measured: Measured, rate: number): boolean {
  return measured.succeeded >= measured.calls * SUSTAINED && measured.offeredPerSecond >= rate * OFFERED_AT_LEAST;
}

async function command(site: Site) {
  return await withController(site, site.dist, async ({ pid, url }) => {
    const load = {
      number: NUMBERS.commands,
      callsPerSecond: COMMAND_RATE,
      seconds: site.options.commandSeconds,
      controllerPid: pid,
    };
    const commands = await measureCommands(site.setting, load, url, site.tokens);
    return { commands, memory: memoryMb(pid) };
  });
}

/** No call of the load before is left. */
export async function emptied({ setting: { pbx } }: Site): Promise<void> {
  const deadline = Date.now() + EMPTY_WITHIN_MS;
  while ((await pbx.cli('core show channels concise')).trim() !== '') {
    if (Date.now() > deadline) {
      await pbx.cli('channel request hangup all');
      return;
    }
    await pause(50);
  }
}
