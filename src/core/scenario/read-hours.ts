/** Hours of the week and days of the year, as they are written. */

import type { Fault } from './fault.js';
import { FieldReader } from './field-reader.js';
import type { Hours } from './scenario.js';

const DAYS: readonly unknown[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const TIME = /^([01]\d|2[0-3]):([0-5]\d)$/;
const DATE = /^(?:\d{4}-)?(\d{2})-(\d{2})$/;
const MOST_HOURS = 20;
const MOST_DATES = 400;
const MOST_CALENDARS = 10;
const DAYS_IN_MONTH = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** `[{"days": ["mon", "fri"], "from": "09:00", "to": "18:00"}]` */
export function readHours(reader: FieldReader, field: string, faults: Fault[]): readonly Hours[] {
  const written = reader.list(field, MOST_HOURS);
  if (written.length === 0) reader.fault(field, 'missingField', 'At least one span of hours must be given.');
  return written.map((each, index) => {
    const inner = new FieldReader(reader.at(`${field}.${index}`), each, faults);
    const hours = { days: readDays(inner), from: readTime(inner, 'from'), to: readTime(inner, 'to') };
    if (hours.from === hours.to) inner.fault('to', 'invalidValue', 'This is when it begins: nothing lies between.');
    inner.end();
    return hours;
  });
}

function readDays(reader: FieldReader): readonly number[] {
  const written = reader.list('days', DAYS.length);
  if (written.length === 0) reader.fault('days', 'missingField', `At least one of ${DAYS.join(', ')}.`);
  return written.flatMap((each, index) => {
    const day = DAYS.indexOf(each) + 1;
    if (day === 0) reader.fault(`days.${index}`, 'invalidValue', `One of ${DAYS.join(', ')}.`);
    return day === 0 ? [] : [day];
  });
}

/** Minutes of the day. 24:00 is the end of the day. */
function readTime(reader: FieldReader, field: string): number {
  const written = reader.text(field, 5);
  if (written === '24:00' && field === 'to') return 1440;
  const match = TIME.exec(written);
  if (match === null && written !== '') reader.fault(field, 'invalidValue', 'A time such as 09:30.');
  return Number(match?.[1] ?? 0) * 60 + Number(match?.[2] ?? 0);
}

export function readCalendars(reader: FieldReader): Readonly<Record<string, readonly string[]>> {
  const calendars = reader.inside('calendars');
  const entries = calendars.entries();
  if (entries.length > MOST_CALENDARS) reader.fault('calendars', 'tooMany', `At most ${MOST_CALENDARS}.`);
  return Object.fromEntries(
    entries.slice(0, MOST_CALENDARS).map(([name]) => {
      const dates = calendars.list(name, MOST_DATES);
      for (const [index, date] of dates.entries()) {
        if (!isDate(date))
          calendars.fault(`${name}.${index}`, 'invalidValue', 'A day such as 2026-12-31, or 01-01 for every year.');
      }
      return [name, dates.filter((date) => typeof date === 'string')] as const;
    }),
  );
}

function isDate(written: unknown): boolean {
  const match = typeof written === 'string' ? DATE.exec(written) : null;
  if (match === null) return false;
  const day = Number(match[2]);
  return day >= 1 && day <= (DAYS_IN_MONTH[Number(match[1]) - 1] ?? 0);
}
