// The display of an agent's phone follows whom the agent talks to, through every change of the call.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import type { IncomingCall } from '../../lab/incoming-call.js';
import type { OutgoingCall } from '../../lab/outgoing-call.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';

jest.setTimeout(60_000);
const OUTSIDE = '74957654321';
const ANNA = { number: CUSTOMER.from, name: CUSTOMER.name };
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103'] });
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const calls = () => centre.centre.calls;
const agent = (number: string) => ({ number, name: `Agent ${number}` });
const talks = (number: string) =>
  centre.until(`${number} talks`, () =>
    centre.calls().some(({ lines, legs }) =>
      lines.some(({ talkingSince, members }) => {
        const active = members.filter(({ onHold }) => !onHold).map(({ legId }) => legId);
        return talkingSince !== null && legs.some(({ id, agentId }) => agentId === `a${number}` && active.includes(id));
      }),
    ),
  );

/** It shows this, and goes on showing it: what Asterisk says of its own accord would come within this time. */
async function shows(call: Call, party: { readonly number: string; readonly name: string }): Promise<void> {
  await call.untilDisplay(party);
  await call.hears(400);
  expect(call.display).toEqual(party);
}

async function talking(): Promise<{
  readonly customer: OutgoingCall;
  readonly phone: IncomingCall;
  readonly id: string;
}> {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const phone = await centre.rung('101', 'the queue rings');
  expect(phone.display).toEqual(ANNA);
  await phone.answer();
  await talks('101');
  const id = centre.calls()[0]?.id ?? '';
  return { customer, phone, id };
}

/** Agent 102, who is asked, has answered. */
async function consulting() {
  const parties = await talking();
  await centre.accepted(calls().consult('a101', parties.id, { number: '102' }));
  const target = await centre.rung('102', 'the consult rings');
  return { ...parties, target };
}

describe('the phone shows', () => {
  test('the customer of a queue, while it rings and afterwards', async () => {
    const { phone, customer } = await talking();
    await shows(phone, ANNA);
    // And nobody inside is told of outside.
    expect(customer.display).toEqual({ number: DID, name: '' });
  });

  test('the colleague during a consult, then the customer again; and the colleague’s phone the agent', async () => {
    const { phone, target, id } = await consulting();
    await shows(phone, agent('102'));
    await target.answer();
    await talks('102');
    await Promise.all([shows(phone, agent('102')), shows(target, agent('101'))]);
    await centre.accepted(calls().swap('a101'));
    await shows(phone, ANNA);
    await centre.accepted(calls().swap('a101'));
    await shows(phone, agent('102'));
    await centre.accepted(calls().hangUp('a101', id, null));
    await shows(phone, ANNA);
  });

  test('the colleague’s phone the customer, once a consult was completed', async () => {
    const { target, id } = await consulting();
    await target.answer();
    await talks('102');
    await centre.accepted(calls().complete('a101', id, null, { callId: null, lineId: null }));
    await shows(target, ANNA);
  });

  test('the customer, after a transfer', async () => {
    const { id } = await talking();
    await centre.accepted(calls().transfer('a101', id, null, { number: '102' }));
    const target = await centre.rung('102', 'the transfer rings');
    await shows(target, ANNA);
    await target.answer();
    await talks('102');
    await shows(target, ANNA);
  });

  test('the customer, when a transfer has failed and the phone is rung again', async () => {
    const { id } = await talking();
    centre.lab.bank.phone('102').behaves('busy');
    await centre.accepted(calls().transfer('a101', id, null, { number: '102' }));
    const again = await centre.rung('101', 'the recall rings');
    expect(again.display).toEqual(ANNA);
    await again.answer();
    await talks('101');
    await shows(again, ANNA);
  });

  test('how many a conference has, and who is left of it', async () => {
    const { customer, phone, target, id } = await consulting();
    await target.answer();
    await talks('102');
    await centre.accepted(calls().conference('a101', id, null));
    const all = { ...ANNA, name: 'Conference (3)' };
    await Promise.all([shows(phone, all), shows(target, all)]);
    await customer.hangup();
    await Promise.all([shows(phone, agent('102')), shows(target, agent('101'))]);
  });

  test('the number dialled, then who it is', async () => {
    const phone = await centre.lab.bank.phone('101').dial('102');
    const other = await centre.rung('102', 'a colleague calls');
    expect(other.display).toEqual(agent('101'));
    await shows(phone, agent('102'));
    await other.answer();
    await talks('102');
    await Promise.all([shows(phone, agent('102')), shows(other, agent('101'))]);
  });

  test('the customer, where two calls were joined', async () => {
    const { phone, id } = await talking();
    await centre.accepted(calls().dial('a101', { number: '102' }));
    const own = await centre.rung('101', 'the own phone rings');
    await own.answer();
    const other = await centre.rung('102', 'the colleague rings');
    await shows(own, agent('102'));
    await other.answer();
    await talks('102');
    await Promise.all([shows(own, agent('102')), shows(other, agent('101'))]);
    const second = centre.calls().find((call) => call.id !== id)?.id ?? '';
    await centre.accepted(calls().conference('a101', id, second));
    const all = { ...ANNA, name: 'Conference (3)' };
    await Promise.all([shows(phone, all), shows(other, all)]);
    await phone.hangup();
    await shows(other, ANNA);
  });

  test('a customer without a number as such, and not whom the phone showed before', async () => {
    await centre.ready('101');
    await centre.lab.bank.trunk.call(DID, { from: '' });
    const phone = await centre.rung('101', 'the queue rings');
    const before = phone.display;
    await phone.answer();
    await talks('101');
    await shows(phone, before);
    await centre.accepted(calls().consult('a101', centre.calls()[0]?.id ?? '', { number: '102' }));
    await shows(phone, agent('102'));
    await centre.accepted(calls().swap('a101'));
    await phone.untilDisplay({ number: 'anonymous' });
  });

  test('the outside number that was dialled', async () => {
    const phone = await centre.lab.bank.phone('101').dial(OUTSIDE);
    const customer = await centre.lab.bank.trunk.nextCall();
    expect(customer.callerNumber).toBe('74950000000');
    await customer.answer();
    await talks('101');
    await shows(phone, { number: OUTSIDE, name: '' });
  });
});
