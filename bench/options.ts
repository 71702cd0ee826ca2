// What scripts/bench was asked to measure.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Way } from './pbx.js';

/** Everything that can be chosen on the command line. */
export interface Options {
  /** Calls per second, each measured in every round. */
  readonly rates: readonly number[];
  /** Length of one measurement of one way at one rate. */
  readonly seconds: number;
  readonly rounds: number;
  /** Rising calls per second for the sustained rate; a way leaves at its first failure. */
  readonly ladder: readonly number[];
  readonly ladderSeconds: number;
  readonly commandSeconds: number;
  /** Calls that are not counted, after each start of the controller. */
  readonly warmUpSeconds: number;
  readonly agents: number;
  readonly json: string | null;
  /** Minutes at the first rate, in place of everything else; null for the usual measurement. */
  readonly soakMinutes: number | null;
  /** Folder of another build (its `dist/service`), measured beside this one. */
  readonly against: string | null;
  readonly ways: readonly Way[];
  /** Options of Node for the controller, such as --cpu-prof. */
  readonly nodeArgs: readonly string[];
}

const USAGE = `scripts/bench [--quick] [--json FILE] [--soak MINUTES] [--rates 10,20,40,80] [--seconds N] [--rounds N]
  [--ladder 60,80,100 (or "none")] [--agents N] [--against DIST] [--node-args "--cpu-prof …"]`;

/** Reads the command line; ends the process with the usage when it makes no sense. */
export function readOptions(argv: readonly string[]): Options {
  try {
    return parse(argv);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exit(2);
  }
}

function parse(argv: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      quick: { type: 'boolean', default: false },
      json: { type: 'string' },
      soak: { type: 'string' },
      against: { type: 'string' },
      rates: { type: 'string' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      ladder: { type: 'string' },
      agents: { type: 'string', default: '200' },
      'node-args': { type: 'string', default: '' },
    },
  });
  const { quick } = values;
  const ladder = values.ladder ?? (quick ? '80' : '20,40,60,80,100,120,140,160');
  return {
    rates: numbers(values.rates ?? (values.soak !== undefined ? '5' : quick ? '20' : '10,20,40,80'), 1, 500),
    seconds: number(values.seconds ?? (quick ? '4' : '6'), 1, 120),
    rounds: number(values.rounds ?? (quick ? '1' : '3'), 1, 50),
    ladder: ladder === 'none' ? [] : numbers(ladder, 1, 500),
    ladderSeconds: quick ? 2 : 6,
    commandSeconds: quick ? 3 : 15,
    warmUpSeconds: quick ? 2 : 4,
    agents: number(values.agents, 1, 999),
    json: values.json ?? null,
    soakMinutes: values.soak === undefined ? null : number(values.soak, 5, 240),
    against: values.against === undefined ? null : resolve(values.against),
    ways: ['dial', 'queue', 'ringmaster', ...(values.against === undefined ? [] : (['other'] as const))],
    nodeArgs: values['node-args'].split(' ').filter((word) => word !== ''),
  };
}

function numbers(list: string, least: number, most: number): number[] {
  return list.split(',').map((text) => number(text, least, most));
}

function number(text: string, least: number, most: number): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new Error(`"${text}" is not a whole number from ${least} to ${most}.`);
  }
  return value;
}
