/** What a waiting caller is told, and whether the caller may wait at all. */
import { describe, expect, test } from '@jest/globals';
import type { SoundItem } from '../../src/core/call/state.js';
import { queueAnnouncement } from '../../src/core/queue/announcement.js';
import { mayWait } from '../../src/core/queue/empty-rule.js';
import { estimatedWaitMs } from '../../src/core/queue/estimate.js';
import type { EmptyRule } from '../../src/core/queue/settings.js';
import fc from '../support/properties.js';

const spoken = (items: readonly SoundItem[]) =>
  items.map((item) => ('name' in item ? item.name : item.value)).join(' ');
const told = (language: 'en' | 'ru', position: number | null, minutes: number | null) =>
  spoken(queueAnnouncement({ language, position, estimatedWaitMs: minutes === null ? null : minutes * 60_000 }));

describe('the place in line', () => {
  test.each(['en', 'ru'] as const)('%s: the next one, a number, or more than can be counted', (language) => {
    expect(told(language, 1, null)).toBe('queue-youarenext queue-thankyou');
    expect(told(language, 2, null)).toBe('queue-thereare 2 queue-callswaiting queue-thankyou');
    expect(told(language, 99, null)).toBe('queue-thereare 99 queue-callswaiting queue-thankyou');
    expect(told(language, 100, null)).toBe('queue-quantity1 99 queue-quantity2 queue-thankyou');
  });

  test('with nothing to say nothing is said', () => {
    expect(told('en', null, null)).toBe('');
    expect(told('ru', 0, null)).toBe('');
  });
});

describe('the estimated wait', () => {
  test.each([
    [0, 'queue-less-than 1 queue-minute'],
    [0.99, 'queue-less-than 1 queue-minute'],
    [1, '1 queue-minute'],
    [1.6, '2 queue-minutes'],
    [21, '21 queue-minutes'],
    [60, '60 queue-minutes'],
  ])('in English, %s minutes', (minutes, words) => {
    expect(told('en', null, minutes)).toBe(`queue-holdtime ${words} queue-thankyou`);
  });

  test.each([
    [0, 'queue-less-than 5 queue-minutes'],
    [1, 'queue-less-than 5 queue-minutes'],
    [4, 'queue-less-than 5 queue-minutes'],
    [5, '5 queue-minutes'],
    [10, '10 queue-minutes'],
    [12, '12 queue-minutes'],
    [21, 'queue-less-than 25 queue-minutes'],
    [27, '27 queue-minutes'],
  ])('in Russian, %s minutes, with numbers that the shipped word fits', (minutes, words) => {
    expect(told('ru', null, minutes)).toBe(`queue-holdtime ${words} queue-thankyou`);
  });

  test('more than an hour is not said, the place still is', () => {
    expect(told('en', 7, 75)).toBe('queue-thereare 7 queue-callswaiting queue-thankyou');
  });

  test('no number is ever said that Asterisk has no sounds for', () => {
    const language = fc.constantFrom('en' as const, 'ru' as const);
    fc.assert(
      fc.property(language, fc.nat(100_000), fc.nat(100_000_000), (lang, position, waitMs) => {
        for (const item of queueAnnouncement({ language: lang, position, estimatedWaitMs: waitMs })) {
          if (item.kind !== 'number') continue;
          expect(Number.isInteger(item.value) && item.value >= 1 && item.value <= 99).toBe(true);
        }
      }),
    );
  });
});

describe('the estimate', () => {
  test('third in line, four agents, calls of two minutes: a minute and a half', () => {
    expect(estimatedWaitMs({ position: 3, handlingMs: 120_000, agents: 4 })).toBe(90_000);
  });

  test('nothing is known before the first call, or with nobody serving', () => {
    expect(estimatedWaitMs({ position: 3, handlingMs: null, agents: 4 })).toBeNull();
    expect(estimatedWaitMs({ position: 3, handlingMs: 120_000, agents: 0 })).toBeNull();
  });
});

test.each<[EmptyRule, boolean, boolean, boolean]>([
  ['always', true, true, true],
  ['loggedIn', false, true, true],
  ['receiving', false, false, true],
])('%s: nobody logged in %s, all on a break %s, someone receiving calls %s', (rule, nobody, onBreak, receiving) => {
  expect(mayWait(rule, { loggedIn: 0, receiving: 0 })).toBe(nobody);
  expect(mayWait(rule, { loggedIn: 2, receiving: 0 })).toBe(onBreak);
  expect(mayWait(rule, { loggedIn: 2, receiving: 1 })).toBe(receiving);
});
