// Who hangs up when, and what becomes of the others: docs/hang-ups.md, the rows of transfers and of the agent who is rung again.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { over, Scene, tellSilence } from '../support/scene.js';

jest.setTimeout(60_000);
const OUTSIDE = '79031112233';
const PERSONAL = '+74950000101';
const VIP = '+74950000777';
const SECOND = { from: '+79165550000', name: 'Second' };
/** The fallback queue of the PBX rings this phone. */
const FALLBACK = '104';
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({
    phones: ['101', '102', '103', FALLBACK],
    fallbackMembers: [FALLBACK],
    settings: { transferRingMs: 2_000 },
  });
  await centre.configure(async (store) => {
    await store.saveRoute({ number: PERSONAL, to: { kind: 'agent', agentId: 'a101' }, priority: 0, record: false });
    await store.saveRoute({ number: VIP, to: { kind: 'queue', queueId: 'sales' }, priority: 5, record: false });
  });
});
afterEach(() => centre.reset());
afterAll(async () => {
  tellSilence('hang-ups-transfer');
  await centre.stop();
});

const phone = (number: string) => centre.lab.bank.phone(number);
const trunk = () => centre.lab.bank.trunk;

/** The customer talks with an agent who takes no further calls of the queue. */
async function talkingOnly(did = DID): Promise<Scene> {
  const scene = await Scene.talking(centre, did);
  await centre.accepted(centre.centre.agents.setStatus('a101', 'notReady'));
  return scene;
}

/** Sent on to a phone that refuses; the agent's own phone rings again. */
async function refused(scene: Scene) {
  phone('102').behaves('reject');
  await scene.transfer('102');
  return await centre.rung('101', 'the phone rings again');
}

/** An agent of the queue is ready and gets this customer. */
async function served(scene: Scene): Promise<void> {
  await centre.ready('103');
  const other = await centre.rung('103', 'the queue rings');
  expect(other.callerNumber).toBe(CUSTOMER.from);
  await scene.answers('other', other);
  scene.ears.remove('agent');
  await scene.ears.expect({ customer: 'other', other: 'customer' });
  await scene.neverSilent();
}

/** The fallback queue of the PBX has the customer. */
async function fallenBack(scene: Scene): Promise<void> {
  await scene.answers('fallback', await phone(FALLBACK).nextCall());
  scene.ears.remove('agent');
  await scene.ears.expect({ customer: 'fallback', fallback: 'customer' });
  await scene.neverSilent();
}

describe('a transfer that nobody takes: the phone of the agent rings again, and they talk', () => {
  const FAILURES = ['busy', 'rejecting', 'unreachable', 'not answering', 'busy at the other end of the trunk'] as const;

  async function prepare(how: (typeof FAILURES)[number]): Promise<string> {
    if (how === 'busy') phone('102').behaves('busy');
    if (how === 'rejecting') phone('102').behaves('reject');
    if (how === 'unreachable') await phone('102').unregister();
    if (how.endsWith('trunk')) trunk().behaves('busy');
    return how.endsWith('trunk') ? OUTSIDE : '102';
  }

  test.each(FAILURES)('T1 the target is %s', async (how) => {
    const scene = await Scene.talking(centre);
    await scene.transfer(await prepare(how));
    await scene.agent.untilEnded();
    scene.ears.remove('agent');
    await scene.recalled();
    await scene.neverSilent();
    if (how === 'unreachable') await phone('102').register();
  });

  test('T2 completed while the target rings, who then refuses', async () => {
    const scene = await Scene.talking(centre);
    const target = await scene.asking();
    await scene.complete();
    await scene.agent.untilEnded();
    await target.reject();
    await scene.recalled();
    await scene.neverSilent();
  });

  test('T3 by the Transfer key, whose phone is still up: the agent is back at once', async () => {
    const scene = await Scene.talking(centre);
    phone('102').behaves('reject');
    await scene.agent.blindTransfer('102');
    expect(await scene.agent.untilTransferred()).not.toMatch(/^2/);
    await scene.ears.expect({ customer: 'agent', agent: 'customer' });
    await scene.neverSilent();
  });

  test('T4 the agent talks on another line meanwhile: the customer is on hold there', async () => {
    const scene = await Scene.talking(centre);
    await scene.asked();
    await scene.swap();
    phone('103').behaves('reject');
    await scene.transfer('103');
    await centre.until('on hold', () => scene.lines === 'held active');
    await scene.ears.expect({ customer: 'music', agent: 'target', target: 'agent' });
    await scene.swap();
    await scene.ears.expect({ customer: 'agent' });
    await scene.neverSilent();
  });
});

describe('a transfer that was taken', () => {
  test('T5 the target hangs up: the customer is let go', async () => {
    const scene = await Scene.talking(centre);
    await scene.transfer('102');
    const target = await centre.rung('102', 'the transfer rings');
    await scene.answers('target', target);
    await scene.ears.expect({ customer: 'target' });
    await target.hangup();
    await over(centre, 'answered', scene.customer);
  });

  test('T6 the customer hangs up: the target is let go', async () => {
    const scene = await Scene.talking(centre);
    await scene.transfer('102');
    const target = await centre.rung('102', 'the transfer rings');
    await scene.answers('target', target);
    await scene.customer.hangup();
    await over(centre, 'answered', target);
  });
});

describe('the agent who is rung again does not take the customer back', () => {
  test.each(['refuses', 'does not answer', 'is unreachable'] as const)(
    'R1 %s: the customer is in the queue before all who came later, and the next agent gets the customer',
    async (how) => {
      const scene = await talkingOnly();
      const second = await trunk().call(DID, SECOND);
      await centre.until('another customer waits', () => centre.queueView()?.waiting === 1);
      if (how === 'is unreachable') await phone('101').unregister();
      phone('102').behaves('reject');
      await scene.transfer('102');
      if (how !== 'is unreachable') {
        const again = await centre.rung('101', 'the phone rings again');
        if (how === 'refuses') await again.reject();
        await again.untilEnded();
      }
      await centre.until('both wait', () => centre.queueView()?.waiting === 2);
      await served(scene);
      expect([second.over, centre.queueView()?.waiting]).toEqual([false, 1]);
      if (how === 'is unreachable') await phone('101').register();
    },
  );

  test('R2 the agent talks with another customer: the customer is in the queue at once, no phone rings in an ear', async () => {
    const scene = await Scene.talking(centre);
    const second = await trunk().call(DID, SECOND);
    await centre.until('another customer waits', () => centre.queueView()?.waiting === 1);
    await scene.transfer('102');
    const target = await centre.rung('102', 'the transfer rings');
    const next = await centre.rung('101', 'the queue rings for the other customer');
    expect(next.callerNumber).toBe(SECOND.from);
    await scene.agent.untilEnded();
    await next.answer();
    await second.untilAnswered();
    await target.reject();
    await centre.until('the customer waits', () => centre.queueView()?.waiting === 1);
    expect(phone('101').calls).toHaveLength(1);
    await served(scene);
  });

  test('R3 the agent has logged out: the customer is in the queue at once', async () => {
    const scene = await talkingOnly();
    await scene.transfer('102');
    const target = await centre.rung('102', 'the transfer rings');
    await scene.agent.untilEnded();
    await centre.until('101 is free', () => centre.activity('101') === 'idle');
    await centre.accepted(centre.centre.agents.logOut('a101'));
    await target.reject();
    await served(scene);
  });

  test('R4 the customer came with a higher priority: it is kept', async () => {
    const scene = await talkingOnly(VIP);
    const again = await refused(scene);
    await again.reject();
    // What has happened is told once it is written: later than it shows.
    await centre.until('the customer is in the queue again', () => centre.events('call.queued').length === 2);
    expect(centre.events('call.queued').map(({ priority }) => priority)).toEqual([5, 5]);
    await served(scene);
  });

  test('R5 the customer came from no queue: the fallback queue of the PBX takes over', async () => {
    const scene = await talkingOnly(PERSONAL);
    const again = await refused(scene);
    await again.reject();
    await fallenBack(scene);
  });

  test('R6 put on hold and hung up on, and the agent refuses: the same', async () => {
    const scene = await talkingOnly(PERSONAL);
    await scene.hold();
    await scene.agent.hangup();
    await (await centre.rung('101', 'the phone rings again')).reject();
    await fallenBack(scene);
  });

  test('R7 a colleague who was on hold and whom the agent does not take back is let go', async () => {
    await centre.ready('101');
    const call = await centre.accepted(centre.centre.calls.dial('a101', { number: '102' }));
    const own = await centre.rung('101', 'the own phone rings');
    await own.answer();
    const colleague = await centre.rung('102', 'the colleague rings');
    await colleague.answer();
    await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
    await centre.accepted(centre.centre.calls.hold('a101', call.id, null));
    await own.hangup();
    await (await centre.rung('101', 'the phone rings again')).reject();
    await over(centre, 'answered', colleague);
  });
});
