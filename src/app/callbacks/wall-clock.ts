/** The clock on the wall where the customer is: what an agreed time means, also when clocks are changed. */
import { DateTime, IANAZone } from 'luxon';
import type { Instant } from '../../core/call/state.js';
import { type CallbackHours, WEEKDAYS, type Weekday } from '../../core/callback/rule.js';

export interface AgreedTime {
  readonly at: Instant;
  /**
   * skipped: that hour did not exist, clocks went forward; it is as much later as they went. twice: it came twice, clocks went back;
   * the first is meant.
   */
  readonly clockChange: 'none' | 'skipped' | 'twice';
}

const LOCAL = "yyyy-MM-dd'T'HH:mm";

export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone);
}

/** Null for what is no date and time. */
export function agreedTime(local: string, zone: string): AgreedTime | null {
  const meant = DateTime.fromFormat(local, LOCAL, { zone });
  if (!meant.isValid) return null;
  if (meant.toFormat(LOCAL) !== local) return { at: meant.toMillis(), clockChange: 'skipped' };
  const [first, ...more] = meant.getPossibleOffsets();
  return { at: (first ?? meant).toMillis(), clockChange: more.length === 0 ? 'none' : 'twice' };
}

export function localTime(at: Instant, zone: string): string {
  return DateTime.fromMillis(at, { zone }).toFormat(LOCAL);
}

/**
 * The same moment, or the next one at which the hours there begin. Hours that begin in an hour that is left out when clocks go forward
 * begin as much later as they go; of an hour that comes twice both count.
 */
export function withinHours(at: Instant, zone: string, hours: readonly CallbackHours[]): Instant {
  const there = DateTime.fromMillis(at, { zone });
  if (isWithin(there, hours)) return at;
  for (let days = 0; days <= WEEKDAYS.length; days += 1) {
    const day = there.startOf('day').plus({ days });
    const starts = hours
      .filter(({ days: on }) => on.includes(weekdayOf(day)))
      .flatMap(({ from }) => openings(day, from))
      .filter((start) => start.toMillis() >= at && isWithin(start, hours));
    if (starts.length > 0) return Math.min(...starts.map((start) => start.toMillis()));
  }
  // No hours at all: rather at an odd hour than never.
  return at;
}

function openings(day: DateTime, from: string): readonly DateTime[] {
  const [hour = 0, minute = 0] = from.split(':').map(Number);
  const start = day.set({ hour, minute });
  return start.hour === hour && start.minute === minute ? start.getPossibleOffsets() : [start];
}

function isWithin(there: DateTime, hours: readonly CallbackHours[]): boolean {
  const time = there.toFormat('HH:mm');
  return hours.some(({ days, from, to }) => days.includes(weekdayOf(there)) && from <= time && time < to);
}

function weekdayOf(there: DateTime): Weekday {
  return WEEKDAYS[there.weekday - 1] ?? 'mon';
}
