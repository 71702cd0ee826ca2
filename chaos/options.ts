/** The command line of `scripts/chaos`. */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const HELP = `scripts/chaos: live calls in every situation, and faults around them. Exits with 0 if no customer was lost or left in silence.

  scripts/chaos                      10 calls, 12 faults, about three minutes
  scripts/chaos --quick              6 calls, 5 faults, less than a minute
  scripts/chaos --calls N --faults K --seed S
  scripts/chaos --minutes M          faults until the time is over, in place of --faults; 30 at most
  scripts/chaos --only "kill -9"     only faults of that name
  scripts/chaos --postgres           on a PostgreSQL of its own (scripts/postgres) in place of SQLite; two faults more
  scripts/chaos --log FILE           keeps the service's log
  scripts/chaos --recovery N         only measures how soon N live calls (a fifth of them waiting) are controllable after kill -9
`;

const LONGEST_MINUTES = 30;

export interface Options {
  readonly help: boolean;
  readonly quick: boolean;
  readonly calls: number;
  readonly faults: number;
  /** Null: as many faults as were asked for. */
  readonly minutes: number | null;
  readonly seed: number;
  /** Only faults whose name contains it. */
  readonly only: string;
  /** On PostgreSQL. */
  readonly postgres: boolean;
  /** Where the service's log is kept, or null. */
  readonly log: string | null;
  /** Live calls for the measurement, or null. */
  readonly recovery: number | null;
}

/** @throws with a sentence for the user. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    strict: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      quick: { type: 'boolean', default: false },
      calls: { type: 'string' },
      faults: { type: 'string' },
      minutes: { type: 'string' },
      seed: { type: 'string' },
      only: { type: 'string', default: '' },
      postgres: { type: 'boolean', default: false },
      log: { type: 'string' },
      recovery: { type: 'string' },
    },
  });
  const { help, quick, postgres } = values;
  return {
    help,
    quick,
    postgres,
    calls: number('--calls', values.calls ?? (quick ? '6' : '10'), 1, 40),
    faults: number('--faults', values.faults ?? (quick ? '5' : '12'), 0, 10_000),
    minutes: values.minutes === undefined ? null : number('--minutes', values.minutes, 1, LONGEST_MINUTES),
    seed: number('--seed', values.seed ?? String(Date.now() % 1_000_000), 0, 2 ** 31),
    only: values.only,
    log: values.log === undefined ? null : resolve(values.log),
    recovery: values.recovery === undefined ? null : number('--recovery', values.recovery, 2, 900),
  };
}

function number(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new Error(`${name} is a whole number from ${least} to ${most}.`);
}
