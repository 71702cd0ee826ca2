/** Moments as ISO 8601 with the offset of a time zone. */

const MINUTE_MS = 60_000;
/** Every zone's offset changes on a quarter of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;
/** Quarters remembered: calls come ordered by time, so few are asked for again. */
const REMEMBERED = 1_000;

/** True for names of the IANA time zone database that are known here. */
export function isZone(zone: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).format(0) !== '';
  } catch {
    return false;
  }
}

/** Writes moments in this zone, e.g. `2026-11-22T13:05:09.120+03:00`. */
export function zonedTime(zone: string): (instant: number) => string {
  const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  const known = new Map<number, number>();
  const offsetAt = (instant: number): number => {
    const quarter = Math.floor(instant / QUARTER_MS);
    const before = known.get(quarter);
    if (before !== undefined) return before;
    if (known.size >= REMEMBERED) known.clear();
    const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const offset = minutesOf(name);
    known.set(quarter, offset);
    return offset;
  };
  return (instant) => {
    const offset = offsetAt(instant);
    const local = new Date(instant + offset * MINUTE_MS).toISOString().slice(0, -1);
    const minutes = Math.abs(offset);
    return `${local}${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  };
}

/** `GMT+05:30`, or `GMT` alone. */
function minutesOf(name: string): number {
  const [, sign, hours, minutes] = /^GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  const size = Number(hours ?? 0) * 60 + Number(minutes ?? 0);
  return sign === '-' ? -size : size;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
