/** What is done about a callback whose time has come; and what may never be. */
import { describe, expect, test } from '@jest/globals';
import { withinHours } from '../../src/app/callbacks/wall-clock.js';
import { begun, type Callback, ended, triesOf } from '../../src/core/callback/callback.js';
import { type DueStep, dueStep, type Takers } from '../../src/core/callback/due.js';
import { ATTEMPT_RESULTS } from '../../src/core/callback/result.js';
import {
  type CallbackHours,
  PERSONAL_CALLBACK_RULE,
  type PersonalCallbackRule,
  QUEUE_CALLBACK_RULE,
  WEEKDAYS,
} from '../../src/core/callback/rule.js';
import { callback, DUE_AT } from '../support/callback-scene.js';
import fc from '../support/properties.js';

const MINUTE_MS = 60_000;
const OPEN = { openFrom: 0, meantOpen: true };
const personal = callback({ queueId: null, agentId: 'anna' });
const queue = (first: string | null | undefined): Takers => ({ kind: 'queue', rule: QUEUE_CALLBACK_RULE, first });
const RULE: PersonalCallbackRule = {
  ...PERSONAL_CALLBACK_RULE,
  away: {
    loggedOut: { waitMs: 5 * MINUTE_MS, queueId: 'sales' },
    notReady: { waitMs: 10 * MINUTE_MS, queueId: null },
    busy: { waitMs: 0, queueId: 'service' },
  },
};
const agent = (now: 'free' | 'called' | 'loggedOut' | 'notReady' | 'busy'): Takers => ({
  kind: 'agent',
  rule: RULE,
  agent: now,
});

function stepAfter(minutes: number, takers: Takers, which: Callback = personal): DueStep {
  return dueStep(which, DUE_AT + minutes * MINUTE_MS, takers, OPEN);
}

describe('a callback of a queue', () => {
  test.each([
    ['nobody is free', undefined, { do: 'wait' }],
    ['the customer is called first', null, { do: 'dial', agentId: null }],
    ['an agent is rung first', 'anna', { do: 'dial', agentId: 'anna' }],
  ] as const)('%s', (_, first, step) => {
    expect(stepAfter(0, queue(first), callback())).toEqual(step);
  });

  test('is dialled within the grace time, and missed after it', () => {
    expect(stepAfter(60, queue(null), callback()).do).toBe('dial');
    expect(stepAfter(61, queue(null), callback()).do).toBe('miss');
  });

  test('is postponed when the hours have ended meanwhile, but not if an odd hour was meant', () => {
    const night = { openFrom: DUE_AT + 1_000, meantOpen: true };
    expect(dueStep(callback(), DUE_AT, queue(null), night)).toEqual({ do: 'postpone', until: DUE_AT + 1_000 });
    expect(dueStep(callback(), DUE_AT, queue(null), { ...night, meantOpen: false }).do).toBe('dial');
  });
});

describe('a personal callback', () => {
  test.each([
    ['the agent is free', 0, 'free', { do: 'dial', agentId: 'anna' }],
    ['is called for another one', 50, 'called', { do: 'wait' }],
    ['is logged out for a while', 4, 'loggedOut', { do: 'wait' }],
    ['is logged out for long: it goes to a queue', 5, 'loggedOut', { do: 'handOver', queueId: 'sales' }],
    ['is not ready for a while', 9, 'notReady', { do: 'wait' }],
    ['is not ready for long: others are told', 10, 'notReady', { do: 'tell' }],
    ['is busy, and nobody waits for that', 0, 'busy', { do: 'handOver', queueId: 'service' }],
    ['is away, and it is too late', 61, 'loggedOut', { do: 'miss' }],
  ] as const)('%s', (_, minutes, now, step) => {
    expect(stepAfter(minutes, agent(now))).toEqual(step);
  });

  test('others are told once', () => {
    expect(stepAfter(20, agent('notReady'), { ...personal, overdueSince: DUE_AT }).do).toBe('wait');
  });
});

describe('whatever happens', () => {
  const result = fc.constantFrom(...ATTEMPT_RESULTS.filter((each) => each !== 'lost'));
  const attempt = fc.record({ result, othersFree: fc.boolean(), agent: fc.constantFrom('anna', 'boris', 'clara') });

  test('there are no more tries than the rule says, and in the end it is done or has failed', () => {
    fc.assert(
      fc.property(
        fc.array(attempt, { minLength: 40, maxLength: 60 }),
        fc.integer({ min: 1, max: 5 }),
        (all, attempts) => {
          const rule = { ...QUEUE_CALLBACK_RULE, attempts };
          let each = callback();
          let now = DUE_AT;
          for (const [index, { result: how, othersFree, agent: agentId }] of all.entries()) {
            if (each.state !== 'scheduled') break;
            now = Math.max(now, each.nextAt ?? now);
            each = ended(begun(each, `call-${index}`, now, agentId), rule, {
              ...{ result: how, now: now + 1_000, othersFree, allowed: (at: number) => at },
            });
            expect(triesOf(each)).toBeLessThanOrEqual(attempts);
          }
          expect(['done', 'failed', 'closed']).toContain(each.state);
          expect(each.nextAt).toBeNull();
          expect(each.attempts.every((one) => one.endedAt !== null && one.result !== null)).toBe(true);
        },
      ),
    );
  });

  const span = fc
    .tuple(
      fc.subarray([...WEEKDAYS], { minLength: 1 }),
      fc.integer({ min: 0, max: 94 }),
      fc.integer({ min: 1, max: 96 }),
    )
    .filter(([, from, to]) => from + 8 < to)
    .map(([days, from, to]): CallbackHours => ({ days, from: clock(from), to: clock(to) }));
  const zone = fc.constantFrom('Europe/Berlin', 'Australia/Lord_Howe', 'America/St_Johns', 'Asia/Vladivostok', 'UTC');
  const moment = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) });

  test('customers are called within the hours where they are, also on days on which clocks change; within a week', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 3 }), zone, moment, (hours, there, now) => {
        const at = withinHours(now, there, hours);
        expect(at).toBeGreaterThanOrEqual(now);
        expect(at - now).toBeLessThanOrEqual(8 * 86_400_000);
        expect(withinHours(at, there, hours)).toBe(at);
        const local = new Intl.DateTimeFormat('en-GB', { timeZone: there, hour: '2-digit', minute: '2-digit' }).format(
          at,
        );
        expect(hours.some(({ from, to }) => from <= local && local < to)).toBe(true);
      }),
    );
  });
});

/** A quarter of an hour of the day. */
function clock(quarter: number): string {
  return [Math.floor(quarter / 4), (quarter % 4) * 15].map((part) => String(part).padStart(2, '0')).join(':');
}
