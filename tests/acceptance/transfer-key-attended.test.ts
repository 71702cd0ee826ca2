// The Transfer key of a desk phone, attended (REFER with Replaces): two calls of one phone are joined; proved by ear.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import type { OutgoingCall } from '../../lab/outgoing-call.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { Ears } from '../support/ears.js';

jest.setTimeout(60_000);
const OUTSIDE = '74957654321';
let centre: TestCentre;
let ears: Ears;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103'] });
});
beforeEach(() => {
  ears = new Ears();
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const phone = (number: string) => centre.lab.bank.phone(number);
const callsOf101 = () => centre.centre.views.agent('a101')?.callIds ?? [];
/** Of agent 101, the older call first. */
const lineStates = () =>
  callsOf101().flatMap(
    (id) =>
      centre
        .calls()
        .find((call) => call.id === id)
        ?.lines.map(({ state }) => state) ?? [],
  );

/** A customer of the queue talks to agent 101, whose phone then holds the call. */
async function held(): Promise<{ readonly customer: Call; readonly first: Call }> {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const first = await centre.rung('101', 'the queue rings');
  await first.answer();
  await ears.add('customer', customer);
  await ears.add('agent', first);
  await ears.expect({ customer: 'agent', agent: 'customer' });
  await holds(first);
  return { customer, first };
}

async function holds(first: Call): Promise<void> {
  await first.hold();
  await centre.until('on hold', () => lineStates()[0] === 'held');
  ears.remove('agent');
}

/** The phone dials the colleague on its second line. */
async function asking(): Promise<{ readonly second: OutgoingCall; readonly target: Awaited<ReturnType<typeof rung>> }> {
  const second = await phone('101').dial('102');
  const target = await rung();
  await second.untilRinging();
  return { second, target };
}

const rung = () => centre.rung('102', 'the second line rings the colleague');

/** And the colleague has answered. */
async function asked() {
  const { second, target } = await asking();
  await target.answer();
  await ears.add('second', second);
  await ears.add('target', target);
  return { second, target };
}

/** Both legs of the phone were hung up by the centre, and its agent is free. */
async function bothGone(...legs: readonly Call[]): Promise<void> {
  await Promise.all(legs.map((leg) => leg.untilEnded()));
  ears.remove('agent');
  ears.remove('second');
  await centre.until('101 is free', () => callsOf101().length === 0 && centre.activity('101') !== 'talking');
}

describe('the colleague has answered', () => {
  test.each(['first', 'second'] as const)(
    'and the key is pressed on the %s line: customer and colleague talk, the phone is free',
    async (line) => {
      const { first } = await held();
      const { second, target } = await asked();
      await ears.expect({ customer: 'music', second: 'target', target: 'second' });
      const [one, other] = line === 'first' ? [first, second] : [second, first];
      await one.attendedTransfer(other);
      expect(await one.untilTransferred()).toBe('200 OK');
      await bothGone(first, second);
      await ears.expect({ customer: 'target', target: 'customer' });
      await target.untilDisplay({ number: CUSTOMER.from, name: CUSTOMER.name });
      await centre.until('one call is left, the colleague’s', () => centre.calls().length === 1);
      expect(centre.activity('102')).toBe('talking');
    },
  );

  test('and what was held is a call that the phone made itself', async () => {
    const first = await phone('101').dial(OUTSIDE);
    const customer = await centre.lab.bank.trunk.nextCall();
    await customer.answer();
    await ears.add('customer', customer);
    await ears.add('agent', first);
    await ears.expect({ customer: 'agent', agent: 'customer' });
    await holds(first);
    const { second } = await asked();
    await first.attendedTransfer(second);
    expect(await first.untilTransferred()).toBe('200 OK');
    await bothGone(first, second);
    await ears.expect({ customer: 'target', target: 'customer' });
  });

  test('and it was the colleague who called', async () => {
    const { first } = await held();
    const target = await phone('102').dial('101');
    const second = await centre.rung('101', 'the colleague calls');
    await second.answer();
    await ears.add('second', second);
    await ears.add('target', target);
    await ears.expect({ customer: 'music', second: 'target', target: 'second' });
    await second.attendedTransfer(first);
    expect(await second.untilTransferred()).toBe('200 OK');
    await bothGone(first, second);
    await ears.expect({ customer: 'target', target: 'customer' });
  });

  test('and sends the customer on in the same way', async () => {
    const { first } = await held();
    const { second, target } = await asked();
    await first.attendedTransfer(second);
    await bothGone(first, second);
    await ears.expect({ customer: 'target', target: 'customer' });
    await target.hold();
    await ears.expect({ customer: 'music' });
    ears.remove('target');
    const again = await phone('102').dial('103');
    const last = await centre.rung('103', 'the colleague asks another');
    await last.answer();
    await ears.add('again', again);
    await ears.add('last', last);
    await ears.expect({ customer: 'music', last: 'again', again: 'last' });
    await again.attendedTransfer(target);
    expect(await again.untilTransferred()).toBe('200 OK');
    await Promise.all([again.untilEnded(), target.untilEnded()]);
    ears.remove('again');
    await ears.expect({ customer: 'last', last: 'customer' });
    await last.untilDisplay({ number: CUSTOMER.from, name: CUSTOMER.name });
  });

  test('and the customer has hung up: agent and colleague talk on, there is nothing to transfer', async () => {
    const { customer, first } = await held();
    const { second } = await asked();
    await customer.hangup();
    ears.remove('customer');
    await first.untilEnded();
    await centre.until('one call is left', () => callsOf101().length === 1);
    await ears.expect({ second: 'target', target: 'second' });
    expect(second.transferStates).toEqual([]);
  });
});

describe('the colleague’s phone still rings', () => {
  test('the phone is free at once; the customer hears ringing, then the colleague', async () => {
    const { first } = await held();
    const { second, target } = await asking();
    await first.attendedTransfer(second);
    expect(await first.untilTransferred()).toBe('200 OK');
    await bothGone(first, second);
    await ears.expect({ customer: 'music' });
    await target.answer();
    await ears.add('target', target);
    await ears.expect({ customer: 'target', target: 'customer' });
    await target.untilDisplay({ number: CUSTOMER.from, name: CUSTOMER.name });
  });

  test('and is rejected: the agent’s phone rings again and is back with the customer', async () => {
    const { first } = await held();
    const { second, target } = await asking();
    await first.attendedTransfer(second);
    await bothGone(first, second);
    await target.reject();
    const again = await centre.rung('101', 'the recall rings');
    expect(again.callerNumber).toBe(CUSTOMER.from);
    await ears.expect({ customer: 'music' });
    await again.answer();
    await ears.add('again', again);
    await ears.expect({ customer: 'again', again: 'customer' });
  });

  test('and the customer hangs up: it stops', async () => {
    const { customer, first } = await held();
    const { second, target } = await asking();
    await first.attendedTransfer(second);
    await bothGone(first, second);
    await customer.hangup();
    await target.untilEnded();
    await centre.untilClean();
  });
});

test('while the second line waits in a queue: the customer waits there instead', async () => {
  const { first } = await held();
  const second = await phone('101').dial('500');
  await second.untilAnswered();
  await second.attendedTransfer(first);
  expect(await second.untilTransferred()).toBe('200 OK');
  await Promise.all([first.untilEnded(), second.untilEnded()]);
  // Free again, and so the first to be rung; another agent takes the call.
  await (await centre.rung('101', 'the queue rings')).reject();
  await ears.expect({ customer: 'music' });
  await centre.ready('102');
  const target = await centre.rung('102', 'the queue rings another');
  await target.answer();
  await ears.add('target', target);
  await ears.expect({ customer: 'target', target: 'customer' });
});
