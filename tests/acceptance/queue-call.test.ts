// A customer's call reaches an agent through a queue, on a real Asterisk with real SIP phones.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import { TestCentre } from '../support/centre.js';

jest.setTimeout(60_000);

const DID = '+74951234567';
const CUSTOMER = { from: '+79161234567', name: 'Anna Petrova' };
let test_: TestCentre;

beforeAll(async () => {
  test_ = await TestCentre.start({ phones: ['101', '102'] });
});
afterEach(() => test_.reset());
afterAll(() => test_.stop());

async function expectTalking(one: Call, other: Call): Promise<void> {
  await one.playTone(650);
  await other.playTone(1_250);
  const [oneHears, otherHears] = await Promise.all([one.hears(700), other.hears(700)]);
  expect(oneHears.tones).toEqual([1_250]);
  expect(otherHears.tones).toEqual([650]);
}

describe('a customer calls the queue', () => {
  test('the agent answers, both hear each other, and nothing is left after the hang-up', async () => {
    await test_.ready('101');
    const agent = test_.lab.bank.phone('101');
    const customer = await test_.lab.bank.trunk.call(DID, CUSTOMER);
    const offered = await agent.nextCall();
    expect(offered.callerNumber).toBe(CUSTOMER.from);
    expect(offered.callerName).toBe(CUSTOMER.name);
    await customer.untilAnswered();
    expect((await customer.hears(700)).music).toBe(true);
    expect(await offered.answer()).toBe(true);
    await test_.until('they talk', () => test_.calls()[0]?.phase === 'talking');
    await expectTalking(customer, offered);
    await customer.hangup();
    await offered.untilEnded();
    await test_.untilClean();
  });
});
