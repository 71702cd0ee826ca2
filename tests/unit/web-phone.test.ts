// The pure parts of the phone in the page.
import { beforeEach, describe, expect, test } from '@jest/globals';
import { kept } from '../../web/src/phone/choices.js';
import { levelOf } from '../../web/src/phone/level.js';
import { lookAt, qualityBetween } from '../../web/src/phone/quality.js';
import { ringSamples } from '../../web/src/phone/ring-tone.js';
import {
  answersItself,
  backoffMs,
  failureOf,
  failureOfClose,
  isPong,
  pingMessage,
} from '../../web/src/phone/sip-words.js';
import { createTabLock, type Locks } from '../../web/src/phone/tab-lock.js';

describe('the connection', () => {
  test('is made again at once, and more and more patiently', () => {
    expect([0, 1, 2, 3, 4, 20].map(backoffMs)).toEqual([0, 0, 500, 1_000, 2_000, 10_000]);
  });

  test('is given up only where another try is in vain', () => {
    expect(failureOf('noDevice')).toBe('noDevice');
    expect(failureOf('notLoggedIn')).toBe('ended');
    for (const code of ['disconnected', 'noAnswer', 'phoneSystemUnavailable', 'changedMeanwhile'])
      expect(failureOf(code)).toBeNull();
    expect([4001, 4002, 1001, 1006, 1012, 1013].map(failureOfClose)).toEqual([
      'takenOver',
      'ended',
      null,
      null,
      null,
      null,
    ]);
  });

  test('is asked whether anybody is there, and knows the answer, whatever it is', () => {
    expect(pingMessage()).toMatch(/^OPTIONS sip:ringmaster SIP\/2\.0\r\n[\s\S]*\r\n\r\n$/);
    expect(pingMessage()).not.toBe(pingMessage());
    for (const status of ['200 OK', '401 Unauthorized', '404 Not Found'])
      expect(isPong(`SIP/2.0 ${status}\r\nCall-ID: ringmaster-ping\r\n\r\n`)).toBe(true);
    expect(isPong('SIP/2.0 200 OK\r\nCall-ID: another\r\n\r\n')).toBe(false);
    expect(isPong(pingMessage())).toBe(false);
  });
});

test('a call that answers itself says so as desk phones know it', () => {
  expect(answersItself('<sip:ringmaster>;answer-after=0', undefined)).toBe(true);
  expect(answersItself(undefined, 'info=alert-autoanswer')).toBe(true);
  expect(answersItself('<sip:ringmaster>;answer-after=10', 'info=ring')).toBe(false);
  expect(answersItself(undefined, undefined)).toBe(false);
});

describe('how good a call sounds', () => {
  const look = (received: number, lost: number, jitterMs = 5, roundTripMs: number | null = 20) => ({
    ...{ received, lost, jitterMs, roundTripMs },
  });

  test.each([
    ['nothing lost', look(200, 0), 'good'],
    ['a few packets', look(194, 6), 'fair'],
    ['many packets', look(170, 30), 'poor'],
    ['uneven', look(200, 0, 50), 'fair'],
    ['far away', look(200, 0, 5, 700), 'poor'],
    ['a browser that does not know how far', look(200, 0, 5, null), 'good'],
  ])('%s', (_what, after, level) => {
    expect(qualityBetween(look(100, 0), { ...after, received: after.received + 100 })?.level).toBe(level);
  });

  test('nothing is said while nothing comes', () => {
    expect(qualityBetween(look(100, 3), look(100, 3))).toBeNull();
  });

  test('is read from what the browser counts', () => {
    const report = [
      { type: 'inbound-rtp', packetsReceived: 100, packetsLost: 2, jitter: 0.012 },
      { type: 'candidate-pair', nominated: false, currentRoundTripTime: 9 },
      { type: 'candidate-pair', nominated: true, currentRoundTripTime: 0.034 },
    ];
    expect(lookAt(report)).toEqual({ received: 100, lost: 2, jitterMs: 12, roundTripMs: 34 });
    expect(lookAt([{ type: 'outbound-rtp' }, null])).toBeNull();
  });
});

test('how loud the microphone is', () => {
  expect(levelOf(new Float32Array(1_024))).toBe(0);
  expect(levelOf(new Float32Array(1_024).fill(1))).toBe(1);
  const half = levelOf(new Float32Array(1_024).fill(0.0316));
  expect(half).toBeGreaterThan(0.45);
  expect(half).toBeLessThan(0.55);
});

test('it rings for a second of four, softly at the edges, never too loud', () => {
  const samples = ringSamples(8_000);
  expect(samples).toHaveLength(32_000);
  expect(samples.reduce((most, each) => Math.max(most, Math.abs(each)), 0)).toBeLessThanOrEqual(1);
  expect(Math.abs(samples[1] ?? 1)).toBeLessThan(0.01);
  expect(samples.slice(8_000).every((each) => each === 0)).toBe(true);
  expect(samples.slice(0, 8_000).some((each) => Math.abs(each) > 0.5)).toBe(true);
});

test('what the browser keeps is believed only as far as it is sound', () => {
  const usual = {
    choice: { microphone: '', speaker: '', ring: '' },
    autoAnswer: false,
    ringVolume: 0.5,
    ringHere: false,
    wanted: false,
  };
  for (const text of [null, '', 'null', '7', '{"choice":7,"ringVolume":"x","wanted":1}'])
    expect(kept(text)).toEqual(usual);
  const chosen = {
    choice: { microphone: 'm', speaker: 's', ring: 'r' },
    autoAnswer: true,
    ringVolume: 0.2,
    ringHere: true,
    wanted: true,
  };
  expect(kept(JSON.stringify(chosen))).toEqual(chosen);
  expect(kept('{"ringVolume":9}').ringVolume).toBe(1);
});

describe('one tab is the phone', () => {
  let locks: FakeLocks;
  beforeEach(() => {
    locks = new FakeLocks();
  });
  const lock = () => createTabLock('phone', locks);
  const noLoss = () => undefined;

  test('the next has it when the first goes', async () => {
    const [one, two] = [lock(), lock()];
    await one.wait(noLoss);
    let second = false;
    const waiting = two.wait(noLoss).then(() => {
      second = true;
    });
    await locks.settle();
    expect(second).toBe(false);
    one.leave();
    await waiting;
    expect(second).toBe(true);
  });

  test('one that takes it has it at once, and the other is told', async () => {
    const [one, two] = [lock(), lock()];
    let lost = 0;
    await one.wait(() => {
      lost += 1;
    });
    await two.take(noLoss);
    await locks.settle();
    expect(lost).toBe(1);
  });

  test('one that has gone does not get it any more', async () => {
    const [one, two, three] = [lock(), lock(), lock()];
    await one.wait(noLoss);
    let second = false;
    void two.wait(noLoss).then(() => {
      second = true;
    });
    const third = three.wait(noLoss);
    two.leave();
    one.leave();
    await third;
    expect(second).toBe(false);
  });
});

/** The browser's locks, for one name: first come, first served; stealing; giving up. */
class FakeLocks implements Locks {
  #holder: { lose: (error: Error) => void } | null = null;
  #queue: (() => void)[] = [];

  request(_name: string, options: Parameters<Locks['request']>[1], held: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = () => {
        const holder = { lose: reject };
        this.#holder = holder;
        void held().then(() => {
          if (this.#holder === holder) this.#next();
          resolve();
        });
      };
      options.signal?.addEventListener('abort', () => {
        this.#queue = this.#queue.filter((each) => each !== begin);
        reject(new Error('given up'));
      });
      if (options.steal === true) {
        this.#holder?.lose(new Error('stolen'));
        begin();
      } else if (this.#holder === null) begin();
      else this.#queue.push(begin);
    });
  }

  async settle(): Promise<void> {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  }

  #next(): void {
    this.#holder = null;
    this.#queue.shift()?.();
  }
}
