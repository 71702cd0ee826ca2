/** Callbacks are dialled when they are due and an agent can be had; once, whatever dies in between. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CallEventBody } from '../../src/core/call/event.js';
import { begun } from '../../src/core/callback/callback.js';
import { CallbackScene, callback, callEnded, DUE_AT } from '../support/callback-scene.js';

let scene: CallbackScene;
beforeEach(() => {
  scene = new CallbackScene();
});
afterEach(() => scene.scheduler.stop());

describe('when it is due', () => {
  test('it is dialled once, and done when they have talked', async () => {
    await scene.store.add(callback());
    await scene.run();
    await scene.look();
    expect(scene.dialled).toEqual(['79161234567']);
    await scene.happens('call-1', callEnded('answered'));
    expect(await scene.callback()).toMatchObject({
      state: 'done',
      attempts: [{ callId: 'call-1', result: 'connected' }],
    });
  });

  test('not sooner', async () => {
    await scene.store.add(callback());
    scene.now = DUE_AT - 1;
    await scene.run();
    expect(scene.dialled).toEqual([]);
  });

  test('busy: it is scheduled once more', async () => {
    await scene.store.add(callback());
    await scene.run();
    await scene.happens('call-1', callEnded('busy'));
    expect(await scene.callback()).toMatchObject({ state: 'scheduled', attempts: [{ result: 'busy' }] });
  });

  test('never more are dialled than agents are free', async () => {
    for (const id of ['cb1', 'cb2', 'cb3']) await scene.store.add(callback({ id }));
    scene.free = 2;
    await scene.run();
    expect(scene.dialled).toHaveLength(2);
  });

  test('those of a queue without agents keep nobody from others, however many they are', async () => {
    for (let each = 0; each < 250; each += 1)
      await scene.store.add(callback({ id: `none${each}`, queueId: 'none', nextAt: DUE_AT - 1 }));
    await scene.store.add(callback({ queueId: null, agentId: 'anna', priority: 'low' }));
    scene.free = 0;
    await scene.run();
    expect(scene.rungFirst).toEqual(['anna']);
  });

  test.each([
    ['high', 1],
    ['medium', 0],
    ['low', 0],
  ] as const)('while a caller waits, %s: %i dialled', async (priority, count) => {
    await scene.store.add(callback({ priority }));
    scene.callers = [{ priority: 0, since: DUE_AT - 1_000 }];
    await scene.run();
    expect(scene.dialled).toHaveLength(count);
  });

  test('the machine slept for too long: it is missed, and not dialled at some odd hour', async () => {
    await scene.store.add(callback());
    scene.now = DUE_AT + 2 * 3_600_000;
    await scene.run();
    expect([scene.dialled, (await scene.callback())?.state]).toEqual([[], 'missed']);
  });

  test('the machine slept for a while: it is dialled', async () => {
    await scene.store.add(callback());
    scene.now = DUE_AT + 600_000;
    await scene.run();
    expect(scene.dialled).toHaveLength(1);
  });
});

describe('its customer calls first', () => {
  test('and waits for an agent now: nobody is dialled', async () => {
    await scene.store.add(callback());
    scene.customer = 'calls';
    await scene.run();
    expect([scene.dialled, (await scene.callback())?.state]).toEqual([[], 'scheduled']);
  });

  test('and has talked with an agent: it is closed', async () => {
    await scene.store.add(callback());
    scene.customer = 'reached';
    await scene.run();
    expect([scene.dialled, (await scene.callback())?.state]).toEqual([[], 'closed']);
  });

  test('while being dialled: the attempt ends, and it is closed', async () => {
    await scene.store.add(callback());
    await scene.run();
    scene.scheduler.withdraw((await scene.callback()) ?? callback());
    expect(scene.hungUp).toEqual(['call-1']);
    await scene.happens('call-1', callEnded('busy'));
    expect(await scene.callback()).toMatchObject({ state: 'closed', attempts: [{ result: 'customerCalled' }] });
  });

  test('and answers the call all the same: it goes on', async () => {
    await scene.store.add(callback());
    await scene.run();
    const queued = { lineId: 'l1', queueId: 'sales', enteredAt: DUE_AT, priority: 0, music: '', maxWaitAt: null };
    await scene.happens('call-1', { type: 'call.queued', ...queued });
    scene.scheduler.withdraw((await scene.callback()) ?? callback());
    expect(scene.hungUp).toEqual([]);
    await scene.happens('call-1', callEnded('answered'));
    expect((await scene.callback())?.state).toBe('done');
  });

  test('between the word that it begins and the dialling: nobody is dialled', async () => {
    await scene.store.add(callback());
    scene.store.onEvent(({ type }, after) => {
      if (type === 'callback.calling') scene.scheduler.withdraw(after);
    });
    await scene.run();
    await scene.look();
    expect([scene.dialled, (await scene.callback())?.state]).toEqual([[], 'closed']);
  });
});

describe('the database', () => {
  test('is away when it is due: it is dialled once when it is back', async () => {
    await scene.store.add(callback());
    scene.store.fault = 'gone';
    await scene.run();
    expect(scene.dialled).toEqual([]);
    scene.store.fault = 'none';
    await scene.look();
    await scene.look();
    expect([scene.dialled, (await scene.callback())?.attempts.length]).toEqual([['79161234567'], 1]);
  });

  test('does not say whether it has written that an attempt begins: it is dialled once, and later', async () => {
    await scene.store.add(callback());
    scene.store.fault = 'cutOff';
    await scene.run();
    expect([scene.dialled, (await scene.callback())?.state]).toEqual([[], 'calling']);
    scene.store.fault = 'none';
    await scene.look();
    await scene.look();
    expect([scene.dialled, (await scene.callback())?.attempts.length]).toEqual([['79161234567'], 1]);
  });

  test('is away when the attempt ends: the result is written when it is back', async () => {
    await scene.store.add(callback());
    await scene.run();
    scene.store.fault = 'gone';
    await scene.happens('call-1', callEnded('answered'));
    scene.store.fault = 'none';
    await scene.look();
    expect([(await scene.callback())?.state, scene.dialled.length]).toEqual(['done', 1]);
  });
});

describe('the clock', () => {
  test('goes back after the attempt: it is not dialled again', async () => {
    await scene.store.add(callback());
    await scene.run();
    await scene.happens('call-1', callEnded('answered'));
    scene.now = DUE_AT - 3_600_000;
    await scene.look();
    scene.now = DUE_AT;
    await scene.look();
    expect([scene.dialled.length, (await scene.callback())?.state]).toEqual([1, 'done']);
  });

  test('goes back before it is due: it is dialled at its time', async () => {
    await scene.store.add(callback());
    scene.now = DUE_AT - 3_600_000;
    await scene.run();
    expect(scene.dialled).toEqual([]);
    scene.now = DUE_AT;
    await scene.look();
    expect(scene.dialled).toHaveLength(1);
  });

  test('goes forward over its time: it is dialled, and once', async () => {
    await scene.store.add(callback());
    scene.now = DUE_AT - 600_000;
    await scene.run();
    scene.now = DUE_AT + 1_800_000;
    await scene.look();
    scene.now = DUE_AT;
    await scene.look();
    expect(scene.dialled).toHaveLength(1);
  });
});

describe('another controller may have taken over', () => {
  test('while the word that it begins is written: nobody is dialled until that is known', async () => {
    await scene.store.add(callback());
    scene.store.onEvent(({ type }) => {
      if (type === 'callback.calling') scene.inCharge = false;
    });
    await scene.run();
    await scene.look();
    expect(scene.dialled).toEqual([]);
    scene.inCharge = true;
    scene.store.onEvent(() => {
      scene.inCharge = true;
    });
    await scene.look();
    await scene.look();
    expect(scene.dialled).toHaveLength(1);
  });

  test('and this one is told to stop just then: nobody is dialled by it', async () => {
    await scene.store.add(callback());
    scene.store.onEvent(({ type }) => {
      if (type === 'callback.calling') void scene.scheduler.stop();
    });
    await scene.run();
    expect([scene.dialled, (await scene.callback())?.state]).toEqual([[], 'calling']);
  });
});

describe('an agent of the queue is rung first', () => {
  beforeEach(async () => {
    scene.queueRule = { ...scene.queueRule, way: 'agentFirst' };
    scene.free = 2;
    await scene.store.add(callback());
    await scene.run();
  });
  const declines = async (callId: string, agentId: string) => {
    await scene.happens(callId, {
      ...{ type: 'offer.failed', offerId: 'o', agentId, queueId: 'sales', outcome: 'noAnswer' },
    });
    await scene.happens(callId, callEnded('noAnswer'));
  };

  test('the one whose turn it is', () => {
    expect(scene.rungFirst).toEqual(['agent1']);
  });

  test('declines: the next one is rung at once, and the two are one attempt', async () => {
    await declines('call-1', 'agent1');
    expect(scene.rungFirst).toEqual(['agent1', 'agent2']);
    await declines('call-2', 'agent2');
    expect(await scene.callback()).toMatchObject({
      state: 'scheduled',
      // Nobody is called again before nine.
      nextAt: 6 * 3_600_000,
      attempts: [
        { agentId: 'agent1', result: 'agentDeclined', passedOn: true },
        { agentId: 'agent2', result: 'agentDeclined', passedOn: false },
      ],
    });
  });

  test('answers, and leaves while the customer’s phone rings: that does not ring again at once', async () => {
    const offered = { lineId: 'l', offerId: 'o', purpose: 'first', byAgentId: null, agentId: null, legs: [] } as const;
    const nobody = { number: '', name: '' };
    await scene.happens('call-1', {
      ...{ type: 'call.offered', ...offered, party: nobody, shows: nobody, autoAnswer: false, deadlineAt: 0 },
    });
    await scene.happens('call-1', callEnded('cancelled'));
    expect(scene.rungFirst).toEqual(['agent1']);
    expect(await scene.callback()).toMatchObject({
      state: 'scheduled',
      attempts: [{ result: 'agentDeclined', passedOn: false }],
    });
  });

  test('answers, and the customer is busy: no agent is to blame', async () => {
    await scene.happens('call-1', callEnded('busy'));
    expect(await scene.callback()).toMatchObject({ attempts: [{ agentId: 'agent1', result: 'busy' }] });
  });
});

describe('an answering machine answers', () => {
  const machine = { type: 'leg.detected', legId: 'customer', by: 'machine' } as const;
  const queued: CallEventBody = {
    ...{ type: 'call.queued', lineId: 'l', queueId: 'sales', enteredAt: 0, priority: 0, music: 'm', maxWaitAt: null },
  };

  test('before an agent is there: the call is ended, and it is tried again', async () => {
    await scene.store.add(callback());
    await scene.run();
    await scene.happens('call-1', queued);
    await scene.happens('call-1', machine);
    expect(scene.hungUp).toEqual(['call-1']);
    await scene.happens('call-1', callEnded('cancelled'));
    expect(await scene.callback()).toMatchObject({ state: 'scheduled', attempts: [{ result: 'machine' }] });
  });

  test('an agent talks to it already: that is the agent’s matter', async () => {
    await scene.store.add(callback());
    await scene.run();
    await scene.happens('call-1', {
      ...{
        type: 'call.connected',
        lineId: 'l',
        legId: 'a',
        legIds: [],
        agentId: 'anna',
        queueId: 'sales',
        waitedMs: 0,
      },
    });
    await scene.happens('call-1', machine);
    expect(scene.hungUp).toEqual([]);
  });
});

describe('a personal callback whose agent cannot be had', () => {
  const away = (queueId: string | null) => ({ waitMs: 60_000, queueId });
  beforeEach(async () => {
    await scene.store.add(callback({ queueId: null, agentId: 'anna' }));
    scene.agent = 'loggedOut';
    await scene.run();
  });

  test('waits, and is dialled when the agent is there', async () => {
    expect(scene.dialled).toEqual([]);
    scene.agent = 'free';
    await scene.look();
    expect(scene.rungFirst).toEqual(['anna']);
  });

  test('goes to a queue when it has waited long enough, and is dialled for that', async () => {
    scene.personalRule = {
      ...scene.personalRule,
      away: { loggedOut: away('sales'), notReady: away(null), busy: away(null) },
    };
    scene.now = DUE_AT + 60_000;
    await scene.look();
    expect(await scene.callback()).toMatchObject({ queueId: 'sales', agentId: null });
    await scene.look();
    expect(scene.rungFirst).toEqual([null]);
  });

  test('or others are told; the rule in force is the one of that moment', async () => {
    scene.personalRule = {
      ...scene.personalRule,
      away: { loggedOut: away(null), notReady: away(null), busy: away(null) },
    };
    scene.now = DUE_AT + 60_000;
    await scene.look();
    expect(await scene.callback()).toMatchObject({ state: 'scheduled', overdueSince: DUE_AT + 60_000 });
  });
});

describe('an agent who cannot be had has several personal ones', () => {
  const mine = (id: string, dueAt: number) =>
    callback({ id, queueId: null, agentId: 'anna', dueAt, nextAt: dueAt, number: id });
  const away = { waitMs: 60_000, queueId: null };
  const until = async (now: number) => {
    scene.now = now;
    await scene.look();
    // There are many of them.
    for (let more = 0; more < 20; more += 1) await scene.settled();
  };
  beforeEach(() => {
    scene.agent = 'loggedOut';
    scene.personalRule = { ...scene.personalRule, away: { loggedOut: away, notReady: away, busy: away } };
  });

  test('others are told of each at its own time, however many they were told of before', async () => {
    for (let each = 0; each < 120; each += 1) await scene.store.add(mine(`early${each}`, DUE_AT));
    await scene.store.add(mine('late', DUE_AT + 30_000));
    await scene.run();
    await until(DUE_AT + 60_000);
    expect([(await scene.callback('early119'))?.overdueSince, (await scene.callback('late'))?.overdueSince]).toEqual([
      DUE_AT + 60_000,
      null,
    ]);
    await until(DUE_AT + 90_000);
    expect((await scene.callback('late'))?.overdueSince).toBe(DUE_AT + 90_000);
  });

  test('one that was tried before, and is due again just now, keeps no other from being told of', async () => {
    await scene.store.add({ ...mine('retried', DUE_AT), nextAt: DUE_AT + 60_000 });
    await scene.store.add(mine('first time', DUE_AT + 1_000));
    scene.agent = 'free';
    scene.now = DUE_AT;
    await scene.run();
    scene.agent = 'loggedOut';
    await until(DUE_AT + 61_000);
    expect([
      (await scene.callback('retried'))?.overdueSince,
      (await scene.callback('first time'))?.overdueSince,
    ]).toEqual([null, DUE_AT + 61_000]);
  });

  test('when the agent is there one is dialled at a time, those of longest ago first', async () => {
    for (const [id, dueAt] of [
      ['third', DUE_AT + 2],
      ['first', DUE_AT],
      ['second', DUE_AT + 1],
    ] as const)
      await scene.store.add(mine(id, dueAt));
    scene.now = DUE_AT + 60_001;
    await scene.run();
    expect((await scene.callback('first'))?.overdueSince).toBe(DUE_AT + 60_001);
    scene.agent = 'free';
    await until(DUE_AT + 60_002);
    expect(scene.dialled).toEqual(['first']);
    await scene.happens('call-1', callEnded('answered'));
    await until(DUE_AT + 60_003);
    expect(scene.dialled).toEqual(['first', 'second']);
  });
});

test('hours that end while nobody is free: it is dialled when they begin again', async () => {
  const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
  // In Moscow it is a quarter past three.
  scene.queueRule = { ...scene.queueRule, hours: [{ days, from: '03:00', to: '03:20' }] };
  scene.free = 0;
  await scene.store.add(callback());
  await scene.run();
  scene.now = DUE_AT + 5 * 60_000;
  scene.free = 1;
  await scene.look();
  expect(scene.dialled).toEqual([]);
  expect((await scene.callback())?.nextAt).toBe(86_400_000);
});

describe('whoever was promised to keep the place in line', () => {
  const place = (since: number) => ({ place: { since, priority: 0 } });
  const caller = (since: number) => ({ callId: 'caller', priority: 0, enteredAt: since });

  test('is dialled when it is that turn: after those who joined before, and before those who joined later', async () => {
    await scene.store.add(callback(place(DUE_AT - 5_000)));
    scene.callers = [DUE_AT - 9_000, DUE_AT - 4_000, DUE_AT - 3_000].map((since) => ({ priority: 0, since }));
    await scene.run();
    expect(scene.dialled).toEqual([]);
    scene.free = 2;
    await scene.look();
    expect(scene.dialled).toHaveLength(1);
  });

  test('has an agent kept free, who is offered to those before and to nobody behind', async () => {
    scene.free = 0;
    await scene.store.add(callback(place(DUE_AT - 5_000)));
    await scene.run();
    const kept = (since: number, queueId = 'sales') => scene.scheduler.agentsKept(queueId, caller(since), '');
    expect([kept(DUE_AT - 9_000), kept(DUE_AT - 4_000), kept(DUE_AT - 4_000, 'service')]).toEqual([0, 1, 0]);
    scene.free = 1;
    await scene.look();
    // The customer's phone rings.
    expect([scene.dialled.length, kept(DUE_AT - 4_000)]).toEqual([1, 1]);
    scene.inCharge = false;
    expect(kept(DUE_AT - 4_000)).toBe(0);
  });

  test('stands in line with the answer: then nobody is kept any more, and agents are looked for', async () => {
    await scene.store.add(callback(place(DUE_AT - 5_000)));
    await scene.run();
    scene.dispatched.length = 0;
    const stay = { lineId: 'l1', queueId: 'sales', enteredAt: DUE_AT, priority: 0, music: 'default', maxWaitAt: null };
    await scene.happens('call-1', { type: 'call.queued', ...stay, placeSince: DUE_AT - 5_000, callback: true });
    expect(scene.scheduler.agentsKept('sales', caller(DUE_AT - 4_000), '')).toBe(0);
    expect(scene.dispatched).toEqual(['sales']);
  });

  test('and does not answer: the agent is for the next caller', async () => {
    await scene.store.add(callback(place(DUE_AT - 5_000)));
    await scene.run();
    scene.dispatched.length = 0;
    await scene.happens('call-1', callEnded('busy'));
    expect(scene.scheduler.agentsKept('sales', caller(DUE_AT - 4_000), '')).toBe(0);
    expect(scene.dispatched).toContain('sales');
  });

  test('and calls again meanwhile: no agent is kept from that call', async () => {
    await scene.store.add(callback({ ...place(DUE_AT - 5_000), origin: { callId: 'c0', number: '+79161234567' } }));
    await scene.run();
    const kept = (number: string) => scene.scheduler.agentsKept('sales', caller(DUE_AT - 4_000), number);
    expect([kept('+79161234567'), kept('+79031112233')]).toEqual([0, 1]);
  });

  test('of several the one goes first who joined first, not who asked first', async () => {
    await scene.store.add(callback({ id: 'asked first', number: '2', ...place(DUE_AT - 5_000) }));
    await scene.store.add(callback({ id: 'asked later', number: '1', nextAt: DUE_AT + 1, ...place(DUE_AT - 9_000) }));
    scene.now = DUE_AT + 1;
    await scene.run();
    expect(scene.dialled).toEqual(['1']);
  });
});

describe('the controller is killed', () => {
  test('before anything was dialled, and comes back hours later: it is missed as if nobody had begun', async () => {
    await scene.store.add(begun(callback(), 'never', DUE_AT));
    scene.now = DUE_AT + 5 * 3_600_000;
    await scene.restart();
    expect([scene.dialled, (await scene.callback())?.state]).toEqual([[], 'missed']);
  });

  test('and its call ends just while it is taken up: its end is noted', async () => {
    await scene.store.add(begun(callback(), 'call-1', DUE_AT));
    scene.past.set('call-1', []);
    scene.live.add('call-1');
    scene.whileRead = () => {
      scene.live.delete('call-1');
      scene.scheduler.heard({ ...callEnded('answered'), callId: 'call-1', seq: 9, at: DUE_AT, v: 1 });
    };
    await scene.run();
    await scene.look();
    expect([scene.dialled, (await scene.callback())?.state]).toEqual([[], 'done']);
  });

  test('before anything was dialled: it is dialled by the next one', async () => {
    await scene.store.add(begun(callback(), 'never', DUE_AT));
    await scene.restart();
    expect(scene.dialled).toHaveLength(1);
    expect((await scene.callback())?.attempts).toHaveLength(1);
  });

  test('while its call goes on: it is not dialled again, and its end is noted', async () => {
    await scene.store.add(callback());
    await scene.run();
    scene.past.set('call-1', []);
    await scene.restart();
    expect(scene.dialled).toHaveLength(1);
    await scene.happens('call-1', callEnded('answered'));
    expect((await scene.callback())?.state).toBe('done');
  });

  test('and its call ended meanwhile: history tells how', async () => {
    await scene.store.add(callback());
    await scene.run();
    scene.live.clear();
    scene.past.set('call-1', [{ ...callEnded('busy'), callId: 'call-1', seq: 1, at: DUE_AT, v: 1 }]);
    await scene.restart();
    expect(scene.dialled).toHaveLength(1);
    expect(await scene.callback()).toMatchObject({ state: 'scheduled', attempts: [{ result: 'busy' }] });
  });
});
