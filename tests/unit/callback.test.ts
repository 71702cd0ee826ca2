/** When a callback is dialled, tried again, and given up; what an agreed time means where clocks are changed. */
import { describe, expect, test } from '@jest/globals';
import { CALLBACK_DEFAULTS } from '../../src/app/callbacks/settings.js';
import { agreedTime, withinHours } from '../../src/app/callbacks/wall-clock.js';
import { type AttemptResult, begun, type Callback, ended, resultOf } from '../../src/core/callback/callback.js';
import { callback } from '../support/callback-scene.js';

const { retry } = CALLBACK_DEFAULTS;
const always = (at: number) => at;
const MINUTE_MS = 60_000;

function tried(...results: readonly AttemptResult[]): Callback {
  return results.reduce(
    (each, result, index) => ended(begun(each, `call-${index}`, 1_000), result, retry, 2_000, always),
    callback(),
  );
}

describe('after an attempt', () => {
  test.each([
    ['busy', 5],
    ['noAnswer', 30],
    ['hungUp', 15],
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
    const allowed = (at: number) => withinHours(at, 'Europe/Moscow', { from: 9, to: 21 });
    expect(ended(begun(callback(), 'c', late), 'noAnswer', retry, late, allowed).nextAt).toBe(nine);
  });
});

describe('how the call of an attempt ended', () => {
  const seen = (customerAnswered: boolean, agentFailed = false) => ({ customerAnswered, agentFailed });
  test.each([
    ['answered', seen(true), 'connected'],
    ['busy', seen(false), 'busy'],
    ['noAnswer', seen(false, true), 'agentDeclined'],
    ['cancelled', seen(true, true), 'hungUp'],
    ['cancelled', seen(false), 'agentDeclined'],
    ['fallback', seen(true), 'noAgent'],
    ['lost', seen(false), 'lost'],
  ] as const)('%s, %j: %s', (outcome, what, result) => {
    expect(resultOf(outcome, what)).toBe(result);
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
