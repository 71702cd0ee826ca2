/** The order in which callers are served. */
import { describe, expect, test } from '@jest/globals';
import { type Waiting, WaitingLine } from '../../src/core/queue/waiting-line.js';
import fc from '../support/properties.js';

function lineOf(...waiting: readonly Waiting[]): WaitingLine {
  const line = new WaitingLine();
  for (const one of waiting) line.add(one);
  return line;
}
const caller = (callId: string, enteredAt: number, priority = 0): Waiting => ({ callId, enteredAt, priority });
const inLine = (line: WaitingLine) => [...line].map((waiting) => waiting.callId);

describe('the waiting line', () => {
  test('an empty line has no head, no longest wait, and nobody’s position', () => {
    const line = lineOf();
    expect([line.size, line.head(), line.longest(), line.position('a'), line.has('a')]).toEqual([
      0,
      null,
      null,
      null,
      false,
    ]);
    expect(line.remove('a')).toBe(false);
  });

  test('who came first is served first, however they were added', () => {
    const line = lineOf(caller('late', 30), caller('early', 10), caller('between', 20));
    expect(inLine(line)).toEqual(['early', 'between', 'late']);
    expect(line.position('between')).toBe(2);
  });

  test('a higher priority goes before everyone of a lower one, but the longest wait is still the oldest caller’s', () => {
    const line = lineOf(caller('early', 10), caller('vip', 20, 5), caller('unhurried', 5, -1));
    expect(inLine(line)).toEqual(['vip', 'early', 'unhurried']);
    expect(line.longest()).toBe(5);
  });

  test('callers of the same instant have a lasting order', () => {
    expect(inLine(lineOf(caller('b', 10), caller('a', 10)))).toEqual(['a', 'b']);
  });

  test('a caller whom no agent answered is back at the old place', () => {
    const line = lineOf(caller('a', 10), caller('b', 20), caller('c', 30));
    expect(line.remove('b')).toBe(true);
    expect(line.position('c')).toBe(2);
    line.add(caller('b', 20));
    expect(line.position('b')).toBe(2);
  });

  test('a caller given another priority moves, and is in line once', () => {
    const line = lineOf(caller('a', 10), caller('b', 20));
    line.add(caller('b', 20, 1));
    expect(inLine(line)).toEqual(['b', 'a']);
    expect(line.size).toBe(2);
  });
});

const sortedIds = (waiting: Iterable<Waiting>) =>
  [...waiting]
    .sort((a, b) => b.priority - a.priority || a.enteredAt - b.enteredAt || (a.callId < b.callId ? -1 : 1))
    .map((one) => one.callId);

test('in whatever order callers come and go, the line is the sorted list of those who wait', () => {
  const coming = fc.record({
    callId: fc.nat(40).map(String),
    enteredAt: fc.nat(5),
    priority: fc.integer({ min: -1, max: 1 }),
  });
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), coming), { maxLength: 120 }), (steps) => {
      const line = new WaitingLine();
      const model = new Map<string, Waiting>();
      for (const [comes, waiting] of steps) {
        if (comes) {
          line.add(waiting);
          model.set(waiting.callId, waiting);
        } else expect(line.remove(waiting.callId)).toBe(model.delete(waiting.callId));
      }
      const expected = sortedIds(model.values());
      expect(inLine(line)).toEqual(expected);
      expect(expected.map((id) => line.position(id))).toEqual(expected.map((_, index) => index + 1));
      expect(line.head()?.callId).toBe(expected[0]);
      const times = [...model.values()].map((waiting) => waiting.enteredAt);
      expect(line.longest()).toBe(times.length === 0 ? null : Math.min(...times));
    }),
  );
});

test('the order holds with thousands waiting, as they come and go', () => {
  const line = new WaitingLine();
  const model = new Map<string, Waiting>();
  for (let i = 0; i < 5_000; i += 1) {
    const waiting = caller(`call-${i}`, (i * 7_919) % 5_003, i % 3);
    line.add(waiting);
    model.set(waiting.callId, waiting);
  }
  for (let i = 0; i < 5_000; i += 2) {
    line.remove(`call-${i}`);
    model.delete(`call-${i}`);
  }
  const expected = sortedIds(model.values());
  expect(inLine(line)).toEqual(expected);
  expect(expected.map((id) => line.position(id))).toEqual(expected.map((_, index) => index + 1));
  for (const id of expected) line.remove(id);
  expect([line.size, line.head(), line.longest()]).toEqual([0, null, null]);
});
