// The figures as a table for people and as an object for machines, with the ratios that matter.
import { cpus, release } from 'node:os';
import { type Figures, type Round, sustains } from './campaign.js';
import type { Options } from './options.js';
import type { Way } from './pbx.js';
import { mean, type Percentiles, percentiles } from './statistics.js';

export interface Summary extends Percentiles {
  readonly way: Way;
  readonly rate: number;
  readonly calls: number;
  readonly succeeded: number;
  readonly asteriskMsPerCall: number;
  readonly controllerMsPerCall: number | null;
}

export interface Ratio {
  readonly name: string;
  readonly value: number;
  /** As it should be: at most, or at least. */
  readonly goal: number;
  readonly better: 'lower' | 'higher';
}

export interface Report {
  readonly options: Options;
  readonly machine: { readonly processors: number; readonly model: string; readonly kernel: string };
  readonly summaries: readonly Summary[];
  readonly ratios: readonly Ratio[];
  readonly commandMs: (Percentiles & { readonly count: number; readonly refused: number }) | null;
  readonly memoryMb: Figures['memoryMb'];
  readonly sustained: Readonly<Partial<Record<Way, number>>>;
}

export function summarise(figures: Figures, options: Options): Report {
  const summaries = options.rates.flatMap((rate) => options.ways.map((way) => summary(figures.rounds, way, rate)));
  const sustained = { queue: highest(figures, 'queue'), ringmaster: highest(figures, 'ringmaster') };
  const { commands } = figures;
  const commandMs =
    commands === null
      ? null
      : {
          ...percentiles(commands.acknowledgedMs),
          count: commands.acknowledgedMs.length,
          refused: commands.refused,
        };
  const ratios = options.rates.flatMap((rate) => ratiosAt(summaries, rate));
  // Where not even the native queue sustains the lowest step there is nothing to compare with.
  if (sustained.queue > 0) {
    const value = sustained.ringmaster / sustained.queue;
    ratios.push({ name: 'sustained calls/s, Ringmaster / Queue()', value, goal: 0.8, better: 'higher' });
  }
  if (commandMs !== null) {
    ratios.push({
      name: 'command acknowledged at 20 calls/s, p99 in ms',
      value: commandMs.p99,
      goal: 20,
      better: 'lower',
    });
  }
  const [processor] = cpus();
  const machine = { processors: cpus().length, model: processor?.model ?? '', kernel: release() };
  return { options, machine, summaries, ratios, commandMs, memoryMb: figures.memoryMb, sustained };
}

function summary(rounds: readonly Round[], way: Way, rate: number): Summary {
  const own = rounds.filter((round) => round.way === way && round.rate === rate);
  const controller = own.flatMap((round) => (round.controllerMsPerCall === null ? [] : [round.controllerMsPerCall]));
  return {
    way,
    rate,
    calls: own.reduce((sum, round) => sum + round.calls, 0),
    succeeded: own.reduce((sum, round) => sum + round.succeeded, 0),
    ...percentiles(own.flatMap((round) => round.setupMs)),
    asteriskMsPerCall: mean(own.map((round) => round.asteriskMsPerCall)),
    controllerMsPerCall: controller.length === 0 ? null : mean(controller),
  };
}

function ratiosAt(summaries: readonly Summary[], rate: number): Ratio[] {
  const at = (way: Way) => summaries.find((one) => one.way === way && one.rate === rate);
  const [native, ours] = [at('queue'), at('ringmaster')];
  if (native === undefined || ours === undefined) return [];
  const cpu = (ours.controllerMsPerCall ?? Number.NaN) / ours.asteriskMsPerCall;
  return [
    {
      name: `set-up p50 at ${rate} calls/s, Ringmaster / Queue()`,
      value: ours.p50 / native.p50,
      goal: 1.5,
      better: 'lower',
    },
    {
      name: `set-up p99 at ${rate} calls/s, Ringmaster / Queue()`,
      value: ours.p99 / native.p99,
      goal: 1.8,
      better: 'lower',
    },
    { name: `CPU per call at ${rate} calls/s, controller / Asterisk`, value: cpu, goal: 0.4, better: 'lower' },
  ];
}

function highest({ ladder }: Figures, way: Way): number {
  return Math.max(
    0,
    ...ladder.filter((step) => step.way === way && sustains(step, step.rate)).map((step) => step.rate),
  );
}

/** The report as text. */
export function table(report: Report): string {
  const lines = [
    'calls/s  way          calls  success   p50 ms   p95 ms   p99 ms  Asterisk  controller  (CPU ms per call)',
  ];
  for (const one of report.summaries) {
    const success = `${((one.succeeded * 100) / one.calls).toFixed(2)} %`;
    const times = [one.p50, one.p95, one.p99].map((value) => value.toFixed(2).padStart(7));
    const controller = one.controllerMsPerCall === null ? '–' : one.controllerMsPerCall.toFixed(2);
    lines.push(
      [
        String(one.rate).padStart(7),
        one.way.padEnd(11),
        String(one.calls).padStart(6),
        success.padStart(8),
        ...times,
        one.asteriskMsPerCall.toFixed(2).padStart(8),
        controller.padStart(10),
      ].join('  '),
    );
  }
  if (report.options.ladder.length > 0) {
    const { queue = 0, ringmaster = 0 } = report.sustained;
    const most = Math.max(...report.options.ladder);
    lines.push(
      '',
      `sustained (99.5 % within a second, tried up to ${most}): Queue() ${queue}, Ringmaster ${ringmaster} calls/s`,
    );
  }
  const { commandMs } = report;
  if (commandMs !== null) {
    const { p50, p95, p99, count, refused } = commandMs;
    const times = `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)}, p99 ${p99.toFixed(1)} ms`;
    lines.push(`commands over Socket.IO at 20 calls/s: ${times} (${count} sent, ${refused} refused)`);
  }
  lines.push(
    `controller's memory: ${report.memoryMb.now.toFixed(0)} MB, at most ${report.memoryMb.peak.toFixed(0)} MB`,
    '',
  );
  for (const { name, value, goal, better } of report.ratios) {
    const met = better === 'lower' ? value <= goal : value >= goal;
    const sign = better === 'lower' ? '≤' : '≥';
    lines.push(`${met ? 'met   ' : 'MISSED'}  ${value.toFixed(2).padStart(6)} ${sign} ${goal}  ${name}`);
  }
  return `${lines.join('\n')}\n`;
}
