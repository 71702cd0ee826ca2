// Callbacks on a real Asterisk: the system dials at the time agreed, once, and connects the customer with an agent; proved by ear.
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { CallbackRequest } from '../../src/app/callbacks/callbacks.js';
import { localTime } from '../../src/app/callbacks/wall-clock.js';
import type { Callback } from '../../src/core/callback/callback.js';
import { AGREES, CALLED_BACK, callbackBecomes, dueCallback } from '../support/agreed-callbacks.js';
import { DID, TestCentre } from '../support/centre.js';
import { Ears } from '../support/ears.js';

jest.setTimeout(60_000);
const LIMIT_MS = 20_000;
let centre: TestCentre;
let ears: Ears;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102'] });
});
beforeEach(() => {
  ears = new Ears();
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const operations = () => centre.centre.callbacks;
const trunk = () => centre.lab.bank.trunk;

const due = (more?: Partial<CallbackRequest>) => dueCallback(centre, more);
const becomes = (id: string, is: (callback: Callback) => boolean) => callbackBecomes(centre, id, is);

test('the customer is called first, then the queue’s agent; they talk, and it is done', async () => {
  await centre.ready('101');
  const id = await due();
  const customer = await trunk().nextCall({ timeoutMs: LIMIT_MS });
  await customer.answer();
  const agent = await centre.rung('101', 'the queue rings');
  expect(agent.callerNumber).toBe(CALLED_BACK);
  await agent.answer();
  await ears.add('customer', customer);
  await ears.add('agent', agent);
  await ears.expect({ customer: 'agent', agent: 'customer' });
  await customer.hangup();
  await agent.untilEnded();
  const { attempts } = await becomes(id, ({ state }) => state === 'done');
  expect(attempts.map(({ result }) => result)).toEqual(['connected']);
});

test('a personal one rings its agent first; it may be called sooner than agreed', async () => {
  const inAnHour = localTime(Date.now() + 3_600_000, 'Europe/Moscow');
  const id = await due({ queueId: null, local: inAnHour });
  await centre.ready('101');
  await centre.accepted(operations().callNow(AGREES, id));
  const agent = await centre.rung('101', 'the agent’s phone rings');
  expect(agent.callerNumber).toBe(CALLED_BACK);
  await agent.answer();
  const customer = await trunk().nextCall({ timeoutMs: LIMIT_MS });
  await customer.answer();
  await ears.add('customer', customer);
  await ears.add('agent', agent);
  await ears.expect({ customer: 'agent', agent: 'customer' });
  await agent.hangup();
  await customer.untilEnded();
  await becomes(id, ({ state }) => state === 'done');
});

test('the customer is busy: it is tried again later', async () => {
  await centre.ready('101');
  const id = await due();
  const customer = await trunk().nextCall({ timeoutMs: LIMIT_MS });
  await customer.reject();
  const callback = await becomes(id, ({ attempts }) => attempts[0]?.result != null);
  expect([callback.state, callback.attempts.length]).toEqual(['scheduled', 1]);
  expect(callback.nextAt ?? 0).toBeGreaterThan(Date.now());
});

test('while no agent is free nobody is dialled; what is cancelled is not dialled either', async () => {
  const id = await due();
  await centre.accepted(operations().cancel(AGREES, id));
  await centre.ready('101');
  const other = await due();
  const customer = await trunk().nextCall({ timeoutMs: LIMIT_MS });
  await customer.answer();
  await centre.rung('101', 'the queue rings for the other');
  expect((await centre.accepted(operations().get(AGREES, id))).attempts).toEqual([]);
  await customer.hangup();
  await becomes(other, ({ attempts }) => attempts[0]?.result != null);
});

test('the controller is started anew while the customer’s phone rings: the number is dialled once', async () => {
  await centre.ready('101');
  const id = await due();
  const customer = await trunk().nextCall({ timeoutMs: LIMIT_MS });
  await centre.restart();
  await customer.answer();
  const agent = await centre.rung('101', 'the queue rings');
  await agent.answer();
  await ears.add('customer', customer);
  await ears.add('agent', agent);
  await ears.expect({ customer: 'agent', agent: 'customer' });
  expect(trunk().calls).toHaveLength(1);
  await customer.hangup();
  const { attempts } = await becomes(id, ({ state }) => state === 'done');
  expect(attempts).toHaveLength(1);
});

test('a caller who gave up calls again while being called back, and reaches an agent: the dialling ends', async () => {
  await centre.queue({ callBackAbandoned: { waitedMs: 0, priority: 'medium', zone: 'Europe/Moscow' } });
  const before = Date.now();
  const first = await trunk().call(DID, { from: CALLED_BACK });
  await first.untilAnswered();
  await first.hangup();
  const id = await promisedSince(before);
  await centre.ready('101');
  await centre.accepted(operations().callNow(AGREES, id));
  const customer = await trunk().nextCall({ timeoutMs: LIMIT_MS });
  expect(customer.dialled).toBe(CALLED_BACK);
  const again = await trunk().call(DID, { from: CALLED_BACK });
  const agent = await centre.rung('101', 'the queue rings');
  await agent.answer();
  await customer.untilEnded();
  await ears.add('customer', again);
  await ears.add('agent', agent);
  await ears.expect({ customer: 'agent', agent: 'customer' });
  const { attempts } = await becomes(id, ({ state }) => state === 'closed');
  expect(attempts.map(({ result }) => result)).toEqual(['customerCalled']);
  await again.hangup();
});

/** The callback that was made of itself. */
async function promisedSince(since: number): Promise<string> {
  const query = { state: null, queueId: 'sales', number: null, since, until: Number.MAX_SAFE_INTEGER, limit: 1 };
  const deadline = Date.now() + LIMIT_MS;
  for (;;) {
    const [found] = await operations().list(AGREES, query);
    if (found !== undefined) return found.id;
    if (Date.now() > deadline) throw new Error('no callback was made');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
