/** What a run has shown, for people. */
import type { Overcome } from './campaign.js';
import type { Heard, World } from './world.js';

export interface Figures {
  readonly seed: number;
  readonly overcome: readonly Overcome[];
  /** What was wrong at the end, in sentences. */
  readonly problems: readonly string[];
}

export function failures(world: World, { overcome, problems }: Figures): readonly string[] {
  return [
    ...overcome.flatMap(({ fault, problem }) => (problem === null ? [] : [`${fault}: ${problem}`])),
    ...world.all.filter(({ customer }) => customer.lost).map(({ name }) => `lost: ${name}`),
    ...silent(world.hearings).map(
      ({ who, hearing }) =>
        `${who} heard nothing for ${hearing.longestMs} ms from ${new Date(hearing.at).toISOString()}`,
    ),
    ...problems,
  ];
}

const silent = (hearings: readonly Heard[]) => hearings.filter(({ hearing, limitMs }) => hearing.longestMs > limitMs);
/** Pauses between two rings are none. */
const longest = (hearings: readonly Heard[]) =>
  Math.max(0, ...hearings.filter(({ limitMs }) => limitMs <= 2_000).map(({ hearing }) => hearing.longestMs));

export function report(world: World, figures: Figures): string {
  const { overcome, seed } = figures;
  const times = overcome.flatMap(({ recoveryMs }) => (recoveryMs === null ? [] : [recoveryMs])).sort((a, b) => a - b);
  const { hearings } = world;
  const listened = hearings.reduce((sum, { hearing }) => sum + hearing.listenedMs, 0);
  const checked = overcome.reduce((sum, { calls }) => sum + calls, 0);
  const rows: readonly (readonly [string, string | number])[] = [
    ['seed', seed],
    ['faults injected', overcome.length],
    ['calls', world.all.length],
    ['calls checked after a fault', checked],
    ['calls that ended with Asterisk', world.all.filter(({ died }) => died).length],
    ['customers lost', world.all.filter(({ customer }) => customer.lost).length],
    ['customers in silence for more than 2 s', silent(hearings).length],
    ['longest silence, ms', longest(hearings)],
    ['customers listened to, s', Math.round(listened / 1_000)],
    ['recovery, ms: median', times[Math.floor(times.length / 2)] ?? '-'],
    ['recovery, ms: longest', times.at(-1) ?? '-'],
  ];
  return rows.map(([what, figure]) => `${what.padEnd(40)}${String(figure).padStart(10)}\n`).join('');
}

/** One line for each fault as it happens, and what people did. */
export function told({ fault, notes, recoveryMs, problem }: Overcome): string {
  const end = problem === null ? `recovered after ${recoveryMs} ms` : 'NOT RECOVERED';
  return [`${new Date().toISOString()} ${fault}: ${end}`, ...notes.map((note) => `    ${note}`)].join('\n');
}
