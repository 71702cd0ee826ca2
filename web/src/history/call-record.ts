/** Past calls as the tab shows and asks for them. Pure. */
import type { CallOutcome } from '../../../src/core/call/state.js';
import { dialableOf } from '../parts/telephone.js';

/** What `history.calls` answers. */
export interface CallRecord {
  readonly id: string;
  readonly direction: string;
  readonly fromNumber: string;
  readonly fromName: string;
  readonly dialled: string;
  readonly queueId: string | null;
  readonly agentId: string | null;
  readonly startedAt: number;
  readonly connectedAt: number | null;
  readonly endedAt: number | null;
  readonly outcome: string | null;
  readonly waitedMs: number | null;
  readonly talkedMs: number | null;
  readonly rating: number | null;
}

export type Direction = 'inbound' | 'outbound' | 'internal';
export type Period = 'today' | 'yesterday' | 'week' | 'month' | 'year';

export interface Filters {
  readonly period: Period;
  /** Empty: all of them. */
  readonly direction: Direction | '';
  readonly outcome: CallOutcome | '';
  readonly number: string;
  readonly tag: string;
}

export const NO_FILTERS: Filters = { period: 'week', direction: '', outcome: '', number: '', tag: '' };

/** How many of those that are hidden at first are set. */
export function filtersSet({ direction, outcome, tag }: Filters): number {
  return [direction, outcome, tag].filter((value) => value !== '').length;
}

const DAYS_BACK: Readonly<Record<Period, number>> = { today: 0, yesterday: 1, week: 6, month: 29, year: 364 };

/** By days on this computer's clock. */
export function periodOf(period: Period, now: number): { readonly since: number; readonly until?: number } {
  const since = midnight(now, DAYS_BACK[period]);
  return period === 'yesterday' ? { since, until: midnight(now, 0) } : { since };
}

/** What `history.calls` takes. */
export function filterInput(filters: Filters, now: number) {
  const { direction, outcome, tag } = filters;
  const number = numberSought(filters.number);
  return {
    ...periodOf(filters.period, now),
    ...(direction !== '' && { direction }),
    ...(outcome !== '' && { outcome }),
    ...(tag !== '' && { tag }),
    ...(number !== null && { number }),
  };
}

/** Numbers that begin so, as history writes them: Russian ones with +7, however they are typed. Null: nothing to seek. */
export function numberSought(typed: string): string | null {
  const bare = dialableOf(typed.trim());
  if (bare === null || bare === '*') return null;
  const national = /^(?:8|7|\+7)(\d{10})$/.exec(bare);
  return national === null ? `${bare}*` : `+7${national[1]}`;
}

/** The party that is not oneself: who called, or who was called. */
export function otherParty(
  { direction, fromNumber, fromName, dialled }: CallRecord,
  ownNumber: string | null,
): { readonly number: string; readonly name: string } {
  const made = direction === 'outbound' || (direction === 'internal' && fromNumber === ownNumber);
  return made ? { number: dialled, name: '' } : { number: fromNumber, name: fromName };
}

function midnight(now: number, daysBack: number): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  // By the calendar: days on which clocks are changed have another length.
  day.setDate(day.getDate() - daysBack);
  return day.getTime();
}
