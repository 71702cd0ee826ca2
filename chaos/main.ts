// Live calls and faults: see docs/chaos.md and `scripts/chaos --help`.
import { endAll, type Overcome, overcome } from './campaign.js';
import { closingProblems } from './closing.js';
import { Dice } from './dice.js';
import { databaseFaults } from './faults.js';
import { HELP, type Options, readOptions } from './options.js';
import { measureRecovery } from './recovery.js';
import { failures, report, told } from './report.js';
import { schedule } from './schedule.js';
import { World } from './world.js';

const EXIT = { fine: 0, failed: 1, usage: 64 } as const;

const say = (text: string): void => void process.stderr.write(`chaos: ${text}\n`);

/** Answers whether all was well. */
async function run(options: Options, ends: (() => Promise<unknown>)[]): Promise<boolean> {
  say(`seed ${options.seed}; building, starting the PBX and the phones`);
  const world = await World.start(options, ends);
  const since = Date.now() - 60_000;
  say(`${options.calls} calls begin`);
  await world.begin(world.settled.places);
  const dice = new Dice(options.seed);
  const all: Overcome[] = [];
  for (const fault of schedule(options, dice, databaseFaults(world.database))) {
    const one = await overcome(world, fault, dice);
    say(told(one));
    all.push(one);
  }
  say('everybody hangs up');
  await endAll(world);
  const figures = { seed: options.seed, overcome: all, problems: await closingProblems(world, since) };
  process.stdout.write(report(world, figures));
  const failed = failures(world, figures);
  for (const failure of failed) process.stdout.write(`FAILED ${failure}\n`);
  if (failed.length > 0) process.stdout.write(`The end of the service's log:\n${await world.logTail()}\n`);
  return failed.length === 0;
}

async function main(): Promise<number> {
  let options: Options;
  try {
    options = readOptions(process.argv.slice(2));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${HELP}`);
    return EXIT.usage;
  }
  if (options.help) {
    process.stdout.write(HELP);
    return EXIT.fine;
  }
  const ends: (() => Promise<unknown>)[] = [];
  const stopAll = async () => {
    for (const end of ends.splice(0).reverse()) await end();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stopAll().finally(() => process.exit(EXIT.failed)));
  }
  try {
    const fine =
      options.recovery === null ? await run(options, ends) : await measureRecovery(options.recovery, ends, say);
    return fine ? EXIT.fine : EXIT.failed;
  } catch (error) {
    process.stderr.write(`chaos: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    return EXIT.failed;
  } finally {
    await stopAll();
  }
}

process.exit(await main());
