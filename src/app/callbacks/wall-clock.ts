/** The clock on the wall where the customer is: what an agreed time means, also when clocks are changed. */
import { DateTime, IANAZone } from 'luxon';
import type { Instant } from '../../core/call/state.js';

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

/** The same moment, or the next one between these hours there. Hours of a day: `from` < `to`. */
export function withinHours(at: Instant, zone: string, hours: { readonly from: number; readonly to: number }): Instant {
  const there = DateTime.fromMillis(at, { zone });
  if (there.hour >= hours.from && there.hour < hours.to) return at;
  const day = there.hour < hours.from ? there : there.plus({ days: 1 });
  return day.set({ hour: hours.from, minute: 0, second: 0, millisecond: 0 }).toMillis();
}
