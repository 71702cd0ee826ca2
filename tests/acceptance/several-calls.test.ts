// Several calls of one agent at once: one is active, the others are on hold; two calls can be joined.
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import { isRefusal } from '../../src/core/refusal.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { Ears } from '../support/ears.js';

jest.setTimeout(60_000);
const PERSONAL = '+74950000101';
const SECOND = { from: '+79165550000', name: 'Second' };
let centre: TestCentre;
let ears: Ears;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103'] });
  await centre.configure((store) =>
    store.saveRoute({ number: PERSONAL, to: { kind: 'agent', agentId: 'a101' }, priority: 0, record: false }),
  );
});
beforeEach(() => {
  ears = new Ears();
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const phone = (number: string) => centre.lab.bank.phone(number);
const calls = () => centre.centre.calls;
const callIds = () => centre.centre.views.agent('a101')?.callIds ?? [];

/** A customer of the queue talks to agent 101. */
async function talking(): Promise<{ readonly customer: Call; readonly agent: Call; readonly id: string }> {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const agent = await centre.rung('101', 'the queue rings');
  await agent.answer();
  const call = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  await ears.add('customer', customer);
  await ears.add('agent', agent);
  return { customer, agent, id: call.id };
}

test('an agent who talks is busy for a personal call; with the first call on hold the phone rings for the second', async () => {
  const { id } = await talking();
  const refused = await centre.lab.bank.trunk.call(PERSONAL, SECOND);
  // Handed to the fallback of the PBX, where it waits.
  await refused.untilAnswered();
  await centre.until('only the first call is ours', () => centre.calls().length === 1);
  await refused.hangup();

  await centre.accepted(calls().hold('a101', id, null));
  const second = await centre.lab.bank.trunk.call(PERSONAL, SECOND);
  const ringing = await centre.rung('101', 'the second call rings');
  await ringing.answer();
  await second.untilAnswered();
  await ears.add('second', second);
  await ears.add('agent2', ringing);
  await ears.expect({ customer: 'music', second: 'agent2', agent2: 'second' });

  // Taking up the first puts the second on hold.
  await centre.accepted(calls().resume('a101', id, null));
  await ears.expect({ customer: 'agent', agent: 'customer', second: 'music', agent2: '' });
  await centre.accepted(calls().swap('a101'));
  await ears.expect({ customer: 'music', second: 'agent2' });
});

test('calling out while a customer waits, then joining both: the agent is free and they talk', async () => {
  const { agent, id } = await talking();
  const outgoing = await centre.accepted(calls().dial('a101', { number: '102' }));
  const own = await centre.rung('101', 'the own phone rings');
  await own.answer();
  const colleague = await centre.rung('102', 'the colleague rings');
  await colleague.answer();
  await ears.add('colleague', colleague);
  await ears.add('own', own);
  await ears.expect({ customer: 'music', own: 'colleague', colleague: 'own' });
  await centre.accepted(calls().complete('a101', id, null, { callId: outgoing.id, lineId: null }));
  await Promise.all([agent.untilEnded(), own.untilEnded()]);
  ears.remove('agent');
  ears.remove('own');
  await ears.expect({ customer: 'colleague', colleague: 'customer' });
  await centre.until('101 has no call', () => callIds().length === 0);
  const history = await centre.until('the colleague has the customer', () =>
    centre.centre.views.agent('a102')?.callIds.join() === id ? id : null,
  );
  expect(history).toBe(id);
});

test('two calls become a conference with the agent', async () => {
  const { id } = await talking();
  const outgoing = await centre.accepted(calls().dial('a101', { number: '102' }));
  const own = await centre.rung('101', 'the own phone rings');
  await own.answer();
  const colleague = await centre.rung('102', 'the colleague rings');
  await colleague.answer();
  await ears.add('colleague', colleague);
  await centre.accepted(calls().conference('a101', id, outgoing.id));
  await own.untilEnded();
  await ears.expect({ customer: 'agent colleague', agent: 'colleague customer', colleague: 'agent customer' });
});

test('the call of somebody else cannot be joined, held or listened to', async () => {
  const { id } = await talking();
  const results = await Promise.all([
    calls().hold('a103', id, null),
    calls().complete('a103', id, null, { callId: 'x', lineId: null }),
    calls().conference('a103', id, 'x'),
    calls().consult('a103', id, { number: '102' }),
  ]);
  expect(results.map((result) => (isRefusal(result) ? result.refused : 'accepted'))).toEqual(Array(4).fill('notFound'));
  expect(phone('102').calls).toEqual([]);
});
