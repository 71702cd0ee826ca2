/** Which faults, in which order: every kind once before any comes again, in an order that follows from the seed. */
import type { Dice } from './dice.js';
import {
  asteriskFrozen,
  asteriskRestarts,
  cut,
  cutAmid,
  type Fault,
  freeze,
  halfOpen,
  kill,
  killAmid,
  lock,
  second,
  terminate,
} from './faults.js';
import type { Options } from './options.js';

/** Longer than the heartbeat needs to notice. */
const HALF_OPEN_MS = 14_000;
const FROZEN_MS = 10_000;

const QUICK: readonly Fault[] = [kill, killAmid, cut, lock, second];
const ALL: readonly Fault[] = [
  kill,
  cut,
  halfOpen(HALF_OPEN_MS),
  freeze,
  lock,
  terminate,
  second,
  asteriskFrozen(FROZEN_MS),
  asteriskRestarts,
  killAmid,
  cutAmid,
];

/** `database`: the faults that only this run's database has. */
export function* schedule(
  { quick, faults, minutes, only }: Options,
  dice: Dice,
  database: readonly Fault[],
): IterableIterator<Fault> {
  const kinds = [...(quick && only === '' ? QUICK : ALL), ...database].filter(({ name }) => name.includes(only));
  if (kinds.length === 0) throw new Error(`There is no such fault: ${only}`);
  const end = minutes === null ? null : Date.now() + minutes * 60_000;
  for (let count = 0; ; ) {
    for (const fault of dice.shuffled(kinds)) {
      if (end === null ? count >= faults : Date.now() >= end) return;
      count += 1;
      yield fault;
    }
  }
}
