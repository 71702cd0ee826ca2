// Rules of callbacks on a real Asterisk: who is rung first, what a customer hears while no agent is free, and who takes over.
import { afterAll, afterEach, beforeAll, beforeEach, expect, jest, test } from '@jest/globals';
import type { CallbackRequest } from '../../src/app/callbacks/callbacks.js';
import type { Callback } from '../../src/core/callback/callback.js';
import { PERSONAL_CALLBACK_RULE, QUEUE_CALLBACK_RULE, type QueueCallbackRule } from '../../src/core/callback/rule.js';
import { CALLED_BACK, callbackBecomes, dueCallback } from '../support/agreed-callbacks.js';
import { TestCentre } from '../support/centre.js';
import { Ears } from '../support/ears.js';
import { untilMusic, untilTone } from '../support/heard-tones.js';
import { Browser } from '../support/recorded.js';
import { toneWav } from '../support/wav-files.js';

jest.setTimeout(90_000);
const LIMIT_MS = 20_000;
const [GREETING_HZ, APOLOGY_HZ, MACHINE_HZ] = [550, 850, 650] as const;
let centre: TestCentre;
let supervisor: Browser;
let greeting: { readonly message: string };
let apology: { readonly message: string };
let ears: Ears;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102'] });
  supervisor = await Browser.logIn(centre, 'admin', 'administrator');
  greeting = await tone(GREETING_HZ);
  apology = await tone(APOLOGY_HZ);
});
beforeEach(() => {
  ears = new Ears();
});
// What a test has changed of the centre is as before for the next one, also after a failure.
const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await centre.reset();
  for (const each of undo.splice(0)) await each();
});
afterAll(() => centre.stop());

/** A prompt that is a tone. */
async function tone(hz: number): Promise<{ readonly message: string }> {
  const wav = new Uint8Array(toneWav({ rate: 8_000, seconds: 2, channels: [hz] }));
  const response = await supervisor.request('POST', `/messages?name=tone${hz}&shared=true`, wav, 'audio/wav');
  expect(response.status).toBe(201);
  return { message: ((await response.json()) as { id: string }).id };
}

const rule = (more: Partial<QueueCallbackRule>) => centre.queue({ callbacks: { ...QUEUE_CALLBACK_RULE, ...more } });
const trunk = () => centre.lab.bank.trunk;

const due = (more?: Partial<CallbackRequest>) => dueCallback(centre, more);
const becomes = (id: string, is: (callback: Callback) => boolean) => callbackBecomes(centre, id, is);

const results = ({ attempts }: Callback) => attempts.map(({ agentId, result }) => [agentId, result]);

test('agent first: the one who does not answer has missed a call, the next one sees who is called; they talk', async () => {
  await centre.ready('101', '102');
  await centre.queue({ ringMs: 3_000, callbacks: { ...QUEUE_CALLBACK_RULE, way: 'agentFirst' } });
  const id = await due();
  await centre.rung('101', 'the agent whose turn it is');
  // The next one has all the time there is.
  await rule({ way: 'agentFirst' });
  const agent = await centre.rung('102', 'the next agent');
  expect(agent.callerNumber).toBe(CALLED_BACK);
  const [call] = centre.calls().filter(({ phase }) => phase === 'preparing');
  expect([call?.dialled, call?.queueId]).toEqual([CALLED_BACK, 'sales']);
  expect(call?.lines[0]?.calls).toEqual({ number: CALLED_BACK, name: 'Anna' });
  await centre.until('the first one has missed it', () => centre.status('101') === 'noAnswer');
  expect(trunk().calls).toHaveLength(0);
  await agent.answer();
  const customer = await trunk().nextCall({ timeoutMs: LIMIT_MS });
  await customer.answer();
  await ears.add('customer', customer);
  await ears.add('agent', agent);
  await ears.expect({ customer: 'agent', agent: 'customer' });
  await customer.hangup();
  await agent.untilEnded();
  const done = await becomes(id, ({ state }) => state === 'done');
  expect(results(done)).toEqual([
    ['a101', 'agentDeclined'],
    ['a102', 'connected'],
  ]);
});

test('the customer answers and no agent is free: a greeting, music, an apology in the end, and another time', async () => {
  await rule({ greeting, apology, longestWaitMs: 6_000 });
  await centre.ready('101');
  const id = await due();
  const customer = await trunk().nextCall({ timeoutMs: LIMIT_MS });
  await centre.accepted(centre.centre.agents.setStatus('a101', 'notReady'));
  await customer.answer();
  await untilTone(customer, GREETING_HZ);
  await untilMusic(customer);
  await untilTone(customer, APOLOGY_HZ);
  await customer.untilEnded();
  const callback = await becomes(id, ({ attempts }) => attempts[0]?.result != null);
  expect([callback.state, results(callback)]).toEqual(['scheduled', [[null, 'noAgent']]]);
});

test('the customer answers and no agent is free: on to the destination that is set', async () => {
  await centre.configure((store) =>
    store.saveQueue({ ...centre.defaultQueue, id: 'other', name: 'Other', number: '501' }),
  );
  await centre.configure((store) => store.saveMember({ queueId: 'other', agentId: 'a102', priority: 0 }));
  await rule({ longestWaitMs: 1_000, fallback: { kind: 'queue', queueId: 'other' } });
  undo.push(() => centre.configure((store) => store.saveMember({ queueId: 'sales', agentId: 'a102', priority: 0 })));
  await centre.configure((store) => store.removeMember('sales', 'a102'));
  await centre.ready('101', '102');
  const id = await due();
  const customer = await trunk().nextCall({ timeoutMs: LIMIT_MS });
  await centre.accepted(centre.centre.agents.setStatus('a101', 'notReady'));
  await customer.answer();
  const agent = await centre.rung('102', 'the agent of the other queue');
  await agent.answer();
  await ears.add('customer', customer);
  await ears.add('agent', agent);
  await ears.expect({ customer: 'agent', agent: 'customer' });
  await customer.hangup();
  await becomes(id, ({ state }) => state === 'done');
});

test('an answering machine answers before an agent does: the call ends, and it is tried another time', async () => {
  const detect = (detectMachines: boolean) =>
    centre.configure(async (store) => {
      const { outgoingRules } = await store.load();
      for (const each of outgoingRules) await store.saveOutgoingRule({ ...each, detectMachines });
    });
  undo.push(() => detect(false));
  await detect(true);
  await centre.ready('101');
  const id = await due();
  const customer = await trunk().nextCall({ timeoutMs: LIMIT_MS });
  await customer.answer();
  await customer.playTone(MACHINE_HZ);
  await customer.untilEnded();
  const callback = await becomes(id, ({ attempts }) => attempts[0]?.result != null);
  expect([callback.state, results(callback)]).toEqual(['scheduled', [[null, 'machine']]]);
});

test('a personal one whose agent is logged out goes to the queue that is set', async () => {
  const { away } = PERSONAL_CALLBACK_RULE;
  const personal = (queueId: string | null) =>
    centre.configure(async (store) => {
      const loggedOut = { waitMs: 0, queueId };
      const { centre: settings } = await store.load();
      const personalCallbacks = { ...PERSONAL_CALLBACK_RULE, away: { ...away, loggedOut } };
      await store.saveCentre({ ...settings, personalCallbacks });
    });
  undo.push(() => personal(null));
  await personal('sales');
  await centre.ready('102');
  const id = await due({ queueId: null });
  const customer = await trunk().nextCall({ timeoutMs: LIMIT_MS });
  await customer.answer();
  const agent = await centre.rung('102', 'an agent of the queue');
  await agent.answer();
  await ears.add('customer', customer);
  await ears.add('agent', agent);
  await ears.expect({ customer: 'agent', agent: 'customer' });
  await customer.hangup();
  expect(await becomes(id, ({ state }) => state === 'done')).toMatchObject({ queueId: 'sales', agentId: null });
});
