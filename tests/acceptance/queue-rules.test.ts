// Who is served next and by whom: strategies, priorities, limits, empty queues, announcements.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { OutgoingCall } from '../../lab/call.js';
import type { Strategy } from '../../src/core/queue/settings.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { expectMusic, expectTalking } from '../support/talking.js';

jest.setTimeout(90_000);
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103'], fallbackMembers: ['103'] });
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const phone = (number: string) => centre.lab.bank.phone(number);
const customerCalls = (from = CUSTOMER.from, to = DID) => centre.lab.bank.trunk.call(to, { from });

describe('two agents and ten callers', () => {
  test.each<Strategy>(['longestIdle', 'fewestCalls', 'roundRobin', 'ringAll'])('%s', async (strategy) => {
    await centre.queue({ strategy });
    const callers: OutgoingCall[] = [];
    for (let index = 0; index < 10; index += 1) callers.push(await customerCalls(`+7916000000${index}`));
    await centre.until('all ten wait', () => centre.queueView()?.waiting === 10);
    const served = () => centre.events('call.connected');
    const work = async (number: string): Promise<void> => {
      while (served().length < 10) {
        const offered = await phone(number)
          .nextCall({ timeoutMs: 3_000 })
          .catch(() => null);
        if (offered === null) return;
        await offered.answer();
        // With ring all the other agent may have been quicker: then this phone is released by itself.
        await centre.until('talks or is released', () => centre.activity(number) === 'talking' || offered.over);
        await offered.hangup();
      }
    };
    await centre.ready('101', '102');
    await Promise.all([work('101'), work('102')]);
    const taken = served().filter(({ agentId }) => agentId === 'a101').length;
    // Offered in the order of arrival, whoever answers more quickly; and each answered once.
    const arrivals = [...centre.events('call.queued')];
    // In the same millisecond, by id.
    arrivals.sort((a, b) => a.enteredAt - b.enteredAt || (a.callId < b.callId ? -1 : 1));
    const inOrder = arrivals.map(({ callId }) => callId);
    expect([...new Set(centre.events('call.offered').map(({ callId }) => callId))]).toEqual(inOrder);
    expect(new Set(served().map(({ callId }) => callId)).size).toBe(10);
    if (strategy !== 'ringAll') expect(Math.abs(taken - 5)).toBeLessThanOrEqual(1);
    await Promise.all(callers.map((caller) => caller.untilEnded()));
    await centre.untilClean();
  });
});

test('ring all: every free agent rings, one wins, the others stop and are free', async () => {
  await centre.queue({ strategy: 'ringAll' });
  await centre.ready('101', '102', '103');
  const customer = await customerCalls();
  const offered = await Promise.all(['101', '102', '103'].map((number) => phone(number).nextCall()));
  const [loser, winner, other] = offered;
  if (!loser || !winner || !other) throw new Error('three phones should ring');
  await winner.answer();
  expect((await loser.untilEnded()).cause).toBe(26);
  expect((await other.untilEnded()).cause).toBe(26);
  await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  await expectTalking(customer, winner);
  expect([centre.activity('101'), centre.activity('102'), centre.activity('103')]).toEqual(['idle', 'talking', 'idle']);
  expect(centre.status('101')).toBe('ready');
});

test('ring all: both answer in the same instant, and only one has the call', async () => {
  await centre.queue({ strategy: 'ringAll' });
  await centre.ready('101', '102');
  const customer = await customerCalls();
  const [one, other] = await Promise.all([phone('101').nextCall(), phone('102').nextCall()]);
  await Promise.all([one.answer(), other.answer()]);
  await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  const winner = centre.activity('101') === 'talking' ? one : other;
  await (winner === one ? other : one).untilEnded();
  await expectTalking(customer, winner);
  expect(centre.calls()[0]?.legs).toHaveLength(2);
});

test('ring all: those of lower rank do not ring while the first tier does, and ring when it is spared', async () => {
  const rank = (number: string, priority: number) =>
    centre.configure((store) => store.saveMember({ queueId: 'sales', agentId: `a${number}`, priority }));
  await rank('103', 5);
  await centre.queue({ strategy: 'ringAll' });
  await centre.ready('101', '102', '103');
  await customerCalls();
  const [one, other] = await Promise.all([phone('101').nextCall(), phone('102').nextCall()]);
  expect(centre.activity('103')).toBe('idle');
  await one.reject();
  await centre.until('101 is spared', () => centre.activity('101') === 'idle');
  expect(centre.activity('103')).toBe('idle');
  await other.reject();
  await phone('103').nextCall();
  await rank('103', 0);
});

test('a member of lower priority number is asked first', async () => {
  await centre.configure((store) => store.saveMember({ queueId: 'sales', agentId: 'a101', priority: 5 }));
  await centre.ready('101');
  await centre.ready('102');
  await customerCalls();
  await phone('102').nextCall();
  expect(centre.activity('101')).toBe('idle');
  await centre.configure((store) => store.saveMember({ queueId: 'sales', agentId: 'a101', priority: 0 }));
});

test('a caller of higher priority is served before those who have waited longer', async () => {
  await centre.configure((store) =>
    store.saveRoute({
      number: '+74957777777',
      to: { kind: 'queue', queueId: 'sales' },
      priority: 10,
      record: false,
    }),
  );
  await (await customerCalls('+79160000001')).untilAnswered();
  await (await customerCalls('+79160000002', '+74957777777')).untilAnswered();
  await centre.until('both wait', () => centre.queueView()?.waiting === 2);
  await centre.ready('101');
  expect((await phone('101').nextCall()).callerNumber).toBe('+79160000002');
});

test('a caller who has waited long enough goes to another queue and keeps the time of joining', async () => {
  await centre.configure((store) =>
    store.saveQueue({ ...centre.defaultQueue, id: 'second', name: 'Second', number: '501' }),
  );
  await centre.configure((store) => store.saveMember({ queueId: 'second', agentId: 'a102', priority: 0 }));
  await centre.queue({ maxWaitMs: 700, overflow: { kind: 'queue', queueId: 'second' } });
  const customer = await customerCalls();
  const call = await centre.until('waits', () => centre.calls()[0]);
  await centre.until('is in the second queue', () => centre.queueView('second')?.waiting === 1);
  expect(centre.queueView('second')?.longestWaitSince).toBe(call.startedAt);
  await expectMusic(customer);
  await centre.ready('102');
  const offered = await phone('102').nextCall();
  await offered.answer();
  await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  await expectTalking(customer, offered);
});

test('a caller who has waited long enough is handed to the fallback queue of the PBX, where an agent answers', async () => {
  await centre.queue({ maxWaitMs: 500, overflow: { kind: 'fallback' } });
  const customer = await customerCalls();
  const offered = await phone('103').nextCall();
  await offered.answer();
  await expectTalking(customer, offered);
  expect(centre.calls()).toEqual([]);
  await customer.hangup();
});

test('nobody is logged in and the queue may not be joined then: the caller goes to the overflow', async () => {
  await centre.queue({ joinWhenEmpty: 'loggedIn', overflow: { kind: 'agent', agentId: 'a102' } });
  const customer = await customerCalls();
  const personal = await phone('102').nextCall();
  await personal.answer();
  await customer.untilAnswered();
  await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  await expectTalking(customer, personal);
});

test('the last agent logs out: those who wait leave for the overflow', async () => {
  await centre.queue({ leaveWhenEmpty: 'loggedIn', overflow: { kind: 'hangup' } });
  await centre.accepted(centre.centre.agents.logIn('a101'));
  const customer = await customerCalls();
  await customer.untilAnswered();
  await centre.accepted(centre.centre.agents.logOut('a101'));
  await customer.untilEnded();
  await centre.untilClean();
});

test('the only agent wraps up: those who wait stay, although nobody receives calls for the moment', async () => {
  await centre.queue({ leaveWhenEmpty: 'receiving', wrapUpMs: 60_000, overflow: { kind: 'hangup' } });
  await centre.ready('101');
  const first = await customerCalls();
  const offered = await phone('101').nextCall();
  await offered.answer();
  await first.untilAnswered();
  const second = await customerCalls();
  await second.untilAnswered();
  await first.hangup();
  await centre.until('wraps up', () => centre.status('101') === 'callHandling');
  expect(centre.queueView()?.waiting).toBe(1);
  await centre.accepted(centre.centre.agents.setStatus('a101', 'notReady'));
  await second.untilEnded();
});

test('the last member is taken out of the queue: those who wait leave for the overflow', async () => {
  await centre.queue({ leaveWhenEmpty: 'loggedIn', overflow: { kind: 'hangup' } });
  await centre.accepted(centre.centre.agents.logIn('a101'));
  const customer = await customerCalls();
  await customer.untilAnswered();
  await centre.configure((store) => store.removeMember('sales', 'a101'));
  await customer.untilEnded();
  await centre.configure((store) => store.saveMember({ queueId: 'sales', agentId: 'a101', priority: 0 }));
});

test.each(['en', 'ru'] as const)('the place in line is told in %s, then the music goes on', async (language) => {
  await centre.queue({ language, announce: { position: true, estimatedWait: true, firstMs: 300, everyMs: 60_000 } });
  const customer = await customerCalls();
  await customer.untilAnswered();
  await centre.until('the announcement begins', () => centre.events('announcement.started').length > 0);
  await centre.until('the announcement ends', () => centre.events('announcement.ended').length > 0, 15_000);
  await expectMusic(customer);
  await centre.ready('101');
  const offered = await phone('101').nextCall();
  await offered.answer();
  await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  await expectTalking(customer, offered);
});

test('an agent answers in the middle of an announcement: it stops and they talk', async () => {
  await centre.queue({ announce: { position: true, estimatedWait: false, firstMs: 200, everyMs: 60_000 } });
  const customer = await customerCalls();
  await customer.untilAnswered();
  phone('101').behaves({ answerAfterMs: 0 });
  await centre.until('the announcement begins', () => centre.events('announcement.started').length > 0);
  await centre.ready('101');
  const offered = await phone('101').nextCall();
  await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  await expectTalking(customer, offered);
});
