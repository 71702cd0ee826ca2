/** A night in which clocks are changed, whatever today is. */
import { agreedTime } from '../../../src/app/callbacks/wall-clock.js';

const DAY_MS = 86_400_000;
/** North and south of the equator: within a year, at half past two, each kind of change comes in one of them. */
const ZONES = ['Europe/Berlin', 'Australia/Sydney'] as const;

export interface ClockChange {
  readonly zone: (typeof ZONES)[number];
  readonly date: string;
  /** That does not exist there on that day, or comes twice. */
  readonly time: '02:30';
}

export function nextClockChange(kind: 'skipped' | 'twice'): ClockChange {
  for (let days = 1; days < 364; days += 1) {
    const date = new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 10);
    const zone = ZONES.find((each) => agreedTime(`${date}T02:30`, each)?.clockChange === kind);
    if (zone !== undefined) return { zone, date, time: '02:30' };
  }
  throw new Error(`no night in which an hour is ${kind}`);
}
