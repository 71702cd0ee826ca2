// Keys pressed during a call, on real phones: commands that the customer does not hear, and everything else, which the customer hears.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import type { Key, KeyScope, Option } from '../../src/core/option/option.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { Scene } from '../support/scene.js';

jest.setTimeout(60_000);
const LIMIT_MS = 15_000;
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102'], settings: { transferRingMs: 5_000 } });
  const { tags: defined } = centre.centre.addressBook;
  for (const name of ['sold', 'moved', 'by customer', 'asked'])
    await defined.save({ id: name, name, colour: '#808080', enabled: true }, { by: 'admin', at: 0 });
});
afterEach(async () => {
  await centre.reset();
  await centre.configure(async (store) => {
    for (const { scope, ownerId } of (await store.load()).keySets) await store.removeKeySet(scope, ownerId);
  });
});
afterAll(() => centre.stop());

async function keys(scope: KeyScope, ownerId: string, options: Readonly<Record<string, Option>>): Promise<void> {
  const all = Object.entries(options).map(([sequence, option]): Key => ({ sequence, option, reserved: false }));
  await centre.configure((store) => store.saveKeySet({ scope, ownerId, betweenDigitsMs: 1_000, keys: all }));
}

const KEYS: Readonly<Record<string, Option>> = {
  '*1': { kind: 'hold' },
  '*5': { kind: 'tag', tag: 'sold' },
  '*2': { kind: 'consult', number: '102' },
  '*3': { kind: 'complete' },
  '*4': { kind: 'conference' },
  '*6': { kind: 'swap' },
  '*7': { kind: 'record', action: 'toggle' },
  '*0': { kind: 'hangUp' },
  '#': { kind: 'transfer', number: null },
};

const tags = () => centre.calls()[0]?.tags ?? [];
const tagged = (tag: string) => centre.until(`tagged ${tag}`, () => tags().includes(tag), LIMIT_MS);
const lineStates = () =>
  centre
    .calls()[0]
    ?.lines.map(({ state }) => state)
    .join(' ');
const linesAre = (states: string) => centre.until(`lines are ${states}`, () => lineStates() === states, LIMIT_MS);

/** All that has arrived there once the last of these has. */
async function digitsAt(call: Call, expected: string): Promise<string> {
  await call.untilDigits(expected.slice(-1), LIMIT_MS);
  await call.untilDigits(expected, LIMIT_MS).catch(() => undefined);
  return call.digits;
}

describe('digits sent by a command', () => {
  const send = (digits: string, legId: string | null = null) => {
    const [call] = centre.calls();
    return centre.centre.calls.sendDigits('a101', call?.id ?? '', legId, digits);
  };

  test('reach the customer exactly, and are no keys of the agent', async () => {
    await keys('centre', 'centre', KEYS);
    const { customer, agent, ears } = await Scene.talking(centre);
    await centre.accepted(send('*5'));
    await centre.accepted(send('1234567890#*0D'));
    expect(await digitsAt(customer, '*51234567890#*0D')).toBe('*51234567890#*0D');
    // The key of the phone is still one; so all that was sent before has been heard by then.
    await agent.dtmf('*5');
    await tagged('sold');
    expect([customer.digits, agent.digits]).toEqual(['*51234567890#*0D', '']);
    await ears.expect({ customer: 'agent', agent: 'customer' });
  });

  test('in a conference those outside hear them, or the one who is named', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asked();
    expect(await send('9')).not.toHaveProperty('refused');
    await target.untilDigits('9', LIMIT_MS);
    await scene.conference();
    await linesAre('active');
    await centre.accepted(send('1'));
    await scene.customer.untilDigits('1', LIMIT_MS);
    const named = centre.calls()[0]?.legs.find(({ agentId }) => agentId === 'a102')?.id ?? '';
    await centre.accepted(send('2', named));
    await target.untilDigits('92', LIMIT_MS);
    expect([scene.customer.digits, target.digits]).toEqual(['1', '92']);
    await scene.neverSilent();
  });

  test('nobody hears them on hold: refused', async () => {
    const { customer, hold } = await Scene.talking(centre);
    await hold();
    expect(await send('5')).toMatchObject({ refused: 'wrongState' });
    expect(customer.digits).toBe('');
  });
});

describe('where an agent has keys', () => {
  test('a menu that the customer is can be used; commands are not heard there', async () => {
    await keys('centre', 'centre', KEYS);
    const { customer, agent, ears } = await Scene.talking(centre);
    await agent.dtmf('1234567890');
    expect(await digitsAt(customer, '1234567890')).toBe('1234567890');
    await agent.dtmf('*59*8');
    await tagged('sold');
    expect(await digitsAt(customer, '12345678909*8')).toBe('12345678909*8');
    await agent.dtmf('*');
    expect(await digitsAt(customer, '*8*')).toBe('12345678909*8*');
    await ears.expect({ customer: 'agent', agent: 'customer' });
    // What the customer presses is no command, and reaches the agent as ever.
    await customer.dtmf('*15');
    await agent.untilDigits('*15', LIMIT_MS);
    expect(lineStates()).toBe('active');
  });

  test('hold, consult, swap, conference and hanging up, with nothing but the phone', async () => {
    await keys('agent', 'a101', KEYS);
    const scene = await Scene.talking(centre);
    const { agent, customer, ears } = scene;
    await agent.dtmf('*1');
    await ears.expect({ customer: 'music', agent: '' });
    await agent.dtmf('*1');
    await ears.expect({ customer: 'agent', agent: 'customer' });
    await agent.dtmf('*2');
    const target = await centre.rung('102', 'the consult rings');
    await scene.answers('target', target);
    await ears.expect({ customer: 'music', agent: 'target', target: 'agent' });
    await agent.dtmf('*6');
    await ears.expect({ customer: 'agent', agent: 'customer', target: 'music' });
    await agent.dtmf('*4');
    await ears.expect({ customer: 'agent target', agent: 'customer target', target: 'agent customer' });
    await agent.dtmf('7');
    await customer.untilDigits('7', LIMIT_MS);
    expect([customer.digits, target.digits]).toEqual(['7', '']);
    await agent.dtmf('*0');
    await agent.untilEnded(LIMIT_MS);
    await ears.expect({ customer: 'target', target: 'customer' });
    await scene.neverSilent();
  });

  test('a recording is begun and ended, which a tone tells the agent alone', async () => {
    await centre.saveAgent('101', { mayRecord: true });
    await keys('queue', 'sales', KEYS);
    const { agent, customer } = await Scene.talking(centre);
    await agent.stopTone();
    await customer.stopTone();
    const recording = (is: string) =>
      centre.until(`recording: ${is}`, () => centre.calls()[0]?.lines[0]?.recording === is, LIMIT_MS);
    const [agentHears, customerHears] = [await agent.listen(), await customer.listen()];
    await agent.dtmf('*7');
    await recording('yes');
    await agent.hears(1_500);
    const [byAgent, byCustomer] = [await agentHears.stop(), await customerHears.stop()];
    expect([byAgent.silent, byCustomer.silent]).toEqual([false, true]);
    await agent.dtmf('*7');
    await recording('no');
  });
});

test('the customer gets a personal manager and a group, is blocked, and does not get through any more', async () => {
  const { contacts, blacklist } = centre.centre.addressBook;
  await contacts.saveGroup('admin', { id: 'vip', name: 'VIP' });
  await keys('centre', 'centre', {
    '*81': { kind: 'manager' },
    '*82': { kind: 'contactGroup', groupId: 'vip' },
    '*83': { kind: 'blacklist', when: 'now' },
  });
  const { agent, customer } = await Scene.talking(centre);
  const card = () => contacts.contactOf(CUSTOMER.from);
  await agent.dtmf('*81');
  await centre.until('there is a manager', () => card()?.managerId === 'a101', LIMIT_MS);
  await agent.dtmf('*82');
  await centre.until('there is a group', () => card()?.groupIds.includes('vip'), LIMIT_MS);
  expect(card()?.name).toBe(CUSTOMER.name);
  await agent.dtmf('*83');
  await Promise.all([customer.untilEnded(LIMIT_MS), agent.untilEnded(LIMIT_MS)]);
  expect(customer.digits).toBe('');
  const again = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  await again.untilEnded(LIMIT_MS);
  await centre.until('it is told', () => centre.events('call.ended').some(({ outcome }) => outcome === 'blocked'));
  await blacklist.remove('admin', CUSTOMER.from);
});

test('a trainer is called by a key, heard by the agent alone, and let go by the same key', async () => {
  await keys('centre', 'centre', { '*88': { kind: 'coach', trainerId: 'a102' } });
  const scene = await Scene.talking(centre);
  const { agent, customer, ears } = scene;
  await agent.dtmf('*88');
  const trainer = await centre.rung('102', 'the trainer is called');
  await scene.answers('trainer', trainer);
  await ears.expect({ customer: 'agent', agent: 'customer trainer', trainer: 'agent customer' });
  await agent.dtmf('*88');
  await trainer.untilEnded(LIMIT_MS);
  await ears.expect({ customer: 'agent', agent: 'customer' });
  expect(customer.digits).toBe('');
});

test('the conversation moves to the agent’s other phone, where the keys are the same', async () => {
  const devices = ['101', '102'].map((number) => ({ id: `d${number}`, address: `PJSIP/${number}`, autoAnswer: false }));
  await centre.saveAgent('102', { devices: [] });
  await centre.saveAgent('101', { devices });
  try {
    await keys('agent', 'a101', { '*89': { kind: 'device' }, '*5': { kind: 'tag', tag: 'moved' } });
    const scene = await Scene.talking(centre);
    const { agent, customer, ears } = scene;
    await (await centre.rung('102', 'both phones ring for the customer')).untilEnded(LIMIT_MS);
    await agent.dtmf('*89');
    const other = await centre.rung('102', 'the other phone rings');
    await scene.answers('other', other);
    await agent.untilEnded(LIMIT_MS);
    await ears.expect({ customer: 'other', other: 'customer' });
    await other.dtmf('*53');
    await tagged('moved');
    expect(await digitsAt(customer, '3')).toBe('3');
  } finally {
    await centre.reset();
    await centre.saveAgent('101', {});
    await centre.saveAgent('102', {});
  }
});

test('the customer goes on in a scenario, and the agent is free', async () => {
  const { scenarios } = centre.centre;
  const steps = {
    mark: { type: 'tag', tag: 'asked', next: 'bye' },
    bye: { type: 'play', prompt: { sound: 'vm-goodbye' }, next: 'end' },
    end: { type: 'hangUp' },
  };
  await centre.accepted(scenarios.save('admin', 'survey', { name: 'Survey', start: 'mark', steps }));
  await centre.accepted(scenarios.publish('admin', 'survey'));
  await keys('centre', 'centre', { '*86': { kind: 'scenario', scenarioId: 'survey' } });
  const { agent, customer } = await Scene.talking(centre);
  const heard = await customer.listen();
  await agent.dtmf('*86');
  await agent.untilEnded(LIMIT_MS);
  await customer.untilEnded(LIMIT_MS);
  expect((await heard.stop()).music).toBe(true);
  await centre.until('it is tagged', () => centre.events('call.tagged').some(({ tag }) => tag === 'asked'));
  expect([centre.activity('101'), customer.digits]).toEqual(['idle', '']);
});

describe('transfer by the key # and a number', () => {
  test('the customer hears music until the colleague answers; the agent is free', async () => {
    await keys('centre', 'centre', KEYS);
    await centre.ready('102');
    await centre.centre.agents.setStatus('a102', 'notReady');
    const scene = await Scene.talking(centre);
    const { agent, customer, ears } = scene;
    await agent.dtmf('#');
    await ears.expect({ customer: 'music' });
    await agent.dtmf('102#');
    const colleague = await centre.rung('102', 'the transfer rings');
    await agent.untilEnded(LIMIT_MS);
    await scene.answers('colleague', colleague);
    await ears.expect({ customer: 'colleague', colleague: 'customer' });
    expect(customer.digits).toBe('');
    await scene.neverSilent();
  });

  test('a wrong number, no number and a change of mind bring the agent back to the customer', async () => {
    await keys('centre', 'centre', KEYS);
    const scene = await Scene.talking(centre);
    const { agent, ears, customer } = scene;
    for (const typed of ['##', '#*', '#0#']) {
      await agent.dtmf(typed.slice(0, 1));
      await linesAre('held');
      await agent.dtmf(typed.slice(1));
      await linesAre('active');
    }
    await ears.expect({ customer: 'agent', agent: 'customer' });
    expect(customer.digits).toBe('');
    await scene.neverSilent();
  });
});

describe('elsewhere', () => {
  test('without keys every digit is heard once, and nothing is a command', async () => {
    const { agent, customer } = await Scene.talking(centre);
    await agent.dtmf('*5#1');
    expect(await digitsAt(customer, '*5#1')).toBe('*5#1');
    expect(tags()).toEqual([]);
  });

  test('customers may press where their queue lets them; their agent does not hear that', async () => {
    await keys('customer', 'sales', { '*9': { kind: 'tag', tag: 'by customer' } });
    const { agent, customer } = await Scene.talking(centre);
    await customer.dtmf('*93');
    await tagged('by customer');
    expect(await digitsAt(agent, '3')).toBe('3');
    await agent.dtmf('*94');
    expect(await digitsAt(customer, '*94')).toBe('*94');
  });

  test('what a controller that was started anew finds goes on as before', async () => {
    await keys('centre', 'centre', KEYS);
    const { agent, customer } = await Scene.talking(centre);
    await centre.restart();
    await centre.until('the call is taken up', () => centre.calls()[0]?.phase === 'talking', LIMIT_MS);
    await agent.dtmf('6*5');
    await tagged('sold');
    expect(await digitsAt(customer, '6')).toBe('6');
  });
});
