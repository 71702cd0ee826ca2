// The Transfer key of a desk phone, unattended (REFER): the customer goes on, and the phone is told how it went; proved by ear.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { IncomingCall } from '../../lab/incoming-call.js';
import type { OutgoingCall } from '../../lab/outgoing-call.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { Ears } from '../support/ears.js';

jest.setTimeout(60_000);
const RECEPTION = '600';
const OUTSIDE = '74957654321';
let centre: TestCentre;
let ears: Ears;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103', '104'], settings: { transferRingMs: 8_000 } });
  // The phone 104 is nobody's: it stands in the reception and has the number 600.
  await centre.configure(async (store) => {
    await store.removeAgent('a104');
    const rule = {
      pattern: RECEPTION,
      strip: 0,
      prepend: '',
      callerNumber: null,
      record: false,
      detectMachines: false,
    };
    await store.saveOutgoingRule({ ...rule, id: 'reception', position: 0, address: 'PJSIP/104' });
  });
});
beforeEach(() => {
  ears = new Ears();
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const phone = (number: string) => centre.lab.bank.phone(number);
const trunk = () => centre.lab.bank.trunk;

/** A customer of the queue talks to agent 101. */
async function talking(): Promise<{ readonly customer: OutgoingCall; readonly agent: IncomingCall }> {
  await centre.ready('101');
  const customer = await trunk().call(DID, CUSTOMER);
  const agent = await centre.rung('101', 'the queue rings');
  await agent.answer();
  await ears.add('customer', customer);
  await ears.add('agent', agent);
  await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  return { customer, agent };
}

/** The phone was hung up by the centre, and its agent is free. */
async function letGo(agent: IncomingCall): Promise<void> {
  await agent.untilEnded();
  ears.remove('agent');
  await centre.until('101 is free', () => centre.activity('101') === 'idle');
}

describe('the customer is sent to', () => {
  test('a colleague: hears ringing, then the colleague; the phone is told and hung up', async () => {
    const { agent } = await talking();
    await agent.blindTransfer('102');
    const target = await centre.rung('102', 'the transfer rings');
    expect(target.callerNumber).toBe(CUSTOMER.from);
    await ears.expect({ customer: 'music', agent: '' });
    await target.answer();
    expect(await agent.untilTransferred()).toBe('200 OK');
    await letGo(agent);
    await ears.add('target', target);
    await ears.expect({ customer: 'target', target: 'customer' });
  });

  test('an outside number', async () => {
    const { agent } = await talking();
    await agent.blindTransfer(OUTSIDE);
    const target = await trunk().nextCall();
    expect(target.dialled).toBe(OUTSIDE);
    await target.ring();
    await target.answer();
    expect(await agent.untilTransferred()).toBe('200 OK');
    await letGo(agent);
    await ears.add('target', target);
    await ears.expect({ customer: 'target', target: 'customer' });
  });

  test('a queue: the phone is hung up at once, the customer waits with music for the next agent', async () => {
    const { agent } = await talking();
    await agent.blindTransfer('500');
    // By then free again, and so the first to be rung.
    expect(await agent.untilTransferred()).toBe('200 OK');
    await agent.untilEnded();
    ears.remove('agent');
    const again = await centre.rung('101', 'the queue rings');
    await ears.expect({ customer: 'music' });
    await again.reject();
    await centre.ready('102');
    const target = await centre.rung('102', 'the queue rings another');
    await target.answer();
    await ears.add('target', target);
    await ears.expect({ customer: 'target', target: 'customer' });
  });

  test('a colleague, by a phone that hangs up without waiting to be told', async () => {
    const { agent } = await talking();
    await agent.blindTransfer('102');
    const target = await centre.rung('102', 'the transfer rings');
    await agent.hangup();
    await letGo(agent);
    await ears.expect({ customer: 'music' });
    await target.answer();
    await ears.add('target', target);
    await ears.expect({ customer: 'target', target: 'customer' });
  });
});

describe('a transfer that fails', () => {
  const refusals: readonly (readonly [string, string, () => unknown])[] = [
    ['to a number that the agent may not dial', OUTSIDE, () => centre.saveAgent('101', { allow: ['1XX'] })],
    ['to a number that does not exist', '*99', () => {}],
    ['to the own number', '101', () => {}],
    ['to a colleague who talks', '102', () => busyColleague()],
  ];

  async function busyColleague(): Promise<void> {
    await phone('102').dial('103');
    await (await centre.rung('103', 'a call among colleagues')).answer();
    await centre.until('102 talks', () => centre.activity('102') === 'talking');
  }

  test.each(refusals)('%s is declined at once, and they talk on', async (_what, number, prepare) => {
    const { agent } = await talking();
    await prepare();
    await agent.blindTransfer(number);
    expect(await agent.untilTransferred()).toBe('603 Decline');
    await ears.expect({ customer: 'agent', agent: 'customer' });
    await centre.saveAgent('101', {});
  });

  test.each(['busy', 'reject'] as const)('the colleague is %s: agent and customer talk again', async (behaviour) => {
    const { agent } = await talking();
    phone('102').behaves(behaviour);
    await agent.blindTransfer('102');
    expect(await agent.untilTransferred()).toBe('503 Service Unavailable');
    await ears.expect({ customer: 'agent', agent: 'customer' });
    // And the key works once more.
    await agent.blindTransfer('103');
    await (await centre.rung('103', 'the second transfer rings')).answer();
    expect(await agent.untilTransferred()).toBe('200 OK');
    await letGo(agent);
  });

  test("the colleague's phone is switched off: agent and customer talk again", async () => {
    const { agent } = await talking();
    await phone('102').unregister();
    try {
      await agent.blindTransfer('102');
      expect(await agent.untilTransferred()).toBe('503 Service Unavailable');
      await ears.expect({ customer: 'agent', agent: 'customer' });
    } finally {
      await phone('102').register();
    }
  });

  test('nobody answers in time: agent and customer talk again', async () => {
    const { agent } = await talking();
    await agent.blindTransfer('102');
    const target = await centre.rung('102', 'the transfer rings');
    expect(await agent.untilTransferred(15_000)).toBe('503 Service Unavailable');
    await target.untilEnded();
    await ears.expect({ customer: 'agent', agent: 'customer' });
  });

  test('a phone that holds before it transfers takes the customer back with its hold key, who hears music until then', async () => {
    const { agent } = await talking();
    await agent.hold();
    await centre.until('held', () => centre.calls()[0]?.lines[0]?.state === 'held');
    phone('102').behaves('busy');
    await agent.blindTransfer('102');
    expect(await agent.untilTransferred()).toBe('503 Service Unavailable');
    await ears.expect({ customer: 'music' });
    await agent.unhold();
    await ears.expect({ customer: 'agent', agent: 'customer' });
  });

  test('by a phone that has hung up already: the phone rings again and is back with the customer', async () => {
    const { agent } = await talking();
    await agent.blindTransfer('102');
    const target = await centre.rung('102', 'the transfer rings');
    await agent.hangup();
    await agent.untilEnded();
    ears.remove('agent');
    await centre.until('the agent has gone', () => centre.calls()[0]?.legs.every(({ agentId }) => agentId !== 'a101'));
    await target.reject();
    const again = await centre.rung('101', 'the recall rings');
    expect(again.callerNumber).toBe(CUSTOMER.from);
    await ears.expect({ customer: 'music' });
    await again.answer();
    await ears.add('again', again);
    await ears.expect({ customer: 'again', again: 'customer' });
  });
});

test('the customer hangs up while the colleague is rung: nobody is left, and the phone is told', async () => {
  const { agent, customer } = await talking();
  await agent.blindTransfer('102');
  const target = await centre.rung('102', 'the transfer rings');
  await customer.hangup();
  expect(await agent.untilTransferred()).toBe('503 Service Unavailable');
  await Promise.all([target.untilEnded(), agent.untilEnded()]);
  await centre.untilClean();
});

describe('a transfer that nobody may ask for changes nothing:', () => {
  test('by the customer', async () => {
    const { customer } = await talking();
    await customer.blindTransfer('102');
    expect(await customer.untilTransferred()).toBe('603 Decline');
    await ears.expect({ customer: 'agent', agent: 'customer' });
    expect(phone('102').calls).toEqual([]);
  });

  test('by a phone that belongs to no agent', async () => {
    const calling = await phone('101').dial(RECEPTION);
    const reception = await centre.lab.bank.phone('104').nextCall();
    await reception.answer();
    await ears.add('agent', calling);
    await ears.add('reception', reception);
    await reception.blindTransfer('102');
    expect(await reception.untilTransferred()).toBe('603 Decline');
    await ears.expect({ agent: 'reception', reception: 'agent' });
    expect(phone('102').calls).toEqual([]);
  });

  test("to the conversation of another agent's phone", async () => {
    const { agent } = await talking();
    const foreign = await phone('102').dial('103');
    const other = await centre.rung('103', 'a call among colleagues');
    await other.answer();
    await ears.add('foreign', foreign);
    await ears.add('other', other);
    await agent.attendedTransfer(foreign);
    expect(await agent.untilTransferred()).toBe('603 Decline');
    await ears.expect({ customer: 'agent', agent: 'customer', foreign: 'other', other: 'foreign' });
  });
});
