/** Callers who are sent to the fallback are in the history, and cost little just when there is too much to do. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { EventStream } from '../../src/app/event-stream.js';
import { Overload, type OverloadPorts } from '../../src/app/overload.js';
import type { Arrival } from '../../src/app/phone-system.js';
import type { JournalEntry } from '../../src/app/ports.js';
import { TurnedAway, WAITING_AT_MOST } from '../../src/app/turned-away.js';
import type { Onward } from '../../src/core/call/state.js';
import { CUSTOMER, customerCalls, toQueue } from '../support/call-fixtures.js';

const SECOND = 1_000;

let load: { calls: number; writeDelayMs: number };
let now: number;
let journal: 'well' | 'away';
let entries: JournalEntry[];
let warnings: object[];
let counted: unknown[];
let told: unknown[];
let changedQueues: string[];
let onward: Onward;
let turnedAway: TurnedAway;

beforeEach(() => {
  jest.useFakeTimers();
  load = { calls: 1, writeDelayMs: 0 };
  now = 50_000;
  journal = 'well';
  onward = toQueue();
  [entries, warnings, counted, told, changedQueues] = [[], [], [], [], []];
  turnedAway = new TurnedAway(ports());
});
afterEach(() => {
  turnedAway.stop();
  jest.useRealTimers();
});

function ports(): ConstructorParameters<typeof TurnedAway>[0] {
  const log = { debug: () => {}, info: () => {}, warn: (what: object) => void warnings.push(what), error: () => {} };
  const bounds: OverloadPorts = {
    mostCalls: 1,
    liveCalls: () => load.calls,
    lagMs: () => 0,
    writeDelayMs: () => load.writeDelayMs,
    log: { ...log, warn: () => {} },
  };
  const stream = new EventStream(log);
  stream.listen((event) => told.push(event.type));
  return {
    overload: new Overload(bounds),
    journal: {
      append: async (entry) => {
        if (journal === 'away') throw new Error('away');
        entries.push(entry);
      },
      claim: async () => true,
      release: async () => {},
      drain: async () => {},
    },
    clock: { now: () => now },
    log,
    stream,
    receive: ({ waitingSince }) => customerCalls(onward, 'caller', waitingSince ?? undefined),
    dispatcher: { count: (events) => void counted.push(...events.map(({ type }) => type)) },
    queueChanged: (id) => changedQueues.push(id),
  };
}

const arrival = (callId: string, waitingSince: number | null = null): Arrival => ({
  ...{
    callId,
    legId: callId,
    entrance: 'trunk',
    endpoint: 'PJSIP/trunk',
    from: CUSTOMER,
    dialled: '5000',
    waitingSince,
  },
});
const passes = (ms: number) => jest.advanceTimersByTimeAsync(ms);
const written = () => entries.map(({ id }) => id);

describe('a caller who is turned away', () => {
  test('is counted at once and written within a second, whole and over, under the queue of the number', async () => {
    expect(turnedAway.turnsAway(arrival('c1', 20_000))).toBe(true);
    expect(counted).toEqual(['call.started', 'call.ended']);
    expect(changedQueues).toEqual(['sales']);
    expect(entries).toEqual([]);
    await passes(SECOND);
    expect(entries).toMatchObject([
      {
        id: 'c1',
        over: true,
        events: [
          { seq: 1, at: 50_000, type: 'call.started', from: CUSTOMER, dialled: '5000', leg: null },
          { seq: 2, at: 50_000, type: 'call.ended', outcome: 'turnedAway', queueId: 'sales', waitedMs: 30_000 },
        ],
      },
    ]);
    expect(told).toEqual(['call.started', 'call.ended']);
  });

  test('to a number that leads to no queue is in the history all the same', async () => {
    onward = { kind: 'nowhere', reason: 'fallback' };
    turnedAway.turnsAway(arrival('c1'));
    await passes(SECOND);
    expect(entries).toMatchObject([{ events: [{}, { outcome: 'turnedAway', queueId: null, waitedMs: 0 }] }]);
    expect(changedQueues).toEqual([]);
  });

  test('seen twice before it has left us is one caller', async () => {
    expect([turnedAway.turnsAway(arrival('c1')), turnedAway.turnsAway(arrival('c1'))]).toEqual([true, true]);
    await passes(SECOND);
    expect(written()).toEqual(['c1']);
    expect(counted).toHaveLength(2);
  });

  test('is none while there is room', async () => {
    load.calls = 0;
    expect(turnedAway.turnsAway(arrival('c1'))).toBe(false);
    await passes(SECOND);
    expect(entries).toEqual([]);
  });
});

describe('many of them', () => {
  const come = (count: number) => {
    for (let each = 0; each < count; each += 1) turnedAway.turnsAway(arrival(`c${each}`));
  };

  test('are written a portion each second', async () => {
    come(450);
    await passes(SECOND);
    expect(entries).toHaveLength(200);
    await passes(SECOND);
    expect(entries).toHaveLength(400);
    await passes(SECOND);
    expect(entries).toHaveLength(450);
  });

  test('wait while the database is too slow, and are written when it is back', async () => {
    load.writeDelayMs = 3_000;
    come(3);
    await passes(10 * SECOND);
    expect(entries).toEqual([]);
    load.writeDelayMs = 0;
    await passes(SECOND);
    expect(entries).toHaveLength(3);
  });

  test('are handed in when the service stops', () => {
    come(450);
    turnedAway.stop();
    expect(entries).toHaveLength(450);
  });

  test('more than memory allows: they are turned away, and it is said how many are missing', async () => {
    load.writeDelayMs = 3_000;
    come(WAITING_AT_MOST + 2);
    expect(counted).toHaveLength(2 * (WAITING_AT_MOST + 2));
    load.writeDelayMs = 0;
    await passes(SECOND);
    expect(warnings).toEqual([{ calls: 2 }]);
  });

  test('that cannot be written are told of', async () => {
    journal = 'away';
    come(2);
    await passes(SECOND);
    await passes(0);
    turnedAway.stop();
    expect(warnings).toEqual([{ calls: 2 }]);
  });
});
