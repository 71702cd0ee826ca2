/** Webhooks: which events one is for, and when it is tried again. */
import { expect, test } from '@jest/globals';
import { signature } from '../../src/app/webhooks/signature.js';
import { awayMs, MOST_ATTEMPTS, matchesType, webhookDelayMs } from '../../src/core/webhook/retry.js';
import fc from '../support/properties.js';

test('a webhook is for one event, for all of a kind, or for all', () => {
  expect(matchesType('*', 'call.ended')).toBe(true);
  expect(matchesType('call.*', 'call.ended')).toBe(true);
  expect(matchesType('call.ended', 'call.ended')).toBe(true);
  expect(matchesType('call.*', 'callback.due')).toBe(false);
  expect(matchesType('call.end', 'call.ended')).toBe(false);
});

test('the pauses double from five seconds to an hour, and the last attempt is about five hours after the first', () => {
  expect([1, 2, 3, 11, 14].map((attempts) => webhookDelayMs(attempts, 0.5))).toEqual([
    5_000, 10_000, 20_000, 3_600_000, 3_600_000,
  ]);
  const all = Array.from({ length: MOST_ATTEMPTS - 1 }, (_, index) => webhookDelayMs(index + 1, 0.5));
  expect(all.reduce((sum, each) => sum + each, 0) / 3_600_000).toBeCloseTo(5.42, 1);
});

test('a receiver that fails whatever it is told is left alone, longer each time, up to a minute', () => {
  expect([0, 7, 8, 9, 13, 14, 100].map(awayMs)).toEqual([0, 0, 1_000, 2_000, 32_000, 60_000, 60_000]);
});

test('chance moves an attempt by a fifth at most', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempts, chance) => {
      const middle = webhookDelayMs(attempts, 0.5);
      expect(Math.abs(webhookDelayMs(attempts, chance) - middle)).toBeLessThanOrEqual(middle / 5 + 1);
    }),
  );
});

test('the signature is over time and body', () => {
  // printf '1763812800.{"a":1}' | openssl dgst -sha256 -hmac whsec_test
  const signed = signature('whsec_test', '{"a":1}', 1_763_812_800_999);
  expect(signed).toBe('t=1763812800,v1=7f7804ee2261479d14e37666aeb4680aeedf83ce5a3d107292076b75cf0ef2b6');
});
