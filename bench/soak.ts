// A steady rate for a long time: does anything grow? Memory, open files, and what is left in Asterisk once a minute's calls are over.
import { readdirSync } from 'node:fs';
import { emptied, type Site, withController } from './campaign.js';
import { measure } from './load.js';
import { NUMBERS } from './pbx.js';
import { memoryMb } from './process-usage.js';

const MINUTE_S = 60;
/** More than this beyond the second fifth of the time counts as growth: before that, caches fill. */
const GROWTH = 1.15;
const FILES_MORE = 10;

export interface Minute {
  readonly calls: number;
  readonly succeeded: number;
  readonly controllerMb: number;
  readonly controllerFiles: number;
  readonly asteriskMb: number;
  readonly asteriskFiles: number;
  /** Channels and bridges of Asterisk after the minute's calls. */
  readonly left: number;
  readonly controllerMsPerCall: number | null;
}

export interface Soak {
  readonly minutes: readonly Minute[];
  /** What has grown; empty when all is flat. */
  readonly grown: readonly string[];
}

export async function soak(site: Site, minutes: number): Promise<Soak> {
  const [rate = 5] = site.options.rates;
  const rows: Minute[] = [];
  await withController(site, site.dist, async ({ pid }) => {
    for (let minute = 1; minute <= minutes; minute += 1) {
      const load = { number: NUMBERS.ringmaster, callsPerSecond: rate, seconds: MINUTE_S, controllerPid: pid };
      const { calls, succeeded, controllerMsPerCall } = await measure(site.setting, load);
      const left = await leftOver(site);
      const row = { calls, succeeded, left, controllerMsPerCall, ...usage(pid, site.setting.pbx.pid ?? pid) };
      rows.push(row);
      site.say(`minute ${minute}: ${JSON.stringify(row)}`);
    }
  });
  return { minutes: rows, grown: grown(rows) };
}

function usage(controller: number, asterisk: number) {
  return {
    controllerMb: Math.round(memoryMb(controller).now),
    controllerFiles: files(controller),
    asteriskMb: Math.round(memoryMb(asterisk).now),
    asteriskFiles: files(asterisk),
  };
}

function files(pid: number): number {
  return readdirSync(`/proc/${pid}/fd`).length;
}

async function leftOver(site: Site): Promise<number> {
  await emptied(site);
  const channels = await site.setting.pbx.cli('core show channels concise');
  // The first line is the table's head.
  const bridges = (await site.setting.pbx.cli('bridge show all')).trim().split('\n').slice(1);
  return (
    channels.split('\n').filter((line) => line.trim() !== '').length + bridges.filter((line) => line !== '').length
  );
}

function grown(rows: readonly Minute[]): readonly string[] {
  const fifth = Math.max(1, Math.floor(rows.length / 5));
  const [early, late] = [rows.slice(fifth, 2 * fifth), rows.slice(-fifth)];
  const median = (part: readonly Minute[], of: (row: Minute) => number) =>
    part.map(of).sort((a, b) => a - b)[Math.floor(part.length / 2)] ?? 0;
  const more = (name: string, of: (row: Minute) => number, most: (before: number) => number) =>
    median(late, of) > most(median(early, of)) ? [`${name}: ${median(early, of)} → ${median(late, of)}`] : [];
  return [
    ...more(
      'controller memory, MB',
      (row) => row.controllerMb,
      (before) => before * GROWTH,
    ),
    ...more(
      'Asterisk memory, MB',
      (row) => row.asteriskMb,
      (before) => before * GROWTH,
    ),
    ...more(
      'controller files',
      (row) => row.controllerFiles,
      (before) => before + FILES_MORE,
    ),
    ...more(
      'Asterisk files',
      (row) => row.asteriskFiles,
      (before) => before + FILES_MORE,
    ),
    ...rows.flatMap(({ left }, index) => (left > 0 ? [`left in Asterisk after minute ${index + 1}: ${left}`] : [])),
  ];
}
