// Hang-ups and answers in the same instant: whatever the order, nobody is left over and the agent is free again.

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';

jest.setTimeout(240_000);
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102'] });
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const phone = (number: string) => centre.lab.bank.phone(number);

/** A fixed sequence, so that a failing round can be repeated. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** Runs both, the second `offsetMs` after the first (before it, if negative). */
async function offsetBy(
  offsetMs: number,
  first: () => Promise<unknown>,
  second: () => Promise<unknown>,
): Promise<void> {
  await Promise.all([pause(Math.max(0, -offsetMs)).then(first), pause(Math.max(0, offsetMs)).then(second)]);
}

async function expectNothingLeft(round: string): Promise<void> {
  await centre.untilClean().catch((error: unknown) => {
    throw new Error(`${round}: ${String(error)}`);
  });
  expect({ round, activity: centre.activity('101'), waiting: centre.queueView()?.waiting }).toEqual({
    round,
    activity: 'idle',
    waiting: 0,
  });
}

describe('200 rounds each with random offsets within 50 ms', () => {
  test('the customer hangs up in the instant of the answer', async () => {
    await centre.ready('101');
    const next = random(20_261_122);
    for (let round = 1; round <= 200; round += 1) {
      const offset = Math.round(next() * 100 - 50);
      const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
      const offered = await centre.rung('101', `round ${round}`);
      await offsetBy(
        offset,
        () => offered.answer(),
        () => customer.hangup(),
      );
      await Promise.all([customer.untilEnded(), offered.untilEnded()]);
      await expectNothingLeft(`round ${round}, offset ${offset} ms`);
    }
    const ended = centre.events('call.ended');
    expect(ended).toHaveLength(200);
    // Both orders have really happened.
    expect(new Set(ended.map(({ outcome }) => outcome))).toEqual(new Set(['answered', 'abandoned']));
  });
});

describe('50 rounds each with random offsets within 50 ms', () => {
  test('both hang up in the same instant', async () => {
    await centre.ready('101');
    phone('101').behaves({ answerAfterMs: 0 });
    const next = random(7);
    for (let round = 1; round <= 50; round += 1) {
      const offset = Math.round(next() * 100 - 50);
      const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
      const offered = await phone('101').nextCall();
      await offered.untilAnswered();
      await offsetBy(
        offset,
        () => offered.hangup(),
        () => customer.hangup(),
      );
      await Promise.all([customer.untilEnded(), offered.untilEnded()]);
      await expectNothingLeft(`round ${round}, offset ${offset} ms`);
    }
  });

  test('the ringing time ends in the instant of the answer: the customer either talks or waits on', async () => {
    await centre.queue({ ringMs: 300, retryMs: { busy: 0, rejected: 0, noAnswer: 0, unavailable: 0 } });
    await centre.ready('101');
    const next = random(99);
    for (let round = 1; round <= 50; round += 1) {
      const offset = Math.round(next() * 100 - 50);
      const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
      const offered = await phone('101').nextCall();
      await pause(Math.max(0, 270 + offset));
      await offered.answer();
      const talks = await centre.until('talks or waits on', () => {
        if (centre.calls().some(({ phase }) => phase === 'talking')) return 'talks';
        return offered.over && centre.status('101') === 'noAnswer' ? 'waits' : null;
      });
      expect(customer.over).toBe(false);
      if (talks === 'waits') expect(centre.queueView()?.waiting).toBe(1);
      await customer.hangup();
      await offered.untilEnded();
      await expectNothingLeft(`round ${round}, offset ${offset} ms`);
      await centre.ready('101');
    }
  });

  test('two phones of a ring-all queue answer in the same instant: one talks, one is free', async () => {
    await centre.queue({ strategy: 'ringAll' });
    await centre.ready('101', '102');
    const next = random(4);
    for (let round = 1; round <= 50; round += 1) {
      const offset = Math.round(next() * 100 - 50);
      const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
      const [one, other] = await Promise.all([phone('101').nextCall(), phone('102').nextCall()]);
      await offsetBy(
        offset,
        () => one.answer(),
        () => other.answer(),
      );
      await centre.until('one talks', () => centre.calls().some(({ phase }) => phase === 'talking'));
      await Promise.race([one.untilEnded(), other.untilEnded()]);
      expect([centre.activity('101'), centre.activity('102')].sort()).toEqual(['idle', 'talking']);
      await customer.hangup();
      await Promise.all([one.untilEnded(), other.untilEnded()]);
      await expectNothingLeft(`round ${round}, offset ${offset} ms`);
    }
  });
});
