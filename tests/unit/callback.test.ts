/** When a callback is dialled, tried again, and given up; what an agreed time means where clocks are changed. */
import { describe, expect, test } from '@jest/globals';
import { agreedTime, withinHours } from '../../src/app/callbacks/wall-clock.js';
import { type AttemptEnd, begun, type Callback, ended, sparedAgents } from '../../src/core/callback/callback.js';
import { type AttemptResult, resultOf } from '../../src/core/callback/result.js';
import { isTooFar, QUEUE_CALLBACK_RULE, WEEKDAYS } from '../../src/core/callback/rule.js';
import { callback } from '../support/callback-scene.js';

const RULE = QUEUE_CALLBACK_RULE;
const MINUTE_MS = 60_000;
const NINE_TO_NINE = [{ days: WEEKDAYS, from: '09:00', to: '21:00' }];
const end = (result: AttemptResult, more: Partial<AttemptEnd> = {}): AttemptEnd => ({
  ...{ result, now: 2_000, allowed: (at: number) => at, othersFree: false },
  ...more,
});

function tried(...results: readonly AttemptResult[]): Callback {
  return results.reduce(
    (each, result, index) => ended(begun(each, `call-${index}`, 1_000), RULE, end(result)),
    callback(),
  );
}

/** An agent of the queue is asked first, and declines. */
function declined(before: Callback, agentId: string, othersFree: boolean): Callback {
  return ended(begun(before, `call-${agentId}`, 1_000, agentId), RULE, end('agentDeclined', { othersFree }));
}

describe('after an attempt', () => {
  test.each([
    ['busy', 5],
    ['noAnswer', 30],
    ['rejected', 15],
    ['unavailable', 15],
    ['machine', 60],
    ['hungUp', 15],
    ['noAgent', 15],
    ['lost', 15],
    ['agentDeclined', 15],
  ] as const)('%s: it is tried again after %i minutes', (result, minutes) => {
    expect(tried(result)).toMatchObject({ state: 'scheduled', nextAt: 2_000 + minutes * MINUTE_MS });
  });

  test('a conversation: it is done', () => {
    expect(tried('busy', 'connected')).toMatchObject({ state: 'done', nextAt: null });
  });

  test('the last one in vain: it has failed, with all that was tried', () => {
    const failed = tried('busy', 'noAnswer', 'rejected');
    expect([failed.state, failed.attempts.map(({ result }) => result)]).toEqual([
      'failed',
      ['busy', 'noAnswer', 'rejected'],
    ]);
  });

  test('a number that does not exist is not tried again', () => {
    expect(tried('unknownNumber').state).toBe('failed');
  });

  test('not before the hour at which customers may be called', () => {
    const nine = Date.UTC(2026, 10, 24, 6);
    const late = Date.UTC(2026, 10, 23, 17, 50);
    const allowed = (at: number) => withinHours(at, 'Europe/Moscow', NINE_TO_NINE);
    expect(ended(begun(callback(), 'c', late), RULE, end('noAnswer', { now: late, allowed })).nextAt).toBe(nine);
  });

  test('the agent who was asked first declines while another is free: that one is asked at once', () => {
    const after = declined(callback(), 'anna', true);
    expect(after).toMatchObject({ state: 'scheduled', nextAt: 2_000 });
    expect([...sparedAgents(after, RULE, 2_001)]).toEqual(['anna']);
    expect([...sparedAgents(after, RULE, 2_000 + 15 * MINUTE_MS)]).toEqual([]);
  });

  test('all agents decline, one after the other: that was one attempt', () => {
    const first = declined(declined(callback(), 'anna', true), 'boris', false);
    expect(first.nextAt).toBe(2_000 + 15 * MINUTE_MS);
    const second = declined(declined(first, 'anna', true), 'boris', false);
    expect(second.state).toBe('scheduled');
    expect(declined(declined(second, 'anna', true), 'boris', false)).toMatchObject({ state: 'failed' });
  });

  test('nobody is asked by turns for ever', () => {
    const again = declined(declined(declined(callback(), 'anna', true), 'boris', true), 'anna', true);
    expect(again.nextAt).toBe(2_000 + 15 * MINUTE_MS);
  });
});

describe('how the call of an attempt ended', () => {
  const nothing = { customerAnswered: false, agentFailed: false, noAgent: false, machine: false };
  const there = { ...nothing, customerAnswered: true };
  test.each([
    ['answered', there, false, 'connected'],
    ['busy', nothing, false, 'busy'],
    ['busy', nothing, true, 'busy'],
    ['noAnswer', { ...nothing, agentFailed: true }, true, 'agentDeclined'],
    ['cancelled', { ...there, agentFailed: true }, false, 'hungUp'],
    ['cancelled', nothing, true, 'agentDeclined'],
    ['cancelled', nothing, false, 'noAnswer'],
    ['fallback', there, false, 'noAgent'],
    ['cancelled', { ...there, noAgent: true }, false, 'noAgent'],
    ['cancelled', { ...there, machine: true }, false, 'machine'],
    ['lost', nothing, false, 'lost'],
    ['lost', there, false, 'lost'],
  ] as const)('%s, %j, agent first: %s: %s', (outcome, seen, agentFirst, result) => {
    expect(resultOf(outcome, seen, agentFirst)).toBe(result);
  });
});

test.each([
  [30, false],
  [31, true],
] as const)('%i days ahead, of 30 at most: too far: %s', (days, isBeyond) => {
  expect(isTooFar({ ...RULE, furthestDays: 30 }, days * 86_400_000)).toBe(isBeyond);
});

describe('hours at which customers may be called', () => {
  const at = (zone: string, local: string) => agreedTime(local, zone)?.at ?? 0;
  test.each([
    ['Friday evening: Monday', '2026-11-27T18:00', '2026-11-30T09:00', ['mon', 'tue', 'wed', 'thu', 'fri']],
    ['within: now', '2026-11-27T17:59', '2026-11-27T17:59', ['fri']],
    ['a week later', '2026-11-27T18:00', '2026-12-04T09:00', ['fri']],
  ] as const)('%s', (_, now, next, days) => {
    const zone = 'Europe/Berlin';
    expect(withinHours(at(zone, now), zone, [{ days, from: '09:00', to: '18:00' }])).toBe(at(zone, next));
  });

  test('9 o’clock stays 9 o’clock when clocks go forward in the night, and when they go back', () => {
    const zone = 'Europe/Berlin';
    expect(withinHours(Date.UTC(2027, 2, 27, 21), zone, NINE_TO_NINE)).toBe(Date.UTC(2027, 2, 28, 7));
    expect(withinHours(Date.UTC(2026, 9, 24, 21), zone, NINE_TO_NINE)).toBe(Date.UTC(2026, 9, 25, 8));
  });

  test('hours that begin in the hour that is left out begin as much later', () => {
    const hours = [{ days: WEEKDAYS, from: '02:30', to: '05:00' }];
    expect(withinHours(Date.UTC(2027, 2, 28, 0), 'Europe/Berlin', hours)).toBe(Date.UTC(2027, 2, 28, 1, 30));
  });

  test('hours that begin in the hour that comes twice begin twice', () => {
    const hours = [{ days: WEEKDAYS, from: '02:30', to: '02:45' }];
    expect(withinHours(Date.UTC(2026, 9, 25, 0), 'Europe/Berlin', hours)).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(withinHours(Date.UTC(2026, 9, 25, 1), 'Europe/Berlin', hours)).toBe(Date.UTC(2026, 9, 25, 1, 30));
  });
});

describe('an agreed time', () => {
  test('means the clock on the wall there', () => {
    expect(agreedTime('2026-11-23T10:00', 'Asia/Vladivostok')).toEqual({
      at: Date.UTC(2026, 10, 23, 0),
      clockChange: 'none',
    });
  });

  test('in the hour that is left out when clocks go forward is as much later', () => {
    expect(agreedTime('2027-03-28T02:30', 'Europe/Berlin')).toEqual({
      at: Date.UTC(2027, 2, 28, 1, 30),
      clockChange: 'skipped',
    });
  });

  test('in the hour that comes twice is the first of the two', () => {
    expect(agreedTime('2026-10-25T02:30', 'Europe/Berlin')).toEqual({
      at: Date.UTC(2026, 9, 25, 0, 30),
      clockChange: 'twice',
    });
  });

  test.each(['2026-02-30T10:00', '2026-11-23T25:00', 'tomorrow'])('%s is none', (local) => {
    expect(agreedTime(local, 'Europe/Moscow')).toBeNull();
  });
});
