/** What digits pressed during a call mean: a sequence, its number, or nothing of ours. */
import { describe, expect, test } from '@jest/globals';
import {
  digitPressed,
  type KeyAction,
  NOTHING_TYPED,
  type Typed,
  type Typing,
  timeOver,
} from '../../src/core/option/matcher.js';
import type { Key, KeyTable, Option } from '../../src/core/option/option.js';
import fc from '../support/properties.js';

const BETWEEN_MS = 1_000;

function table(keys: Readonly<Record<string, Option['kind'] | Option>>): KeyTable {
  return { betweenDigitsMs: BETWEEN_MS, keys: Object.entries(keys).map(([sequence, what]) => keyOf(sequence, what)) };
}

function keyOf(sequence: string, what: Option['kind'] | Option): Key {
  const option = typeof what === 'string' ? ({ kind: what } as Option) : what;
  return { sequence, option, reserved: false };
}

/** Presses one digit after another; `.` is a pause in which the time runs out. */
class Phone {
  readonly actions: KeyAction[] = [];
  state: Typing = NOTHING_TYPED;
  #now = 0;

  constructor(readonly keys: KeyTable) {}

  press(digits: string): this {
    for (const digit of digits) {
      if (digit !== '.') this.#take(digitPressed(this.state, this.keys, digit, ++this.#now));
      else if (this.state.deadlineAt !== null) {
        this.#now = this.state.deadlineAt;
        this.#take(timeOver(this.state, this.keys, this.#now));
      }
    }
    return this;
  }

  /** Short: what was passed on as it is, what was run in brackets. */
  get told(): string {
    return this.actions.map(shown).join(' ');
  }

  #take({ state, actions }: Typed): void {
    this.state = state;
    this.actions.push(...actions);
  }
}

function shown(action: KeyAction): string {
  if (action.type === 'pass') return action.digits;
  const { sequence } = action.key;
  if (action.type === 'run') return action.number === null ? `[${sequence}]` : `[${sequence} ${action.number}]`;
  return action.type === 'ask' ? `[${sequence}?]` : `[${sequence} ${action.why}]`;
}

const heard = (keys: KeyTable, digits: string) => new Phone(keys).press(digits).told;

describe('a digit', () => {
  const keys = table({ '*1': 'hold', '*12': 'swap', '**': 'complete' });

  test.each([
    ['with which no sequence begins is passed on at once', '5', '5'],
    ['may be the first of a sequence: it is waited for the next', '*', ''],
    ['and nothing after it in time: it is passed on', '*.', '*'],
    ['and another that fits no sequence: both are passed on, in order', '*5', '*5'],
    ['that completes the only sequence runs it at once', '**', '[**]'],
    ['that completes one of two sequences waits for the longer one', '*1', ''],
    ['and time runs out: the shorter one is run', '*1.', '[*1]'],
    ['and the longer one follows: it is run alone', '*12', '[*12]'],
    ['and something else follows: the shorter one is run, the digit passed on', '*13', '[*1] 3'],
    ['of a sequence after one that was none is still looked at', '5*12', '5 [*12]'],
    ['and everything in a long row', '12**3*14*.', '1 2 [**] 3 [*1] 4 *'],
  ])('%s', (_what, digits, told) => {
    expect(heard(keys, digits)).toBe(told);
  });

  test('begins the time for the next one anew', () => {
    const first = digitPressed(NOTHING_TYPED, keys, '*', 100);
    expect(first.state.deadlineAt).toBe(100 + BETWEEN_MS);
    expect(digitPressed(first.state, keys, '1', 900).state.deadlineAt).toBe(900 + BETWEEN_MS);
  });

  test('is passed on where there are no keys', () => {
    expect(heard(table({}), '*#0')).toBe('* # 0');
  });
});

describe('a number', () => {
  const keys = table({ '#': { kind: 'transfer', number: null }, '*2': { kind: 'consult', number: '101' } });

  test.each([
    ['is asked for', '#', '[#?]'],
    ['ends with #', '#102#5', '[#?] [# 102] 5'],
    ['ends with a pause', '#102.5', '[#?] [# 102] 5'],
    ['is given up with *', '#*5', '[#?] [# cancelled] 5'],
    ['may have a * in it', '#1*2#', '[#?] [# 1*2]'],
    ['is given up when nothing is typed', '#.', '[#?] [# nothingTyped]'],
    ['is given up with # alone', '##', '[#?] [# nothingTyped]'],
    ['is not asked for where it is configured', '*2', '[*2]'],
    ['is no longer than a number can be', `#${'1'.repeat(33)}`, `[#?] [# ${'1'.repeat(32)}] 1`],
  ])('%s', (_what, digits, told) => {
    expect(heard(keys, digits)).toBe(told);
  });

  test('typed on at once belongs to the key that a longer one kept waiting', () => {
    const two = table({ '#': { kind: 'transfer', number: null }, '##': 'hold' });
    expect(heard(two, '#102#')).toBe('[#?] [# 102]');
    expect(heard(two, '##')).toBe('[##]');
  });
});

describe('for any keys and any digits', () => {
  const digits = fc.stringMatching(/^[0-9*#.]{0,24}$/);
  const sequence = fc.stringMatching(/^[0-2*#]{1,4}$/);
  const kinds = fc.constantFrom<Option>({ kind: 'hold' }, { kind: 'swap' }, { kind: 'tag', tag: 'x' });
  const tables = fc
    .uniqueArray(fc.tuple(sequence, kinds), { maxLength: 8, selector: ([one]) => one })
    .map((pairs) => table(Object.fromEntries(pairs)));

  test('each digit is part of a sequence that was run, or passed on, or still waits: once, and in order', () => {
    fc.assert(
      fc.property(tables, digits, (keys, pressed) => {
        const phone = new Phone(keys).press(pressed);
        const out = phone.actions
          .map((action) => (action.type === 'pass' ? action.digits : action.key.sequence))
          .join('');
        expect(out + phone.state.typed).toBe(pressed.replaceAll('.', ''));
      }),
    );
  });

  test('a digit with which no sequence begins is passed on at once when nothing waits', () => {
    fc.assert(
      fc.property(tables, digits, fc.constantFrom(...'0123456789*#'), (keys, before, digit) => {
        fc.pre(!keys.keys.some((key) => key.sequence.startsWith(digit)));
        const phone = new Phone(keys).press(`${before}...`);
        const { state, actions } = digitPressed(phone.state, keys, digit, 0);
        expect([state, actions]).toEqual([NOTHING_TYPED, [{ type: 'pass', digits: digit }]]);
      }),
    );
  });

  test('a sequence that is typed and not continued is run, and nothing else', () => {
    fc.assert(
      fc.property(tables, fc.nat(), (keys, which) => {
        fc.pre(keys.keys.length > 0);
        const sequenceTyped = keys.keys[which % keys.keys.length]?.sequence ?? '';
        expect(heard(keys, `${sequenceTyped}.`)).toBe(`[${sequenceTyped}]`);
      }),
    );
  });

  test('nothing waits longer than its time', () => {
    fc.assert(
      fc.property(tables, digits, (keys, pressed) => {
        const phone = new Phone(keys).press(pressed);
        expect(phone.state.typed === '').toBe(phone.state.deadlineAt === null);
        expect(phone.press('.').state).toEqual(NOTHING_TYPED);
      }),
    );
  });
});
