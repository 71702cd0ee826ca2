// A page whose WebSocket has closed during a call: gone, or only cut off? What is asked, how often, and what is told.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { VanishedPages } from '../../src/app/browser-phone/vanished-pages.js';

const LOOK_MS = 750;
const LEG = 'anna.1';

let told: string[];
let asked: number;
let packets: number | null;
/** How many come between two looks. */
let perLook: number;
let legs: string[];
let pages: VanishedPages;

beforeEach(() => {
  jest.useFakeTimers();
  [told, asked, packets, perLook, legs] = [[], 0, 1_000, 0, [LEG]];
  pages = new VanishedPages({
    voice: {
      async packetsFrom() {
        asked += 1;
        if (packets !== null) packets += perLook;
        return packets;
      },
    },
    legsOf: () => legs,
    silent: (agentId, legId) => told.push(`${agentId} ${legId} silent`),
    heardAgain: (agentId, legId) => told.push(`${agentId} ${legId} heard`),
    lookMs: LOOK_MS,
  });
});

afterEach(() => {
  pages.stop();
  jest.useRealTimers();
});

const looks = (count: number) => jest.advanceTimersByTimeAsync(count * LOOK_MS);

describe('the WebSocket closes', () => {
  test('and no voice comes any more: told at the second look, within two seconds, once', async () => {
    pages.closed('anna');
    await looks(1);
    expect(told).toEqual([]);
    await looks(1);
    expect(told).toEqual(['anna anna.1 silent']);
    expect(2 * LOOK_MS).toBeLessThan(2_000);
    await looks(10);
    expect(told).toHaveLength(1);
  });

  test('and voice comes on: nothing is told; with the WebSocket back nothing is asked any more', async () => {
    perLook = 37;
    pages.closed('anna');
    await looks(4);
    expect([told, asked]).toEqual([[], 4]);
    pages.opened('anna');
    await looks(5);
    expect([told, asked]).toEqual([[], 5]);
  });

  test('and voice comes again after a while: told, and once more when it stops again', async () => {
    pages.closed('anna');
    await looks(3);
    perLook = 37;
    await looks(2);
    perLook = 0;
    await looks(2);
    expect(told).toEqual(['anna anna.1 silent', 'anna anna.1 heard', 'anna anna.1 silent']);
  });

  test('the WebSocket of a page that was loaded again is back: the former leg is silent nevertheless', async () => {
    pages.closed('anna');
    pages.opened('anna');
    await looks(2);
    expect(told).toEqual(['anna anna.1 silent']);
    // The new page has the call on a leg of its own.
    legs = ['anna.2'];
    perLook = 37;
    await looks(2);
    expect(told).toHaveLength(1);
    const before = asked;
    await looks(5);
    expect(asked).toBe(before);
  });
});

describe('what it costs', () => {
  test('nothing without a call, nor for those whose WebSocket is there', async () => {
    legs = [];
    pages.opened('boris');
    pages.closed('anna');
    await looks(5);
    expect(asked).toBe(0);
  });

  test('no more than a few dozen questions, and none after the call', async () => {
    perLook = 37;
    pages.closed('anna');
    await looks(100);
    expect(asked).toBe(40);
    pages.closed('anna');
    await looks(2);
    legs = [];
    await looks(10);
    expect(asked).toBe(42);
  });

  test('closed several times: asked as if once', async () => {
    for (let times = 0; times < 5; times += 1) pages.closed('anna');
    await looks(1);
    expect(asked).toBe(1);
  });

  test('Asterisk that does not answer says nothing about the page', async () => {
    packets = null;
    pages.closed('anna');
    await looks(5);
    expect(told).toEqual([]);
    packets = 7;
    await looks(1);
    expect(told).toEqual([]);
  });

  test('stopped: nothing is asked', async () => {
    pages.closed('anna');
    pages.stop();
    await looks(3);
    expect(asked).toBe(0);
  });
});
