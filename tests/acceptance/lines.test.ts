// An agent's lines: hold, consult, complete, transfer, conference; who hears whom is proved by ear after every step.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { IncomingCall } from '../../lab/incoming-call.js';
import type { OutgoingCall } from '../../lab/outgoing-call.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { Ears } from '../support/ears.js';

jest.setTimeout(60_000);
let centre: TestCentre;
let ears: Ears;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103', '104'], settings: { transferRingMs: 5_000 } });
});
beforeEach(() => {
  ears = new Ears();
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const phone = (number: string) => centre.lab.bank.phone(number);
const calls = () => centre.centre.calls;
const theCall = () => {
  const [call] = centre.calls();
  if (call === undefined) throw new Error('there is no call');
  return call;
};
const to = (number: string) => ({ number });

/** A customer of the queue talks to agent 101. */
async function talking(): Promise<{
  readonly customer: OutgoingCall;
  readonly agent: IncomingCall;
  readonly id: string;
}> {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const agent = await centre.rung('101', 'the queue rings');
  await agent.answer();
  await customer.untilAnswered();
  await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  await ears.add('customer', customer);
  await ears.add('agent', agent);
  return { customer, agent, id: theCall().id };
}

/** And agent 102, who is asked, has answered. */
async function consulting() {
  const parties = await talking();
  await centre.accepted(calls().consult('a101', parties.id, to('102')));
  const target = await centre.rung('102', 'the consult rings');
  await target.answer();
  await centre.until('102 is on the line', () => centre.activity('102') === 'talking');
  await ears.add('target', target);
  return { ...parties, target };
}

const lines = () => theCall().lines.map(({ state }) => state);

describe('hold', () => {
  test('the customer hears music, then the agent again', async () => {
    const { id } = await talking();
    await ears.expect({ customer: 'agent', agent: 'customer' });
    await centre.accepted(calls().hold('a101', id, null));
    await ears.expect({ customer: 'music', agent: '' });
    await centre.accepted(calls().resume('a101', id, null));
    await ears.expect({ customer: 'agent', agent: 'customer' });
  });

  test("the phone's own hold key does the same", async () => {
    const { agent } = await talking();
    await agent.hold();
    await centre.until('held', () => lines()[0] === 'held');
    await ears.expect({ customer: 'music' });
    await agent.unhold();
    await centre.until('active', () => lines()[0] === 'active');
    await ears.expect({ customer: 'agent', agent: 'customer' });
  });
});

describe('a consult', () => {
  test('the customer waits with music while agent and colleague talk; swap; complete; the agent is free', async () => {
    const { agent, id } = await consulting();
    await ears.expect({ customer: 'music', agent: 'target', target: 'agent' });
    await centre.accepted(calls().swap('a101'));
    await ears.expect({ customer: 'agent', agent: 'customer', target: 'music' });
    await centre.accepted(calls().complete('a101', id, null, { callId: null, lineId: null }));
    await agent.untilEnded();
    ears.remove('agent');
    await ears.expect({ customer: 'target', target: 'customer' });
    await centre.until('101 is free', () => centre.activity('101') === 'idle');
  });

  test('completed before the colleague has answered: the customer hears ringing, then the colleague', async () => {
    const { agent, id } = await talking();
    await centre.accepted(calls().consult('a101', id, to('102')));
    const target = await centre.rung('102', 'the consult rings');
    await ears.expect({ customer: 'music', agent: 'music' });
    await centre.accepted(calls().complete('a101', id, null, { callId: null, lineId: null }));
    await agent.untilEnded();
    ears.remove('agent');
    await ears.expect({ customer: 'music' });
    await target.answer();
    await ears.add('target', target);
    await ears.expect({ customer: 'target', target: 'customer' });
  });

  test.each(['busy', 'reject'] as const)(
    'the colleague is %s: the agent is back with the customer',
    async (behaviour) => {
      const { id } = await talking();
      phone('102').behaves(behaviour);
      await centre.accepted(calls().consult('a101', id, to('102')));
      await centre.until('back', () => lines().join() === 'active');
      await ears.expect({ customer: 'agent', agent: 'customer' });
    },
  );

  test('the agent hangs up the line to the colleague and is back with the customer', async () => {
    const { target, id } = await consulting();
    await centre.accepted(calls().hangUp('a101', id, null));
    await target.untilEnded();
    await ears.expect({ customer: 'agent', agent: 'customer' });
  });

  test('the customer hangs up: agent and colleague go on', async () => {
    const { customer } = await consulting();
    await customer.hangup();
    ears.remove('customer');
    await centre.until('one line is left', () => lines().length === 1);
    await ears.expect({ agent: 'target', target: 'agent' });
  });

  test('the agent puts the receiver down: the phone rings again and is back with the customer', async () => {
    const { agent, target } = await consulting();
    await agent.hangup();
    await target.untilEnded();
    const again = await centre.rung('101', 'the recall rings');
    await ears.expect({ customer: 'music' });
    expect(again.callerNumber).toBe(CUSTOMER.from);
    await again.answer();
    ears.remove('agent');
    await ears.add('again', again);
    await ears.expect({ customer: 'again', again: 'customer' });
  });

  test('a conference of all: everybody hears everybody; the agent leaves and the others go on', async () => {
    const { agent, id } = await consulting();
    await centre.accepted(calls().conference('a101', id, null));
    await ears.expect({ customer: 'agent target', agent: 'customer target', target: 'agent customer' });
    await agent.hangup();
    ears.remove('agent');
    await ears.expect({ customer: 'target', target: 'customer' });
  });
});

describe('a transfer', () => {
  test('the agent is free at once; the customer hears ringing, then the colleague', async () => {
    const { agent, id } = await talking();
    await centre.accepted(calls().transfer('a101', id, null, to('102')));
    await agent.untilEnded();
    ears.remove('agent');
    const target = await centre.rung('102', 'the transfer rings');
    expect(target.callerNumber).toBe(CUSTOMER.from);
    await ears.expect({ customer: 'music' });
    await target.answer();
    await ears.add('target', target);
    await ears.expect({ customer: 'target', target: 'customer' });
  });

  test('nobody answers: the agent is rung again; when the agent does not answer either, the customer is back in the queue', async () => {
    const { agent, id } = await talking();
    phone('102').behaves('reject');
    await centre.accepted(calls().transfer('a101', id, null, to('102')));
    await agent.untilEnded();
    const again = await centre.rung('101', 'the recall rings');
    await again.reject();
    await centre.until('back in the queue', () => centre.queueView()?.waiting === 1);
    await ears.expect({ customer: 'music' });
    await centre.ready('103');
    const other = await centre.rung('103', 'the queue rings another');
    await other.answer();
    ears.remove('agent');
    await ears.add('other', other);
    await ears.expect({ customer: 'other', other: 'customer' });
  });
});
