// Who hangs up when, and what becomes of the others: docs/hang-ups.md, the rows of customers, agents, queues and conferences.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { sine, wavFile } from '../../lab/tone.js';
import { TEST_TONES } from '../../lab/tone-analysis.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { over, Scene, tellSilence } from '../support/scene.js';

jest.setTimeout(60_000);
const OUTSIDE = '79031112233';
const [MESSAGE_HZ = 0] = TEST_TONES;
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103'], settings: { transferRingMs: 4_000 } });
});
afterEach(() => centre.reset());
afterAll(async () => {
  tellSilence('hang-ups');
  await centre.stop();
});

const trunk = () => centre.lab.bank.trunk;
const calls = () => centre.centre.calls;

/** A customer waits in the queue. */
async function waiting() {
  const customer = await trunk().call(DID, CUSTOMER);
  await centre.until('the customer waits', () => centre.queueView()?.waiting === 1);
  return customer;
}

/** A prepared message, a tone of this length, is left for the customer, and the agent is free. */
async function leaving(scene: Scene, durationMs: number): Promise<void> {
  const sound = `message-${durationMs}`;
  const file = join(centre.lab.pbx.spoolFolder, 'recording', `${sound}.wav`);
  await writeFile(file, wavFile(sine(MESSAGE_HZ, durationMs)));
  await centre.accepted(calls().leaveMessage('a101', scene.id, null, { sound, durationMs }));
  await scene.agent.untilEnded();
}

/** The customer, agent 101 and agent 102 hear each other. */
async function conferring() {
  const scene = await Scene.talking(centre);
  const target = await scene.asked();
  await scene.conference();
  await scene.ears.expect({ customer: 'agent target' });
  return { scene, target };
}

describe('the customer hangs up', () => {
  test('C1 while waiting in the queue: the call is abandoned', async () => {
    const customer = await waiting();
    await customer.hangup();
    await over(centre, 'abandoned', customer);
  });

  test('C2 while a phone of the queue rings: it stops, and the agent goes on receiving calls', async () => {
    await centre.ready('101');
    const customer = await waiting();
    const offered = await centre.rung('101', 'the queue rings');
    await customer.hangup();
    await over(centre, 'abandoned', customer, offered);
    expect(centre.status('101')).toBe('ready');
  });

  test('C3 while talking: the agent is let go', async () => {
    const { customer, agent } = await Scene.talking(centre);
    await customer.hangup();
    await over(centre, 'answered', agent);
  });

  test('C4 on hold: the agent is let go', async () => {
    const scene = await Scene.talking(centre);
    await scene.hold();
    await scene.customer.hangup();
    await over(centre, 'answered', scene.agent);
  });

  test('C5 on hold while a colleague is being asked: the phone rings on, and the two talk', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asking();
    await scene.customer.hangup();
    await centre.until('one line is left', () => scene.lines === 'dialling');
    await scene.answers('target', target);
    await scene.ears.expect({ agent: 'target', target: 'agent' });
    await scene.agent.hangup();
    await over(centre, 'answered', target);
  });

  test('C6 on hold while the agent talks with a colleague: the two go on', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asked();
    await scene.customer.hangup();
    await centre.until('one line is left', () => scene.lines === 'active');
    await scene.ears.expect({ agent: 'target', target: 'agent' });
    await target.hangup();
    await over(centre, 'answered', scene.agent);
  });

  test('C7 sent on, while the target rings: the phone stops', async () => {
    const scene = await Scene.talking(centre);
    await scene.transfer('102');
    const target = await centre.rung('102', 'the transfer rings');
    await scene.customer.hangup();
    await over(centre, 'answered', scene.agent, target);
  });

  test('C8 while the agent is rung again: the phone stops', async () => {
    const scene = await Scene.talking(centre);
    await scene.hold();
    await scene.agent.hangup();
    const again = await centre.rung('101', 'the phone rings again');
    await scene.customer.hangup();
    await over(centre, 'answered', again);
  });

  test('C9 while a prepared message plays, the agent gone: the call is over', async () => {
    const scene = await Scene.talking(centre);
    await leaving(scene, 20_000);
    expect((await scene.customer.hears(500)).hears(MESSAGE_HZ)).toBe(true);
    await scene.customer.hangup();
    await over(centre, 'answered', scene.customer);
  });

  test('C10 while the place in the queue is being told: the call is abandoned', async () => {
    await centre.queue({ announce: { position: true, estimatedWait: false, firstMs: 100, everyMs: 60_000 } });
    const customer = await waiting();
    await centre.until('it is told', () => centre.events('announcement.started').length > 0);
    await customer.hangup();
    await over(centre, 'abandoned', customer);
  });
});

describe('the agent hangs up', () => {
  test('A1 refuses a call of the queue: the customer waits on at the same place, with music', async () => {
    await centre.ready('101');
    const customer = await waiting();
    const offered = await centre.rung('101', 'the queue rings');
    await offered.reject();
    await offered.untilEnded();
    const heard = await customer.hears(700);
    expect([heard.music, centre.queueView()?.waiting]).toEqual([true, 1]);
  });

  test.each(['receiver', 'button'] as const)('A2 while talking, %s: the customer is let go', async (how) => {
    const scene = await Scene.talking(centre);
    await (how === 'receiver' ? scene.agent.hangup() : scene.button());
    await over(centre, 'answered', scene.customer, scene.agent);
  });

  test('A3 with the customer on hold, button: the customer is let go, nobody is rung', async () => {
    const scene = await Scene.talking(centre);
    await scene.hold();
    await scene.button();
    await over(centre, 'answered', scene.customer, scene.agent);
    expect(centre.lab.bank.phone('101').calls).toEqual([]);
  });

  test('A4 with the customer on hold, receiver: the phone rings again and they talk', async () => {
    const scene = await Scene.talking(centre);
    await scene.hold();
    await scene.agent.hangup();
    await scene.recalled();
    await scene.neverSilent();
  });

  test.each(['receiver', 'button'] as const)('A5 while the number called rings, %s: it stops', async (how) => {
    await centre.ready('101');
    const call = await centre.accepted(calls().dial('a101', { number: OUTSIDE }));
    const own = await centre.rung('101', 'the own phone rings');
    await own.answer();
    const called = await trunk().nextCall();
    await called.ring();
    await (how === 'receiver' ? own.hangup() : centre.accepted(calls().hangUp('a101', call.id, null)));
    await over(centre, 'cancelled', own, called);
  });

  test('A6 after leaving a prepared message: the message is heard to its end', async () => {
    const scene = await Scene.talking(centre);
    await leaving(scene, 1_000);
    await over(centre, 'answered', scene.customer);
    // A packet lost on a busy machine parts the tone in two; what was cut off would be missing from the sum.
    const pieces = (await scene.neverSilent()).spans(MESSAGE_HZ);
    expect(pieces.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0)).toBeGreaterThan(900);
  });
});

describe('a conference', () => {
  test('F1 the customer leaves: the agents go on', async () => {
    const { scene } = await conferring();
    await scene.customer.hangup();
    scene.ears.remove('customer');
    await scene.ears.expect({ agent: 'target', target: 'agent' });
  });

  test.each(['receiver', 'button'] as const)(
    'F2 the agent who made it leaves, %s: the others go on, nobody is rung',
    async (how) => {
      const { scene } = await conferring();
      await (how === 'receiver' ? scene.agent.hangup() : scene.button());
      await scene.agent.untilEnded();
      scene.ears.remove('agent');
      await scene.ears.expect({ customer: 'target', target: 'customer' });
      await scene.neverSilent();
      expect(centre.lab.bank.phone('101').calls).toEqual([]);
    },
  );

  test('F3 one who was asked to join leaves: the agent goes on with the customer', async () => {
    const { scene, target } = await conferring();
    await target.hangup();
    scene.ears.remove('target');
    await scene.ears.expect({ customer: 'agent', agent: 'customer' });
    await scene.neverSilent();
  });

  test('F4 all agents leave: the customer, now alone, is let go', async () => {
    const { scene, target } = await conferring();
    await target.hangup();
    await scene.agent.hangup();
    await over(centre, 'answered', scene.customer);
  });

  test('F5 the agent leaves while one more is being asked to join: the customer hears ringing, then the other', async () => {
    const scene = await Scene.talking(centre);
    await scene.invite('102');
    const target = await centre.rung('102', 'the invited phone rings');
    await scene.agent.hangup();
    await scene.ears.expect({ customer: 'music' });
    await scene.answers('target', target);
    await scene.ears.expect({ customer: 'target', target: 'customer' });
    await scene.neverSilent();
  });

  test('F6 the same, but the other refuses: the agent is rung again', async () => {
    const scene = await Scene.talking(centre);
    await scene.invite('102');
    const target = await centre.rung('102', 'the invited phone rings');
    await scene.agentHangsUp();
    await target.reject();
    await scene.recalled();
    await scene.neverSilent();
  });
});
