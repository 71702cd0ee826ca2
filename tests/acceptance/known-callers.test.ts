// Callers whom the address book knows: blocked numbers ring nobody, personal managers are asked first. On a real Asterisk.
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { DID, TestCentre } from '../support/centre.js';
import { centreIs } from '../support/scene.js';
import { expectMusic, expectTalking } from '../support/talking.js';

jest.setTimeout(60_000);
let centre: TestCentre;

/** 103 is no member of the queue. */
beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103'] });
  await centre.configure((store) => store.removeMember('sales', 'a103'));
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const CLIENT = '+79031112233';
const book = () => centre.centre.addressBook;
const phone = (number: string) => centre.lab.bank.phone(number);
const clientCalls = () => centre.lab.bank.trunk.call(DID, { from: CLIENT });

test.each([
  ['declined', 21],
  ['busy', 17],
] as const)('a blocked caller is told %s, and nobody is rung', async (blockedCallers, cause) => {
  await centreIs(centre, { blockedCallers });
  await centre.ready('101', '102');
  await centre.accepted(book().blacklist.add('a101', '8 903 111-22-33', 'spam', null));
  const caller = await clientCalls();
  expect((await caller.untilEnded()).cause).toBe(cause);
  const ended = await centre.until('the end is told', () => centre.events('call.ended')[0]);
  expect(ended.outcome).toBe('blocked');
  expect(centre.events('call.offered')).toEqual([]);
  expect(await centre.record(ended.callId)).toMatchObject({
    outcome: 'blocked',
    fromNumber: CLIENT,
    connectedAt: null,
  });
  expect(book().blacklist.list()).toMatchObject([{ number: CLIENT, calls: 1 }]);
  await centre.untilClean();
  await book().blacklist.remove('a101', CLIENT);
  await clientCalls();
  expect((await Promise.race([phone('101').nextCall(), phone('102').nextCall()])).callerNumber).toBe(CLIENT);
});

test('the manager is rung first, with the name from the address book; who does not answer loses nobody: the queue is asked', async () => {
  await centre.queue({ ringMs: 2_000 });
  await centre.ready('101', '103');
  await centre.accepted(book().contacts.note('a101', '8 903 111-22-33', { name: 'Ivan Petrov', managerId: 'a103' }));
  const caller = await clientCalls();
  const manager = await phone('103').nextCall();
  expect([manager.callerNumber, manager.callerName]).toEqual([CLIENT, 'Ivan Petrov']);
  expect(centre.calls()[0]?.from).toEqual({ number: CLIENT, name: 'Ivan Petrov' });
  await caller.untilAnswered();
  await expectMusic(caller);
  expect(centre.activity('101')).toBe('idle');
  const [first] = centre.events('call.queued');
  await manager.untilEnded();
  const other = await phone('101').nextCall();
  expect(centre.events('call.offered').map(({ agentId }) => agentId)).toEqual(['a103', 'a101']);
  expect(centre.events('call.queued')).toEqual([first]);
  await other.answer();
  await expectTalking(caller, other);
});

test('a manager who talks is waited for, and answers', async () => {
  await centreIs(centre, { managerWaitMs: 60_000 });
  await centre.accepted(book().contacts.note('a101', CLIENT, { managerId: 'a103' }));
  await centre.ready('101', '103');
  const first = await clientCalls();
  const busy = await phone('103').nextCall();
  await busy.answer();
  await expectTalking(first, busy);
  const caller = await clientCalls();
  await caller.untilAnswered();
  await expectMusic(caller);
  expect([centre.activity('101'), centre.queueView()?.waiting]).toEqual(['idle', 1]);
  await first.hangup();
  const manager = await phone('103').nextCall();
  await manager.answer();
  await expectTalking(caller, manager);
  expect(centre.events('call.offered').map(({ agentId }) => agentId)).toEqual(['a103', 'a103']);
});
