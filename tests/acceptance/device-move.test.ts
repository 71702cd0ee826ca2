// An agent takes the conversation to another phone: who hears whom is proved by ear, the gap for the customer measured.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import type { IncomingCall } from '../../lab/incoming-call.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { Ears } from '../support/ears.js';

jest.setTimeout(90_000);
const LIMIT_MS = 60;
const ROUNDS = 5;
/** Long enough to tell for certain what is heard before and after. */
const EDGE_MS = 400;
const RING_MS = 3_000;

let centre: TestCentre;
let ears: Ears;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103'], settings: { transferRingMs: RING_MS } });
  await centre.saveAgent('103', { devices: [] });
  const devices = ['101', '103'].map((number) => ({ id: `d${number}`, address: `PJSIP/${number}`, autoAnswer: false }));
  await centre.saveAgent('101', { devices });
});
beforeEach(() => {
  ears = new Ears();
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const calls = () => centre.centre.calls;
const theCall = () => {
  const [call] = centre.calls();
  if (call === undefined) throw new Error('there is no call');
  return call;
};

interface Parties {
  readonly customer: Call;
  readonly desk: Call;
  readonly id: string;
}

/** A customer of the queue talks to agent 101, who has answered on the desk's phone; the mobile one (103) rang too. */
async function talking(): Promise<Parties> {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const desk = await centre.rung('101', 'the queue rings the desk');
  const mobile = await centre.rung('103', 'and the mobile phone');
  await desk.answer();
  await mobile.untilEnded();
  await customer.untilAnswered();
  await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  await ears.add('customer', customer);
  await ears.add('desk', desk);
  await ears.expect({ customer: 'desk', desk: 'customer' });
  return { customer, desk, id: theCall().id };
}

/** And the mobile phone rings, to take it over. */
async function moving(): Promise<Parties & { readonly mobile: IncomingCall }> {
  const parties = await talking();
  await centre.accepted(calls().moveToDevice('a101', parties.id));
  return { ...parties, mobile: await centre.rung('103', 'the other phone rings') };
}

test('the one that answers has the conversation, without a gap for the customer; then the former phone is let go', async () => {
  const gaps: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    ears = new Ears();
    const { customer, desk, mobile } = await moving();
    const listening = await customer.listen();
    await pause(EDGE_MS);
    // It speaks as soon as it is there: what the customer does not hear meanwhile is the gap.
    await mobile.answer();
    await ears.add('mobile', mobile);
    await desk.untilEnded();
    ears.remove('desk');
    await pause(EDGE_MS);
    const heard = await listening.stop();
    await ears.expect({ customer: 'mobile', mobile: 'customer' });
    expect(heard.silenceMs).toBeLessThan(1_000);
    gaps.push(heard.silenceMs);
    await centre.reset();
  }
  process.stdout.write(`silence for the customer at a change of phones, ms: ${gaps.join(', ')}\n`);
  const median = gaps.sort((one, other) => one - other)[Math.floor(ROUNDS / 2)];
  expect(median).toBeLessThanOrEqual(LIMIT_MS);
});

test('what is on hold goes along', async () => {
  const { desk, mobile, customer, id } = await moving();
  await centre.accepted(calls().hold('a101', id, null));
  await mobile.answer();
  await desk.untilEnded();
  ears.remove('desk');
  await ears.add('mobile', mobile);
  await ears.expect({ customer: 'music' });
  await centre.accepted(calls().resume('a101', id, null));
  await ears.expect({ customer: 'mobile', mobile: 'customer' });
  await customer.hangup();
  await mobile.untilEnded();
});

describe('the agent stays where the agent is', () => {
  test.each(['called off', 'asked for again', 'rejected', 'not answered'] as const)('%s', async (how) => {
    const { mobile, id } = await moving();
    if (how === 'called off') await centre.accepted(calls().cancelMove('a101', id));
    if (how === 'asked for again') await centre.accepted(calls().moveToDevice('a101', id));
    if (how === 'rejected') await mobile.reject();
    await mobile.untilEnded();
    await centre.until('nothing rings any more', () => theCall().moves.length === 0);
    await ears.expect({ customer: 'desk', desk: 'customer' });
  });
});

describe('somebody hangs up while the other phone rings', () => {
  test('the customer: it rings no longer, and the agent is free', async () => {
    const { customer, desk, mobile } = await moving();
    await customer.hangup();
    await Promise.all([desk.untilEnded(), mobile.untilEnded()]);
    await centre.untilClean();
  });

  test('the former phone: the customer waits with music, and has the agent back with the answer', async () => {
    const { desk, mobile } = await moving();
    await desk.hangup();
    ears.remove('desk');
    await ears.expect({ customer: 'music' });
    await mobile.answer();
    await ears.add('mobile', mobile);
    await ears.expect({ customer: 'mobile', mobile: 'customer' });
  });
});
