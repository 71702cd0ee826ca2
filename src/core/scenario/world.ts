/** What a scenario is told of the world: the call, the caller, the clock. Nothing in here is asked of anybody while it decides. */
import type { CallerQuestion, StepOf } from './scenario.js';
import type { Variables } from './variables.js';

/** The wall clock of a place. */
export interface LocalTime {
  /** 1 is Monday. */
  readonly weekday: number;
  /** Of the day. */
  readonly minute: number;
  /** `2026-11-22` */
  readonly date: string;
}

/** What contacts and the blacklist say of the caller. */
export interface CallerCard {
  readonly contactId: string | null;
  readonly name: string;
  readonly groupIds: readonly string[];
  readonly managerId: string | null;
  readonly blacklisted: boolean;
}

export const NOBODY: CallerCard = { contactId: null, name: '', groupIds: [], managerId: null, blacklisted: false };

export interface World {
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly timeIn: (zone: string) => LocalTime;
  readonly caller: CallerCard;
  /** Built-in variables of the call. */
  readonly facts: Variables;
}

export function isCaller({ is, groupId }: StepOf<'caller'>, caller: CallerCard): boolean {
  const answers: Readonly<Record<CallerQuestion, boolean>> = {
    contact: caller.contactId !== null,
    inGroup: groupId !== null && caller.groupIds.includes(groupId),
    blacklisted: caller.blacklisted,
    hasManager: caller.managerId !== null,
  };
  return answers[is];
}

/** Within the hours, and on no day of the calendar. What goes past midnight belongs to the day on which it began. */
export function isOpen(step: StepOf<'time'>, dates: readonly string[], { weekday, minute, date }: LocalTime): boolean {
  if (dates.includes(date) || dates.includes(date.slice(5))) return false;
  const yesterday = weekday === 1 ? 7 : weekday - 1;
  return step.hours.some(({ days, from, to }) => {
    if (from < to) return days.includes(weekday) && minute >= from && minute < to;
    return (days.includes(weekday) && minute >= from) || (days.includes(yesterday) && minute < to);
  });
}

export function holds(comparison: StepOf<'if'>['comparison'], value: string, other: string): boolean {
  switch (comparison) {
    case 'equals':
      return value === other;
    case 'differs':
      return value !== other;
    case 'contains':
      return value.includes(other);
    case 'startsWith':
      return value.startsWith(other);
    case 'atLeast':
      return isNumber(value) && isNumber(other) && Number(value) >= Number(other);
    case 'atMost':
      return isNumber(value) && isNumber(other) && Number(value) <= Number(other);
  }
}

function isNumber(text: string): boolean {
  return /^-?\d{1,15}(\.\d{1,15})?$/.test(text);
}
