/** Whom typed letters and digits mean; which keys are shortcuts; what the window's title says. */
import { describe, expect, test } from '@jest/globals';
import type { ColleagueState, ColleagueView, QueueView } from '../../src/app/view.js';
import { titleFor } from '../../web/src/calls/calling.js';
import { shortcutOf } from '../../web/src/calls/shortcut-keys.js';
import { choicesFor, dialled, type FoundContact, numberIn, whyNoNumber } from '../../web/src/calls/targets.js';

const colleague = (number: string, name: string, state: ColleagueState = 'free'): ColleagueView => ({
  ...{ id: `a${number}`, name, number, state, statusId: null },
});
const queue = (id: string, name: string) => ({ id, name }) as QueueView;
const irina: FoundContact = {
  ...{ id: 'c1', name: 'Irina Volkova', company: 'Volga' },
  numbers: [
    { number: '+79031112233', label: 'mobile' },
    { number: '+74951112233', label: '' },
  ],
};
const known = {
  colleagues: [
    colleague('102', 'Boris Orlov', 'busy'),
    colleague('103', 'Clara-Maria Orlova'),
    colleague('101', 'Anna'),
  ],
  queues: [queue('sales', 'Sales'), queue('help', 'Help desk')],
  contacts: [] as readonly FoundContact[],
};
const keys = (typed: string, more: Partial<typeof known> = {}) =>
  choicesFor(typed, { ...known, ...more }, 'a101').map(({ key }) => key);

describe('a typed number', () => {
  test('is taken as people write it', () => {
    expect(numberIn('+7 (903) 111-22-33')).toBe('+79031112233');
    expect(numberIn('*21#')).toBe('*21#');
  });

  test('is none with letters, with a plus inside, or too long; the reason is told for what looks like one', () => {
    expect([numberIn('10a'), whyNoNumber('10a')]).toEqual([null, null]);
    expect([numberIn('10+2'), whyNoNumber('10+2')]).toEqual([null, 'plusOnlyFirst']);
    expect([numberIn('1'.repeat(33)), whyNoNumber('1'.repeat(33))]).toEqual([null, 'tooLong']);
    expect([numberIn(''), whyNoNumber('')]).toEqual([null, null]);
    expect([numberIn('+'), whyNoNumber('+')]).toEqual([null, null]);
  });
});

describe('what is offered', () => {
  test('without anything typed: colleagues, those who are free first, and queues; not oneself', () => {
    expect(keys('')).toEqual(['agent/a103', 'agent/a102', 'queue/help', 'queue/sales']);
  });

  test('a typed number first, then whoever has it in theirs', () => {
    expect(keys('10')).toEqual(['number', 'agent/a103', 'agent/a102']);
  });

  test('whose number it is stands for the number', () => {
    expect(keys('102')).toEqual(['agent/a102']);
  });

  test('words that begin any word of a name, in any order', () => {
    expect(keys('orl bor')).toEqual(['agent/a102']);
    expect(keys('mar')).toEqual(['agent/a103']);
    expect(keys('desk')).toEqual(['queue/help']);
  });

  test('each number of a contact', () => {
    const found = choicesFor('irina', { ...known, contacts: [irina] }, 'a101');
    expect(found.map(({ name, number, detail }) => [name, number, detail])).toEqual([
      ['Irina Volkova', '+79031112233', 'mobile, Volga'],
      ['Irina Volkova', '+74951112233', 'Volga'],
    ]);
    expect(found.map(dialled)).toEqual(['+79031112233', '+74951112233']);
  });

  test('a new call is dialled by number: a colleague has one, a queue is none', () => {
    const byKey = new Map(choicesFor('', known, 'a101').map((each) => [each.key, dialled(each)]));
    expect(byKey.get('agent/a102')).toBe('102');
    expect(byKey.get('queue/sales')).toBeNull();
  });
});

describe('shortcuts', () => {
  const pressed = (code: string, more: object = {}) =>
    shortcutOf({ code, key: '', shiftKey: false, ctrlKey: false, altKey: false, metaKey: false, ...more });

  test('are told by the place of the key, so that a Russian layout has them too', () => {
    expect(pressed('KeyH', { key: 'р' })).toBe('hold');
    expect(pressed('KeyM')).toBe('mute');
    expect(pressed('Digit7', { key: '?', shiftKey: true })).toBe('help');
  });

  test('to hang up takes two keys, and those of the browser are left alone', () => {
    expect(pressed('KeyE')).toBeNull();
    expect(pressed('KeyE', { shiftKey: true })).toBe('hangUp');
    expect(pressed('KeyT', { ctrlKey: true })).toBeNull();
    expect(pressed('KeyH', { shiftKey: true })).toBeNull();
  });
});

test('the title names who calls, and how many', () => {
  const call = { key: 'k', title: 'Irina Volkova', body: '' };
  expect(titleFor([])).toBe('Ringmaster');
  expect(titleFor([call, { ...call, key: 'l', title: '102' }])).toBe('(2) ☎ Irina Volkova — Ringmaster');
});
