// Calls taken over from a colleague's ringing phone or from a parking slot, by desktop and by phone: who hears whom, and what becomes of
// those who come too late.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import type { IncomingCall } from '../../lab/incoming-call.js';
import { CENTRE_DEFAULTS, type CentreSettings } from '../../src/app/directory.js';
import { isRefusal } from '../../src/core/refusal.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { QUEUE } from '../support/configuration.js';
import { Ears } from '../support/ears.js';

jest.setTimeout(60_000);
/** Nobody serves it: an agent's phone that dials it waits there, as one does that has dialled a feature code. */
const LOBBY = '690';
/** Agent 104 serves no queue. */
const OUTSIDER = 'a104';
const ELSEWHERE = 26;
let centre: TestCentre;
let ears: Ears;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103', '104'] });
  await centre.configure(async (store) => {
    await store.saveQueue({ ...QUEUE, id: 'lobby', name: 'Lobby', number: LOBBY });
    await store.removeMember(QUEUE.id, OUTSIDER);
  });
});
beforeEach(() => {
  ears = new Ears();
});
afterEach(async () => {
  await centre.reset();
  await settings(CENTRE_DEFAULTS);
});
afterAll(() => centre.stop());

const phone = (number: string) => centre.lab.bank.phone(number);
const calls = () => centre.centre.calls;

async function logIn(...numbers: readonly string[]): Promise<void> {
  for (const number of numbers) {
    await centre.accepted(centre.centre.agents.logIn(`a${number}`));
    await centre.accepted(centre.centre.agents.setStatus(`a${number}`, 'notReady'));
  }
}

/** A customer whom the queue offers to agent 101. */
async function ringing(): Promise<{ readonly customer: Call; readonly offered: IncomingCall; readonly id: string }> {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const offered = await centre.rung('101', 'the queue offers the call');
  const { id } = await centre.until('the call rings', () => centre.calls().find(({ phase }) => phase === 'queued'));
  return { customer, offered, id };
}

/** The agent's phone has called in, and waits. */
async function calledIn(number: string): Promise<{ readonly leg: Call; readonly callId: string }> {
  const leg = await phone(number).dial(LOBBY);
  await leg.untilAnswered();
  const callId = await centre.until('is in a call', () => centre.centre.views.agent(`a${number}`)?.callIds[0]);
  return { leg, callId };
}

const codeOf = (result: object): string => (isRefusal(result) ? result.refused : 'accepted');

/** A customer of the queue talks to agent 101. */
async function talking(): Promise<{ readonly customer: Call; readonly agent: IncomingCall; readonly id: string }> {
  const { customer, offered, id } = await ringing();
  await offered.answer();
  await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  await ears.add('customer', customer);
  return { customer, agent: offered, id };
}

const slots = (agentId: string) => {
  const { parked } = centre.centre.views.snapshot({ agentId, role: 'agent' });
  return parked.map(({ slot }) => slot);
};
const settings = (changed: Partial<CentreSettings>) =>
  centre.configure(async (store) => store.saveCentre({ ...(await store.load()).centre, ...changed }));

describe('a ringing call is picked up', () => {
  test('from the desktop: the own phone rings too and shows the customer; the colleague’s stops and has missed nothing', async () => {
    const { customer, offered, id } = await ringing();
    await logIn('102');
    const picked = await centre.accepted(calls().pickUp('a102', null, null));
    expect(picked.id).toBe(id);
    const own = await centre.rung('102', 'the own phone rings');
    expect(own.callerNumber).toBe(CUSTOMER.from);
    expect(offered.over).toBe(false);
    await own.answer();
    expect((await offered.untilEnded()).cause).toBe(ELSEWHERE);
    await ears.add('customer', customer);
    await ears.add('colleague', own);
    await ears.expect({ customer: 'colleague', colleague: 'customer' });
    expect([centre.status('101'), centre.activity('101'), centre.activity('102')]).toEqual([
      'ready',
      'idle',
      'talking',
    ]);
    expect((await centre.record(id))?.agentId).toBe('a102');
  });

  test('with a leg that is there already: it has the customer at once', async () => {
    const { customer, offered, id } = await ringing();
    await logIn('102');
    const { leg, callId } = await calledIn('102');
    const picked = await centre.accepted(calls().pickUp('a102', { number: '101' }, callId));
    expect(picked.id).toBe(id);
    expect((await offered.untilEnded()).cause).toBe(ELSEWHERE);
    await ears.add('customer', customer);
    await ears.add('colleague', leg);
    await ears.expect({ customer: 'colleague', colleague: 'customer' });
    await centre.until('the call that the leg came from is over', () => centre.calls().length === 1);
    expect(centre.centre.views.agent('a102')?.callIds).toEqual([id]);
    await customer.hangup();
    await leg.untilEnded();
  });

  test('the longest ringing first, and only what rings: the caller of 103 stays with 103', async () => {
    const { customer } = await ringing();
    await centre.ready('103');
    const second = await centre.lab.bank.trunk.call(DID, { from: '+79165550000', name: 'Second' });
    const other = await centre.rung('103', 'the second call rings');
    await logIn('102');
    const { leg, callId } = await calledIn('102');
    await centre.accepted(calls().pickUp('a102', { queueId: QUEUE.id }, callId));
    await ears.add('customer', customer);
    await ears.add('colleague', leg);
    await ears.expect({ customer: 'colleague', colleague: 'customer' });
    expect(other.over).toBe(false);
    await second.hangup();
  });

  test('a colleague’s direct call, by whoever serves a queue with the colleague', async () => {
    await logIn('101', '102', '103');
    const asking = await phone('103').dial('101');
    const offered = await centre.rung('101', 'the direct call rings');
    const { leg, callId } = await calledIn('102');
    await centre.accepted(calls().pickUp('a102', { agentId: 'a101' }, callId));
    await offered.untilEnded();
    await ears.add('asking', asking);
    await ears.add('colleague', leg);
    await ears.expect({ asking: 'colleague', colleague: 'asking' });
  });

  test('who serves no queue with the colleague may not, unless the centre allows all', async () => {
    const { offered, customer } = await ringing();
    await logIn('104');
    expect(codeOf(await calls().pickUp(OUTSIDER, { agentId: 'a101' }, null))).toBe('notFound');
    expect(offered.over).toBe(false);
    await settings({ pickUpFrom: 'all' });
    await centre.accepted(calls().pickUp(OUTSIDER, { agentId: 'a101' }, null));
    const own = await centre.rung('104', 'the own phone rings');
    await own.answer();
    await offered.untilEnded();
    await ears.add('customer', customer);
    await ears.add('outsider', own);
    await ears.expect({ customer: 'outsider', outsider: 'customer' });
  });
});

describe('who comes too late', () => {
  test('nothing rings, and who is not logged in', async () => {
    await logIn('102');
    expect(codeOf(await calls().pickUp('a102', null, null))).toBe('notFound');
    expect(codeOf(await calls().pickUp('a102', { number: '999' }, null))).toBe('notFound');
    expect(codeOf(await calls().pickUp('a103', null, null))).toBe('notLoggedIn');
  });

  test('two pick up at once: one has the call, the other is told and stays where it was', async () => {
    const { customer, offered } = await ringing();
    await logIn('102', '103');
    const [one, other] = [await calledIn('102'), await calledIn('103')];
    const results = await Promise.all([
      calls().pickUp('a102', { agentId: 'a101' }, one.callId),
      calls().pickUp('a103', { agentId: 'a101' }, other.callId),
    ]);
    expect(results.map(codeOf)).toEqual(['accepted', 'notFound']);
    await offered.untilEnded();
    await ears.add('customer', customer);
    await ears.add('first', one.leg);
    await ears.add('second', other.leg);
    await ears.expect({ customer: 'first', first: 'customer', second: 'music' });
  });

  test('the colleague answers while the other picks up: exactly one talks with the customer, six times over', async () => {
    await logIn('102');
    for (let round = 0; round < 6; round += 1) {
      const { customer, offered } = await ringing();
      const { leg, callId } = await calledIn('102');
      const answers = offered.answer();
      await new Promise((resolve) => setTimeout(resolve, round * 3));
      const result = await calls().pickUp('a102', { agentId: 'a101' }, callId);
      await answers;
      await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
      const winner = isRefusal(result) ? '101' : '102';
      if (isRefusal(result)) {
        expect(leg.over).toBe(false);
        await leg.hangup();
      } else await offered.untilEnded();
      const talks = winner === '102' ? leg : offered;
      const voices = new Ears();
      await voices.add('customer', customer);
      await voices.add('winner', talks);
      await voices.expect({ customer: 'winner', winner: 'customer' });
      await customer.hangup();
      await Promise.all([talks.untilEnded(), leg.untilEnded()]);
      await centre.untilClean();
      phone('101').forgetCalls();
    }
  });

  test('the caller hangs up while the own phone rings for the call: it stops, and nothing is left', async () => {
    const { customer, offered } = await ringing();
    await logIn('102');
    await centre.accepted(calls().pickUp('a102', null, null));
    const own = await centre.rung('102', 'the own phone rings');
    await customer.hangup();
    await Promise.all([offered.untilEnded(), own.untilEnded()]);
    await centre.untilClean();
    expect([centre.status('101'), centre.status('102')]).toEqual(['ready', 'notReady']);
  });
});

describe('a parked call', () => {
  test('hears music in the first free slot, seen by those who may take it; who retrieves it has it', async () => {
    const { agent, id } = await talking();
    await logIn('102', '104');
    const parked = await centre.accepted(calls().park('a101', id, null));
    expect(parked).toMatchObject({ slot: '701', callId: id, party: { number: CUSTOMER.from }, byAgentId: 'a101' });
    await agent.untilEnded();
    await ears.expect({ customer: 'music' });
    await centre.until('101 is free', () => centre.activity('101') === 'idle');
    expect([slots('a102'), slots(OUTSIDER)]).toEqual([['701'], []]);
    expect(codeOf(await calls().retrieve(OUTSIDER, '701', null))).toBe('notFound');

    await centre.accepted(calls().retrieve('a102', '701', null));
    const own = await centre.rung('102', 'the own phone rings for the parked call');
    expect(own.callerNumber).toBe(CUSTOMER.from);
    await ears.expect({ customer: 'music' });
    await own.answer();
    await ears.add('colleague', own);
    await ears.expect({ customer: 'colleague', colleague: 'customer' });
    expect(slots('a102')).toEqual([]);
    expect(codeOf(await calls().retrieve('a103', '701', null))).toBe('notLoggedIn');
    expect(codeOf(await calls().retrieve('a101', '701', null))).toBe('notFound');
  });

  test('is taken at once by a leg that is there already; no two share a slot, and a full range is told', async () => {
    await settings({ parkingFirstSlot: 801, parkingLastSlot: 802 });
    const { id } = await talking();
    expect((await centre.accepted(calls().park('a101', id, null))).slot).toBe('801');
    const second = await centre.lab.bank.trunk.call(DID, { from: '+79165550000', name: 'Second' });
    const next = await centre.rung('101', 'the next customer');
    await next.answer();
    await second.untilAnswered();
    const other = await centre.until('both talk', () =>
      centre.calls().find((call) => call.id !== id && call.phase === 'talking'),
    );
    expect((await centre.accepted(calls().park('a101', other.id, null))).slot).toBe('802');
    await logIn('102');
    const { leg, callId } = await calledIn('102');
    await centre.accepted(calls().retrieve('a102', '801', callId));
    await ears.add('colleague', leg);
    await ears.add('second', second);
    await ears.expect({ customer: 'colleague', colleague: 'customer', second: 'music' });
    await settings({ parkingFirstSlot: 802, parkingLastSlot: 802 });
    const retrieved = centre.centre.views.agent('a102')?.callIds[0] ?? '';
    expect(codeOf(await calls().park('a102', retrieved, null))).toBe('tooMany');
  });

  test('whom nobody retrieves in time: the agent is rung again; who refuses, leaves the caller to the queue', async () => {
    await settings({ parkingLimitMs: 700 });
    const { id } = await talking();
    await logIn('103');
    await centre.accepted(calls().park('a101', id, null));
    const again = await centre.rung('101', 'the agent is rung again');
    await ears.expect({ customer: 'music' });
    expect(slots('a103')).toEqual([]);
    await again.reject();
    await centre.until('waits in the queue again', () => centre.queueView()?.waiting === 1);
    await centre.ready('103');
    const offered = await centre.rung('103', 'the queue offers the customer to the next');
    await offered.answer();
    await ears.add('next', offered);
    await ears.expect({ customer: 'next', next: 'customer' });
  });

  test('hangs up: the slot is free, and the call was answered', async () => {
    const { customer, id } = await talking();
    await logIn('102');
    await centre.accepted(calls().park('a101', id, null));
    await customer.hangup();
    await centre.untilClean();
    expect(slots('a102')).toEqual([]);
    expect((await centre.record(id))?.outcome).toBe('answered');
  });

  test('stays parked, with music, over a restart of the controller, and is retrieved after it', async () => {
    const { id } = await talking();
    await centre.accepted(calls().park('a101', id, null));
    await centre.restart();
    await ears.expect({ customer: 'music' });
    await centre.accepted(centre.centre.calls.retrieve('a101', '701', null));
    const own = await centre.rung('101', 'the own phone rings for the parked call');
    await own.answer();
    await ears.add('agent', own);
    await ears.expect({ customer: 'agent', agent: 'customer' });
  });
});
