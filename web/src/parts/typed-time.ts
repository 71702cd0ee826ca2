/**
 * Dates and times as they are typed, in whatever way people write them, and as they are shown for it: in the desktop's language, whatever
 * the browser's is. A date is `2026-11-23`, a time `15:30`, here as in commands. Pure.
 */
import type { Language } from '../words/shape.js';

const MONTHS: readonly RegExp[] = [
  ...[/^(jan|янв)/, /^(feb|фев)/, /^(mar|мар)/, /^(apr|апр)/, /^(may|ма[йя])/, /^(jun|июн)/],
  ...[/^(jul|июл)/, /^(aug|авг)/, /^(sep|сен)/, /^(oct|окт)/, /^(nov|ноя)/, /^(dec|дек)/],
];
const SHOWN = {
  en: new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }),
  ru: new Intl.DateTimeFormat('ru', { day: '2-digit', month: '2-digit', year: 'numeric', timeZone: 'UTC' }),
};
const A_DAY_MS = 86_400_000;
const A_DAY_MINUTES = 1_440;

/** `28 Mar 2027` or `28.03.2027`: the day comes first, and no month can be taken for a day. Empty for what is no date. */
export function shownDate(date: string, language: Language): string {
  const at = Date.parse(`${date}T00:00Z`);
  return Number.isNaN(at) ? '' : SHOWN[language].format(at);
}

/**
 * Day, month and year in this order with anything between them (or `2027-03-28`); the month may be a word. Without a year the next such
 * day from today on. Null: no date.
 */
export function typedDate(typed: string, today: string): string | null {
  const parts = typed.toLowerCase().match(/\d+|\p{L}+/gu) ?? [];
  const [first = '', second = '', third = ''] = parts.filter((part) => part !== 'г');
  if (first.length === 4) return realDate(first, monthOf(second), third);
  if (third !== '') return realDate(third.length === 2 ? `20${third}` : third, monthOf(second), first);
  const year = Number(today.slice(0, 4));
  const inYear = (of: number) => realDate(String(of), monthOf(second), first);
  const thisYear = inYear(year);
  return thisYear !== null && thisYear >= today ? thisYear : inYear(year + 1);
}

function monthOf(typed: string): string {
  const named = MONTHS.findIndex((name) => name.test(typed));
  return named < 0 ? typed : String(named + 1);
}

/** Null where a calendar has no such day. */
function realDate(year: string, month: string, day: string): string | null {
  if (!/^\d{4}$/.test(year) || !/^\d{1,2}$/.test(month) || !/^\d{1,2}$/.test(day)) return null;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = Date.parse(`${date}T00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(date) ? date : null;
}

/** So many days later; the same for what is no date. */
export function daysAfter(date: string, days: number): string {
  const at = Date.parse(`${date}T00:00Z`);
  return Number.isNaN(at) ? date : new Date(at + days * A_DAY_MS).toISOString().slice(0, 10);
}

/** `9`, `930`, `9.30`, `09:30`, `9:30 pm`. Null: no time. */
export function typedTime(typed: string): string | null {
  const found = /^(\d{1,2}?)[^\da-z]?(\d{2})?\s*([ap])?\.?(?:m\.?)?$/.exec(typed.trim().toLowerCase());
  if (found === null) return null;
  const [, hours = '', minutes = '00', half] = found;
  const hour = half === undefined ? Number(hours) : (Number(hours) % 12) + (half === 'p' ? 12 : 0);
  if (hour > 23 || Number(minutes) > 59 || (half !== undefined && Number(hours) > 12)) return null;
  return `${String(hour).padStart(2, '0')}:${minutes}`;
}

/** So many minutes later on the same day's clock; the same for what is no time. */
export function minutesAfter(time: string, minutes: number): string {
  const [hour, minute] = time.split(':').map(Number);
  if (hour === undefined || minute === undefined || Number.isNaN(hour + minute)) return time;
  const at = (hour * 60 + minute + minutes + A_DAY_MINUTES) % A_DAY_MINUTES;
  return `${String(Math.floor(at / 60)).padStart(2, '0')}:${String(at % 60).padStart(2, '0')}`;
}
