/** Where callbacks stand among the callers of their queue. */
import { expect, test } from '@jest/globals';
import { byTurn, isBefore, turnOf } from '../../src/core/callback/turn.js';
import { WaitingLine } from '../../src/core/queue/waiting-line.js';
import { callback, DUE_AT } from '../support/callback-scene.js';

const PLACE = { since: DUE_AT - 60_000, priority: 5 };

test('high before all who wait, low after all, medium as if having joined at the time agreed', () => {
  expect(turnOf(callback(), 3)).toEqual({ priority: 3, since: DUE_AT });
  const [high, low] = [turnOf(callback({ priority: 'high' }), 3), turnOf(callback({ priority: 'low' }), 3)];
  for (const priority of [-1_000, 0, 1_000]) {
    const caller = { priority, since: 0 };
    expect([isBefore(high, caller), isBefore(caller, low)]).toEqual([true, true]);
  }
});

test('a place that was kept is the same place: time and priority', () => {
  expect(turnOf(callback({ place: PLACE }), 3)).toEqual(PLACE);
});

test('called back, the customer stands where the customer stood, and is told the wait since the answer', () => {
  const line = new WaitingLine();
  const joined = (callId: string, enteredAt: number) => line.add({ callId, priority: 5, enteredAt });
  joined('before', PLACE.since - 1);
  joined('behind', PLACE.since + 1);
  joined('just now', DUE_AT);
  expect(line.countBefore(turnOf(callback({ place: PLACE }), 3))).toBe(1);
  line.add({ callId: 'called back', priority: 5, enteredAt: DUE_AT + 5, placeSince: PLACE.since });
  expect([...line].map(({ callId }) => callId)).toEqual(['before', 'called back', 'behind', 'just now']);
  expect(line.position('called back')).toBe(2);
  line.remove('before');
  // Who has waited longest is whoever waits on the line.
  expect(line.longest()).toBe(PLACE.since + 1);
});

test('the order of turns is the order of service', () => {
  const turns = [
    { priority: 0, since: 5 },
    { priority: 7, since: 9 },
    { priority: 0, since: 3 },
  ];
  expect([...turns].sort(byTurn).map(({ since }) => since)).toEqual([9, 3, 5]);
});
