/** The figures of a queue's day. */
import { describe, expect, test } from '@jest/globals';
import type { CallEvent, CallEventBody } from '../../src/core/call/event.js';
import {
  averageWaitMs,
  countCallEvent,
  countersAt,
  newCounters,
  type QueueCounters,
  serviceLevel,
} from '../../src/core/queue/counters.js';
import fc from '../support/properties.js';

const DAY = 86_400_000;
const MORNING = 20_000 * DAY + 8 * 3_600_000;
const queueId = 'support';

const queued: CallEventBody = {
  type: 'call.queued',
  lineId: 'l1',
  queueId,
  enteredAt: MORNING,
  priority: 0,
  music: 'default',
  maxWaitAt: null,
};
const connected = (waitedMs: number): CallEventBody => ({
  type: 'call.connected',
  lineId: 'l1',
  legId: 'y',
  legIds: ['x', 'y'],
  agentId: 'anna',
  queueId,
  waitedMs,
});
const ended = (
  outcome: 'answered' | 'abandoned' | 'fallback' | 'lost' | 'turnedAway',
  talkedMs = 0,
): CallEventBody => ({
  type: 'call.ended',
  outcome,
  queueId,
  agentId: null,
  agentIds: [],
  waitedMs: 0,
  talkedMs,
});

function count(from: QueueCounters, ...events: readonly (readonly [number, CallEventBody])[]): QueueCounters {
  let seq = 0;
  return events.reduce((counters, [at, body]) => {
    seq += 1;
    const event: CallEvent = { ...body, callId: 'c', seq, at, v: 1 };
    return countCallEvent(counters, event, 20_000);
  }, from);
}

describe('a queue’s counters', () => {
  const none = newCounters(MORNING);

  test('before the first call there is no service level and no average', () => {
    expect([serviceLevel(none), averageWaitMs(none), none.talkMs]).toEqual([null, null, null]);
  });

  test('answers in time count for the service level, late ones and abandoned calls against it', () => {
    const day = count(
      none,
      [MORNING, queued],
      [MORNING, queued],
      [MORNING, queued],
      [MORNING, queued],
      [MORNING + 20_000, connected(20_000)],
      [MORNING + 40_000, connected(40_000)],
      [MORNING + 50_000, ended('abandoned')],
    );
    expect(day).toMatchObject({ offered: 4, answered: 2, abandoned: 1, answeredWithinServiceLevel: 1 });
    expect([serviceLevel(day), averageWaitMs(day)]).toEqual([0.25, 30_000]);
  });

  test('a call that Asterisk lost is counted apart', () => {
    const day = count(none, [MORNING, queued], [MORNING, ended('lost')]);
    expect(day).toMatchObject({ offered: 1, answered: 0, abandoned: 0, lost: 1 });
  });

  test('a caller who was turned away is counted apart, and was not offered', () => {
    const day = count(none, [MORNING, ended('turnedAway')]);
    expect(day).toMatchObject({ offered: 0, abandoned: 0, turnedAway: 1 });
    expect(serviceLevel(day)).toBeNull();
  });

  test('a call handed to the PBX’s own fallback is neither answered nor abandoned', () => {
    expect(count(none, [MORNING, queued], [MORNING, ended('fallback')])).toMatchObject({ answered: 0, abandoned: 0 });
  });

  test('the average of talk starts with the first call and follows the later ones slowly', () => {
    const first = count(none, [MORNING, ended('answered', 80_000)]);
    expect(first.talkMs).toBe(80_000);
    expect(count(first, [MORNING, ended('answered', 160_000)]).talkMs).toBe(90_000);
    expect(count(first, [MORNING, ended('abandoned')]).talkMs).toBe(80_000);
  });

  test('at midnight UTC the day begins at zero, but what is known of talk stays', () => {
    const day = count(none, [MORNING, queued], [MORNING, connected(1)], [MORNING, ended('answered', 80_000)]);
    const midnight = 20_001 * DAY;
    expect(countersAt(day, midnight - 1)).toEqual(day);
    expect(countersAt(day, midnight)).toEqual({ ...newCounters(midnight), talkMs: 80_000 });
    expect(count(day, [midnight, queued])).toMatchObject({ day: midnight, offered: 1, answered: 0 });
  });

  test('an event of before midnight that comes a little late does not bring yesterday back', () => {
    const today = count(newCounters(20_001 * DAY), [20_001 * DAY, queued], [20_001 * DAY - 5, queued]);
    expect(today).toMatchObject({ day: 20_001 * DAY, offered: 2 });
  });

  test('whatever happens, no figure is negative and the service level is a share', () => {
    const body = fc.oneof(
      fc.constant(queued),
      fc.nat(60_000).map(connected),
      fc.tuple(fc.constantFrom('answered', 'abandoned', 'fallback'), fc.nat(60_000)).map(([how, ms]) => ended(how, ms)),
    );
    const days = fc.array(fc.tuple(fc.nat(2 * DAY), body)).map((events) => events.sort(([a], [b]) => a - b));
    fc.assert(
      fc.property(days, (events) => {
        const end = count(none, ...events.map(([after, what]) => [MORNING + after, what] as const));
        for (const figure of Object.values(end)) expect(figure ?? 0).toBeGreaterThanOrEqual(0);
        expect(serviceLevel(end) ?? 0).toBeLessThanOrEqual(1);
      }),
    );
  });
});
