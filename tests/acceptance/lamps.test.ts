// Lamps: what a desk phone that watches an agent or a queue is told by SIP while they work.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { ariHttp } from '../../lab/ari.js';
import { LampKey } from '../../lab/lamp-key.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';

jest.setTimeout(60_000);
const QUEUE_NUMBER = '600';
let centre: TestCentre;
let agent: LampKey;
let queue: LampKey;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102'], queue: { number: QUEUE_NUMBER } });
  agent = await LampKey.watch(centre.lab.pbx, '102', '101');
  queue = await LampKey.watch(centre.lab.pbx, '102', QUEUE_NUMBER);
});
afterEach(() => centre.reset());
afterAll(async () => {
  agent?.close();
  queue?.close();
  await centre.stop();
});

/** The lamps as Asterisk keeps them. */
async function lamps(): Promise<Readonly<Record<string, string>>> {
  const { body } = await ariHttp(centre.lab.pbx, 'GET', 'deviceStates');
  return Object.fromEntries((body as { name: string; state: string }[]).map(({ name, state }) => [name, state]));
}

async function untilLamp(name: string, state: string | undefined): Promise<void> {
  const deadline = Date.now() + 10_000;
  while ((await lamps())[name] !== state) {
    if (Date.now() > deadline) throw new Error(`${name} is not ${state}: ${JSON.stringify(await lamps())}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('a key that watches an agent shows the login, the ringing, the talk, the hold and the end of it', async () => {
  await untilLamp('Stasis:agent-101', 'UNAVAILABLE');
  await agent.until('terminated');
  await centre.accepted(centre.centre.agents.logIn('a101'));
  await untilLamp('Stasis:agent-101', 'BUSY');
  await agent.until('confirmed');
  await centre.ready('101');
  await agent.until('terminated');

  await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const offered = await centre.rung('101', 'the queue offers the call');
  await agent.until('early');
  await offered.answer();
  const call = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  await agent.until('confirmed');
  await untilLamp('Stasis:agent-101', 'INUSE');
  await centre.accepted(centre.centre.calls.hold('a101', call.id, null));
  await agent.until('confirmed', true);
  await centre.accepted(centre.centre.calls.resume('a101', call.id, null));
  await agent.until('confirmed');
  await offered.hangup();
  await agent.until('terminated');
  await centre.accepted(centre.centre.agents.logOut('a101'));
  await untilLamp('Stasis:agent-101', 'UNAVAILABLE');
  await agent.until('terminated');
});

test('a key that watches a queue shows whether agents are there, and that somebody waits', async () => {
  await untilLamp(`Stasis:queue-${QUEUE_NUMBER}`, 'UNAVAILABLE');
  await queue.until('terminated');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  await queue.until('early');
  await centre.ready('101');
  const offered = await centre.rung('101', 'the queue offers the call');
  await offered.answer();
  await queue.until('terminated');
  await customer.hangup();
  await centre.until('is free', () => centre.activity('101') === 'idle');
  await centre.accepted(centre.centre.agents.logOut('a101'));
  await untilLamp(`Stasis:queue-${QUEUE_NUMBER}`, 'UNAVAILABLE');
});

test('a key that watches a parking slot is lit while somebody waits there', async () => {
  const slot = await LampKey.watch(centre.lab.pbx, '102', '701');
  await slot.until('terminated');
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const offered = await centre.rung('101', 'the queue offers the call');
  await offered.answer();
  const call = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  await centre.accepted(centre.centre.calls.park('a101', call.id, null));
  await slot.until('confirmed');
  await customer.hangup();
  await slot.until('terminated');
  slot.close();
});

describe('lamps are put right', () => {
  test('after the controller was away', async () => {
    await centre.ready('101');
    await agent.until('terminated');
    await centre.restartAround(async () => {
      // Somebody has meddled, and a lamp is left of an agent who is no more.
      await ariHttp(centre.lab.pbx, 'PUT', 'deviceStates/Stasis:agent-101?deviceState=RINGING');
      await ariHttp(centre.lab.pbx, 'PUT', 'deviceStates/Stasis:agent-999?deviceState=INUSE');
      await agent.until('early');
    });
    await agent.until('terminated');
    await untilLamp('Stasis:agent-999', undefined);
  });

  test('when an agent gets another number, and when an agent is disabled', async () => {
    await centre.saveAgent('102', { number: '202' });
    await untilLamp('Stasis:agent-202', 'UNAVAILABLE');
    expect((await lamps())['Stasis:agent-102']).toBeUndefined();
    await centre.saveAgent('102', { number: '102', disabled: true });
    await untilLamp('Stasis:agent-202', undefined);
    expect((await lamps())['Stasis:agent-102']).toBeUndefined();
    await centre.saveAgent('102', {});
    await untilLamp('Stasis:agent-102', 'UNAVAILABLE');
  });
});

test('they are lit again after Asterisk was restarted', async () => {
  await centre.ready('101');
  await untilLamp('Stasis:agent-101', 'NOT_INUSE');
  const before = centre.centre.health().startedAt;
  await centre.lab.pbx.restart();
  await centre.lab.bank.registerAll();
  await centre.until('Asterisk is connected again', () => centre.centre.health().asterisk === 'connected', 30_000);
  expect(centre.centre.health().startedAt).toBe(before);
  await centre.accepted(centre.centre.agents.logOut('a101'));
  await untilLamp('Stasis:agent-101', 'UNAVAILABLE');
  const again = await LampKey.watch(centre.lab.pbx, '102', '101');
  await centre.ready('101');
  await centre.accepted(centre.centre.agents.setStatus('a101', 'notReady'));
  await again.until('confirmed');
  again.close();
});
