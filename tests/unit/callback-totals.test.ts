/** Figures about callbacks, from what is kept of each. */
import { expect, test } from '@jest/globals';
import { begun, type Callback } from '../../src/core/callback/callback.js';
import type { AttemptResult } from '../../src/core/callback/result.js';
import { figuresOf, totalsBy, totalsOf } from '../../src/core/callback/totals.js';
import { callback, DUE_AT } from '../support/callback-scene.js';

const MINUTE_MS = 60_000;

/** First tried so long after its time. */
function tried(delayMs: number, state: Callback['state'], results: readonly AttemptResult[], more = {}): Callback {
  const noted = results.reduce((each, _result, n) => begun(each, `call-${n}`, DUE_AT + delayMs), callback(more));
  const attempts = noted.attempts.map((each, n) => ({ ...each, result: results[n] ?? null }));
  return { ...noted, attempts, state };
}

const ALL = [
  tried(0, 'done', ['connected'], { clientCode: 'C-7' }),
  tried(30_000, 'done', ['busy', 'connected'], { queueId: null, agentId: 'anna' }),
  tried(5 * MINUTE_MS, 'done', ['connected']),
  tried(0, 'failed', ['busy', 'busy', 'noAnswer'], { queueId: 'service' }),
  callback({ state: 'missed' }),
  callback({ state: 'cancelled' }),
  callback({ state: 'closed' }),
  callback(),
].map(figuresOf);

test('what became of them, how many attempts were made and how they went', () => {
  expect(totalsOf(ALL, MINUTE_MS)).toMatchObject({
    ...{ scheduled: 8, open: 1, done: 3, doneOnTime: 2, failed: 1, missed: 1, cancelled: 1, closed: 1, attempts: 7 },
    results: { connected: 3, busy: 3, noAnswer: 1, lost: 0 },
  });
});

test('how late the first attempts were', () => {
  const { medianDelayMs, p95DelayMs } = totalsOf(ALL, MINUTE_MS);
  expect([medianDelayMs, p95DelayMs]).toEqual([0, 5 * MINUTE_MS]);
  expect(totalsOf([figuresOf(callback())], MINUTE_MS)).toMatchObject({ medianDelayMs: null, p95DelayMs: null });
});

test('a clock that was put back makes nothing early', () => {
  expect(figuresOf(tried(-MINUTE_MS, 'done', ['connected'])).delayMs).toBe(0);
});

test('by queue, agent and client code; those of none come last', () => {
  const counts = (by: Parameters<typeof totalsBy>[0]) =>
    totalsBy(by, ALL, MINUTE_MS).map(({ id, scheduled }) => [id, scheduled]);
  expect(counts('queueId')).toEqual([
    ['sales', 6],
    ['service', 1],
    [null, 1],
  ]);
  expect(counts('agentId')).toEqual([
    ['anna', 1],
    [null, 7],
  ]);
  expect(counts('clientCode')).toEqual([
    ['C-7', 1],
    [null, 7],
  ]);
});
