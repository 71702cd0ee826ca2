/** When new callers are sent to the fallback: the bounds, what is counted, and what is told. */
import { describe, expect, test } from '@jest/globals';
import { Overload } from '../../src/app/overload.js';

function overload(load: { calls?: number; lagMs?: number; writeDelayMs?: number }) {
  const told: string[] = [];
  const now = { calls: 0, lagMs: 0, writeDelayMs: 0, ...load };
  const made = new Overload({
    mostCalls: 3,
    liveCalls: () => now.calls,
    lagMs: () => now.lagMs,
    writeDelayMs: () => now.writeDelayMs,
    log: {
      debug: () => {},
      info: (_details, message) => told.push(message),
      warn: (_details, message) => told.push(message),
      error: () => {},
    },
  });
  return { made, now, told };
}

describe('new callers are sent to the fallback', () => {
  test.each([
    [{ calls: 2, lagMs: 200, writeDelayMs: 1_900 }, null],
    [{ calls: 3 }, 'calls'],
    [{ lagMs: 300 }, 'eventLoop'],
    [{ writeDelayMs: 2_100 }, 'database'],
  ] as const)('%j: %s', (load, kind) => {
    const { made } = overload(load);
    expect(made.kind).toBe(kind);
    expect(made.problems()).toHaveLength(kind === null ? 0 : 1);
    expect(made.turnsAway()).toBe(kind !== null);
    expect(Object.values(made.turnedAway).reduce((sum, count) => sum + count)).toBe(kind === null ? 0 : 1);
  });

  test('every caller is counted, the log is told once at each end of it', () => {
    const { made, now, told } = overload({ calls: 3 });
    expect([made.turnsAway(), made.turnsAway()]).toEqual([true, true]);
    now.calls = 2;
    expect([made.turnsAway(), made.turnsAway()]).toEqual([false, false]);
    expect(made.turnedAway).toEqual({ calls: 2, eventLoop: 0, database: 0 });
    expect(told).toHaveLength(2);
  });
});
