// Measures native Dial(), native Queue() and Ringmaster on one Asterisk; see docs/bench.md.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../lab/ports.js';
import { type Figures, run, type Site } from './campaign.js';
import { build, configure, seed } from './controller.js';
import { type Options, readOptions } from './options.js';
import { startPbx } from './pbx.js';
import { summarise, table } from './report.js';
import { startAgentPhones } from './sipp-process.js';
import { soak } from './soak.js';

const say = (text: string): void => void process.stderr.write(`bench: ${text}\n`);

/** Starts everything, measures, and stops everything, whatever happens. */
async function measured<T>(options: Options, work: (site: Site) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'ringmaster-bench-'));
  const ends: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  let stopped: Promise<void> | undefined;
  const stopAll = async () => {
    for (const end of ends.reverse()) await end();
  };
  // A signal and the failure that follows from it wait for the same end.
  const stop = () => (stopped ??= stopAll());
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().finally(() => process.exit(1)));
  }
  try {
    say('building the service, starting the PBX');
    const phonesPort = await freePort();
    const starting = startPbx(options.agents, phonesPort);
    // Before the build can fail: whatever has been started is stopped.
    ends.push(() => starting.then((pbx) => pbx.stop()));
    const [dist, pbx] = await Promise.all([build(), starting]);
    const phones = await startAgentPhones(folder, phonesPort);
    ends.push(() => phones.stop());
    say(`${options.agents} agents log in`);
    const config = await configure(pbx, folder);
    const tokens = await seed(config, options.agents);
    return await work({ setting: { folder, pbx, agentLog: phones.logFile }, dist, config, tokens, options, say });
  } finally {
    await stop();
  }
}

const options = readOptions(process.argv.slice(2));
if (options.soakMinutes === null) await compare();
else await endure(options.soakMinutes);

/** Ringmaster beside the native ways. */
async function compare(): Promise<void> {
  const figures = await measured(options, run);
  const report = summarise(figures, options);
  process.stdout.write(table(report));
  if (options.json !== null) await writeFile(options.json, json(report, figures));
  process.exit(0);
}

/** Ringmaster alone, for long; exit code 1 when something grows or is left over. */
async function endure(minutes: number): Promise<void> {
  const result = await measured(options, (site) => soak(site, minutes));
  process.stdout.write(result.grown.length === 0 ? 'soak: flat\n' : `soak: grown\n${result.grown.join('\n')}\n`);
  if (options.json !== null) await writeFile(options.json, `${JSON.stringify(result, null, 2)}\n`);
  process.exit(result.grown.length === 0 ? 0 : 1);
}

function json(report: ReturnType<typeof summarise>, figures: Figures): string {
  const rounds = figures.rounds.map(({ setupMs, ...rest }) => ({
    ...rest,
    setupMs: setupMs.map((ms) => Number(ms.toFixed(3))),
  }));
  const ladder = figures.ladder.map(({ setupMs: _, ...rest }) => rest);
  return `${JSON.stringify({ v: 1, at: new Date().toISOString(), ...report, rounds, ladder }, null, 2)}\n`;
}
