/** Deadlines last as long as they are meant to, whatever is done to the clock on the wall meanwhile. */
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { Agents } from '../../src/app/agents.js';
import { Deadline } from '../../src/app/deadline.js';
import type { Agent } from '../../src/core/agent/state.js';
import { agentState } from '../support/journal-entries.js';

const START = 1_700_000_000_000;
const HOUR_MS = 3_600_000;
/** What somebody has put the clock forward by. */
let stepMs: number;
let mayPass: boolean;
const elapsed = () => performance.now();
const clock = { now: () => START + elapsed() + stepMs };

beforeEach(() => {
  jest.useFakeTimers({ now: 0 });
  stepMs = 0;
  mayPass = true;
});
afterEach(() => {
  jest.useRealTimers();
});

function deadline(): { readonly timer: Deadline; readonly passed: number[] } {
  const passed: number[] = [];
  const timer = new Deadline(
    clock,
    () => mayPass,
    (now) => passed.push(now),
  );
  return { timer, passed };
}

test.each([
  ['is left alone', 0],
  ['is put back by an hour', -HOUR_MS],
  ['is put forward by an hour', HOUR_MS],
])('the clock %s: twenty seconds are twenty seconds, and by then the moment has come', (_, step) => {
  const { timer, passed } = deadline();
  const at = clock.now() + 20_000;
  timer.set(at);
  jest.advanceTimersByTime(5_000);
  stepMs = step;
  // Something happens meanwhile, and the deadline stays as it was.
  timer.set(at);
  jest.advanceTimersByTime(14_999);
  expect(passed).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(passed).toHaveLength(1);
  expect(passed[0]).toBeGreaterThanOrEqual(at);
});

test('another deadline, or none, takes the place of the one before', () => {
  const { timer, passed } = deadline();
  timer.set(clock.now() + 1_000);
  timer.set(clock.now() + 3_000);
  jest.advanceTimersByTime(2_999);
  expect(passed).toEqual([]);
  timer.set(null);
  jest.advanceTimersByTime(HOUR_MS);
  expect(passed).toEqual([]);
});

test('time that does not count delays it; a month is longer than a timer can hold', () => {
  const { timer, passed } = deadline();
  mayPass = false;
  timer.set(clock.now() + 1_000);
  jest.advanceTimersByTime(5_500);
  mayPass = true;
  expect(passed).toEqual([]);
  jest.advanceTimersByTime(500);
  expect(passed).toHaveLength(1);
  timer.set(clock.now() + 30 * 24 * HOUR_MS);
  jest.advanceTimersByTime(30 * 24 * HOUR_MS - 1);
  expect(passed).toHaveLength(1);
  jest.advanceTimersByTime(1);
  expect(passed).toHaveLength(2);
});

test('the clock is put back by an hour during wrap-up: it ends at its time', () => {
  const changes: (string | undefined)[] = [];
  const quiet = () => undefined;
  const agents = new Agents({
    clock,
    journal: { append: async () => undefined } as never,
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    policy: () => ({ statuses: new Map(), statusAfterLogin: 'ready', missedLimit: 3 }) as never,
    listener: { changed: (_before, after) => changes.push(after.status?.id), published: quiet },
  });
  const session = { id: 's1', since: START };
  const status = { id: 'callHandling', since: START, setBy: 'system', blocking: false, until: START + 30_000 };
  agents.load([{ ...agentState('anna', 1), session, status: { ...status, next: 'ready' } } as unknown as Agent], []);
  jest.advanceTimersByTime(10_000);
  stepMs = -HOUR_MS;
  jest.advanceTimersByTime(19_999);
  expect(changes).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(changes[0]).toBe('ready');
});
