// A page whose WebSocket has closed or does not answer during a call: gone, or only cut off? What is asked, how often, and what is told.
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
/** The agent has any. */
let calls: boolean;
let pages: VanishedPages;

beforeEach(() => {
  jest.useFakeTimers();
  [told, asked, packets, perLook, legs, calls] = [[], 0, 1_000, 0, [LEG], true];
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
    hasCalls: () => calls,
  });
});

afterEach(() => {
  pages.stop();
  jest.useRealTimers();
});

const looks = (count: number) => jest.advanceTimersByTimeAsync(count * LOOK_MS);

describe('the WebSocket closes', () => {
  test('and no voice comes any more: told at the second look, within a second, once', async () => {
    pages.lost('anna');
    await looks(0.9);
    expect(told).toEqual([]);
    await looks(0.1);
    expect(told).toEqual(['anna anna.1 silent']);
    await looks(10);
    expect(told).toHaveLength(1);
  });

  test('and voice comes on: nothing is told; with the WebSocket back nothing is asked any more', async () => {
    perLook = 37;
    pages.lost('anna');
    await looks(3);
    expect([told, asked]).toEqual([[], 4]);
    pages.back('anna');
    await looks(5);
    expect([told, asked]).toEqual([[], 5]);
  });

  test('and voice comes again after a while: told, and once more when it stops again', async () => {
    pages.lost('anna');
    await looks(3);
    perLook = 37;
    await looks(2);
    perLook = 0;
    await looks(2);
    expect(told).toEqual(['anna anna.1 silent', 'anna anna.1 heard', 'anna anna.1 silent']);
  });

  test('the WebSocket of a page that was loaded again is back: the former leg is silent nevertheless', async () => {
    pages.lost('anna');
    pages.back('anna');
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

describe('its WebSocket does not answer for a moment', () => {
  test('and answers again: two looks at the voice, and nothing is told', async () => {
    perLook = 37;
    pages.lost('anna');
    pages.back('anna');
    await looks(10);
    expect([told, asked]).toEqual([[], 2]);
  });

  test('the network is away for as long as that: told, and told again', async () => {
    pages.lost('anna');
    await looks(1);
    perLook = 37;
    pages.back('anna');
    await looks(10);
    expect([told, asked]).toEqual([['anna anna.1 silent', 'anna anna.1 heard'], 3]);
  });
});

describe('a page that has its WebSocket with the PBX itself', () => {
  const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1_000);

  test('is looked at once a second, as long as the agent has a call', async () => {
    perLook = 50;
    pages.talks('anna');
    pages.talks('anna');
    await seconds(100);
    expect([told, asked]).toEqual([[], 101]);
    [legs, calls] = [[], false];
    await seconds(10);
    expect(asked).toBe(101);
  });

  test('a call that comes over from the desk phone is looked at too', async () => {
    legs = [];
    pages.talks('anna');
    await seconds(5);
    expect(asked).toBe(0);
    legs = [LEG];
    await seconds(3);
    expect(told).toEqual(['anna anna.1 silent']);
  });

  test('a second without voice is nothing, two are silence; then voice is told', async () => {
    perLook = 50;
    pages.talks('anna');
    await seconds(2);
    perLook = 0;
    await seconds(1);
    perLook = 50;
    await seconds(1);
    expect(told).toEqual([]);
    perLook = 0;
    await seconds(2);
    expect(told).toEqual(['anna anna.1 silent']);
    await seconds(30);
    perLook = 50;
    await seconds(5);
    expect(told).toEqual(['anna anna.1 silent', 'anna anna.1 heard']);
  });
});

describe('what it costs', () => {
  test('nothing without a call, nor for those whose WebSocket is there', async () => {
    legs = [];
    pages.back('boris');
    pages.lost('anna');
    await looks(5);
    expect(asked).toBe(0);
  });

  test('no more than a few dozen questions, and none after the call', async () => {
    perLook = 37;
    pages.lost('anna');
    await looks(100);
    expect(asked).toBe(40);
    pages.lost('anna');
    await looks(1);
    legs = [];
    await looks(10);
    expect(asked).toBe(42);
  });

  test('closed several times: asked as if once', async () => {
    perLook = 37;
    for (let times = 0; times < 5; times += 1) pages.lost('anna');
    await looks(1);
    expect([told, asked]).toEqual([[], 2]);
  });

  test('Asterisk that does not answer says nothing about the page', async () => {
    packets = null;
    pages.lost('anna');
    await looks(5);
    expect(told).toEqual([]);
    packets = 7;
    await looks(1);
    expect(told).toEqual([]);
  });

  test('stopped: nothing more is asked', async () => {
    pages.lost('anna');
    pages.stop();
    await looks(3);
    expect([told, asked]).toEqual([[], 1]);
  });
});
