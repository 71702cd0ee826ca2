// A trainer with an agent in a call: who hears whom is proved by ear after every step, above all that the customer does not hear the trainer.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ariHttp } from '../../lab/ari.js';
import type { Call } from '../../lab/call.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { Ears } from '../support/ears.js';

jest.setTimeout(90_000);
const LISTEN_MS = 500;
const TRIES = 20;
let centre: TestCentre;
let ears: Ears;

beforeAll(async () => {
  const settings = { transferRingMs: 5_000, conferenceSounds: false };
  centre = await TestCentre.start({ phones: ['101', '102', '103'], settings });
  await centre.configure((store) => store.saveTrainer({ of: 'agent', id: 'a101', trainerId: 'a102' }));
});
beforeEach(() => {
  ears = new Ears();
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const calls = () => centre.centre.calls;
const theCall = () => {
  const [call] = centre.calls();
  if (call === undefined) throw new Error('there is no call');
  return call;
};

interface Parties {
  readonly customer: Call;
  readonly agent: Call;
  readonly id: string;
}

/** A customer of the queue talks to agent 101. */
async function talking(): Promise<Parties> {
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

/** And the trainer, 102, whom the agent has called, whispers. */
async function coached(): Promise<Parties & { readonly trainer: Call }> {
  const parties = await talking();
  await centre.accepted(calls().coach('a101', parties.id, null));
  const trainer = await centre.rung('102', 'the trainer is called');
  await trainer.answer();
  await centre.until('the trainer is there', () => theCall().coachings[0]?.state === 'there');
  await ears.add('trainer', trainer);
  await ears.expect(WHISPERS);
  return { ...parties, trainer };
}

const WHISPERS = { customer: 'agent', agent: 'customer trainer', trainer: 'agent customer' };
const LISTENS = { customer: 'agent', agent: 'customer', trainer: 'agent customer' };
const BARGES = { customer: 'agent trainer', agent: 'customer trainer', trainer: 'agent customer' };

/** What Asterisk has for trainers, besides their legs. */
async function snoops(): Promise<readonly string[]> {
  const { body } = await ariHttp(centre.lab.pbx, 'GET', 'channels');
  return (body as { id: string; name: string }[]).flatMap(({ id, name }) =>
    name.startsWith('Snoop/') && id.includes('~k~') ? [id] : [],
  );
}

describe('who hears the trainer', () => {
  test('in each mode, and from each to each', async () => {
    const { customer, trainer, id } = await coached();
    const heard = await customer.listen([ears.toneOf('trainer')]);
    for (const [mode, wanted] of [
      ['listen', LISTENS],
      ['whisper', WHISPERS],
      ['listen', LISTENS],
    ] as const) {
      await centre.accepted(calls().coachMode('a102', id, mode));
      await ears.expect(wanted);
    }
    // Not for a moment in all that time.
    expect((await heard.stop()).spans(ears.toneOf('trainer'))).toEqual([]);
    for (const [mode, wanted] of [
      ['barge', BARGES],
      ['listen', LISTENS],
      ['barge', BARGES],
      ['whisper', WHISPERS],
    ] as const) {
      await centre.accepted(calls().coachMode('a102', id, mode));
      await ears.expect(wanted);
    }
    await trainer.hangup();
    await centre.until('the trainer has gone', () => theCall().coachings.length === 0);
    await ears.expect({ customer: 'agent', agent: 'customer' });
  });

  test('a supervisor listens to any call of an agent', async () => {
    const { id } = await talking();
    await centre.accepted(calls().listen('a103', id, 'a101', 'listen'));
    const supervisor = await centre.rung('103', 'the own phone rings');
    await supervisor.answer();
    await ears.add('trainer', supervisor);
    await ears.expect(LISTENS);
    await centre.accepted(calls().stopCoaching({ agentId: 'a103', role: 'supervisor' }, id, null));
    await supervisor.untilEnded();
    await ears.expect({ customer: 'agent', agent: 'customer' });
  });
});

test('a trainer who does not come: the agent alone is told, and the conversation goes on', async () => {
  const { customer, agent, id } = await talking();
  await centre.accepted(calls().coach('a101', id, null));
  const trainer = await centre.rung('102', 'the trainer is called');
  const listening = await customer.listen();
  await trainer.reject();
  await centre.until('the call says so', () => theCall().coachings[0]?.outcome === 'rejected');
  let told = false;
  for (let turn = 0; turn < TRIES && !told; turn += 1) told = (await agent.hears(LISTEN_MS)).otherSound;
  const byCustomer = await listening.stop();
  expect({ told, byCustomer: byCustomer.otherSounds }).toEqual({ told: true, byCustomer: [] });
  await ears.expect({ customer: 'agent' });
});

describe('the trainer goes where the agent goes', () => {
  test('hold, resume, a consult, and back; after a transfer the trainer is let go', async () => {
    const { customer, agent, trainer, id } = await coached();
    const heard = await customer.listen([ears.toneOf('trainer')]);
    await centre.accepted(calls().hold('a101', id, null));
    await ears.expect({ customer: 'music', trainer: 'music' });
    await centre.accepted(calls().resume('a101', id, null));
    await ears.expect(WHISPERS);
    await centre.accepted(calls().consult('a101', id, { number: '103' }));
    const target = await centre.rung('103', 'the consult rings');
    await target.answer();
    await ears.add('target', target);
    await ears.expect({ customer: 'music', agent: 'target trainer', target: 'agent', trainer: 'agent target' });
    await target.hangup();
    ears.remove('target');
    await ears.expect(WHISPERS);
    await centre.accepted(calls().transfer('a101', id, null, { number: '103' }));
    await Promise.all([agent.untilEnded(), trainer.untilEnded()]);
    expect((await heard.stop()).spans(ears.toneOf('trainer'))).toEqual([]);
  });

  test('the agent hangs up: the trainer is let go with the customer', async () => {
    const { customer, agent, trainer } = await coached();
    await agent.hangup();
    await Promise.all([customer.untilEnded(), trainer.untilEnded()]);
    await centre.untilClean();
  });

  test('the controller is started anew in between: the trainer whispers on, once, and follows the agent afterwards', async () => {
    const { customer, trainer, id } = await coached();
    const heard = await customer.listen([ears.toneOf('trainer')]);
    await centre.restart();
    await ears.expect(WHISPERS);
    expect(await snoops()).toHaveLength(1);
    await centre.accepted(calls().hold('a101', id, null));
    await ears.expect({ customer: 'music', trainer: 'music' });
    await centre.accepted(calls().resume('a101', id, null));
    await ears.expect(WHISPERS);
    expect((await heard.stop()).spans(ears.toneOf('trainer'))).toEqual([]);
    await trainer.hangup();
    await customer.hangup();
    await centre.untilClean();
  });
});
