/**
 * What the digits that somebody presses mean, one after another: the start of a key sequence, the sequence itself, the number that belongs
 * to it, or nothing of ours: then the other party is to have them, each once and in order.
 *
 *          a digit with which no sequence begins: passed on
 *          ┌────┐
 *          ▼    │
 *         idle ─┴─► typing ──► a sequence, and none is longer: run, or asked for its number
 *          ▲           │
 *          │           │ another digit than any sequence has, or no digit in time: the longest sequence that was typed is run,
 *          │           ▼ and without one the first digit is passed on; what was typed after it is looked at again
 *          └─────── asking ──► the key #, a pause after a digit: run with the number; no digit at all, or *: given up
 */
import { asksForNumber, type Key, type KeyTable } from './option.js';

export type KeyAction =
  /** Nothing of ours: for the other party. */
  | { readonly type: 'pass'; readonly digits: string }
  /** `number`: as typed, for a key that asks for one. */
  | { readonly type: 'run'; readonly key: Key; readonly number: string | null }
  /** The number is asked for. */
  | { readonly type: 'ask'; readonly key: Key }
  | { readonly type: 'giveUp'; readonly key: Key; readonly why: 'cancelled' | 'nothingTyped' };

export interface Typing {
  /** Digits that may become a sequence. */
  readonly typed: string;
  /** The key whose number is being typed, and what there is of it. */
  readonly asking: { readonly key: Key; readonly number: string } | null;
  /** When the time for the next digit is over. */
  readonly deadlineAt: number | null;
}

export interface Typed {
  readonly state: Typing;
  readonly actions: readonly KeyAction[];
}

export const NOTHING_TYPED: Typing = { typed: '', asking: null, deadlineAt: null };

/** The prompt is heard meanwhile. */
const FIRST_DIGIT_MS = 10_000;
/** A pause ends a number. */
const NUMBER_PAUSE_MS = 4_000;
const LONGEST_NUMBER = 32;

/** A digit was pressed. */
export function digitPressed(state: Typing, table: KeyTable, digit: string, now: number): Typed {
  return state.asking === null
    ? matched(state.typed + digit, table, false, now)
    : numberDigit(state.asking, digit, now);
}

/** No digit came in time. */
export function timeOver(state: Typing, table: KeyTable, now: number): Typed {
  const { asking } = state;
  if (asking === null) return matched(state.typed, table, true, now);
  const action: KeyAction =
    asking.number === ''
      ? { type: 'giveUp', key: asking.key, why: 'nothingTyped' }
      : { type: 'run', key: asking.key, number: asking.number };
  return { state: NOTHING_TYPED, actions: [action] };
}

function matched(digits: string, table: KeyTable, isTimeOver: boolean, now: number): Typed {
  const actions: KeyAction[] = [];
  let rest = digits;
  while (rest !== '') {
    const begun = table.keys.filter(({ sequence }) => sequence.startsWith(rest));
    const mayGrow = begun.some(({ sequence }) => sequence !== rest);
    if (mayGrow && !isTimeOver) {
      const deadlineAt = now + table.betweenDigitsMs;
      return { state: { typed: rest, asking: null, deadlineAt }, actions: joined(actions) };
    }
    const key = longest(table, rest);
    if (key === null) actions.push({ type: 'pass', digits: rest.slice(0, 1) });
    else actions.push(asksForNumber(key.option) ? { type: 'ask', key } : { type: 'run', key, number: null });
    rest = rest.slice(key === null ? 1 : key.sequence.length);
    if (key !== null && asksForNumber(key.option)) return asked(key, rest, joined(actions), now);
  }
  return { state: NOTHING_TYPED, actions: joined(actions) };
}

function longest(table: KeyTable, digits: string): Key | null {
  let found: Key | null = null;
  for (const key of table.keys) {
    if (digits.startsWith(key.sequence) && key.sequence.length > (found?.sequence.length ?? 0)) found = key;
  }
  return found;
}

/** What was typed on belongs to the number. */
function asked(key: Key, digits: string, actions: readonly KeyAction[], now: number): Typed {
  let result: Typed = { state: { typed: '', asking: { key, number: '' }, deadlineAt: now + FIRST_DIGIT_MS }, actions };
  for (const digit of digits) {
    if (result.state.asking === null) break;
    const next = numberDigit(result.state.asking, digit, now);
    result = { state: next.state, actions: [...result.actions, ...next.actions] };
  }
  return result;
}

function numberDigit({ key, number }: { readonly key: Key; readonly number: string }, digit: string, now: number) {
  const end = (action: KeyAction): Typed => ({ state: NOTHING_TYPED, actions: [action] });
  if (number === '' && digit === '*') return end({ type: 'giveUp', key, why: 'cancelled' });
  if (number === '' && digit === '#') return end({ type: 'giveUp', key, why: 'nothingTyped' });
  if (digit === '#') return end({ type: 'run', key, number });
  const longer = number + digit;
  if (longer.length >= LONGEST_NUMBER) return end({ type: 'run', key, number: longer });
  const state: Typing = { typed: '', asking: { key, number: longer }, deadlineAt: now + NUMBER_PAUSE_MS };
  return { state, actions: [] };
}

/** Digits passed on one after another are passed on together. */
function joined(actions: readonly KeyAction[]): readonly KeyAction[] {
  const result: KeyAction[] = [];
  for (const action of actions) {
    const last = result.at(-1);
    if (action.type === 'pass' && last?.type === 'pass') {
      result.splice(-1, 1, { type: 'pass', digits: last.digits + action.digits });
    } else result.push(action);
  }
  return result;
}
