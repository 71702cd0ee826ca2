// Sessions and statuses around real calls: wrap-up, No answer, forced and blocking statuses, logout during a call.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { isRefusal } from '../../src/core/refusal.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';

jest.setTimeout(60_000);
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102'] });
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const phone = (number: string) => centre.lab.bank.phone(number);
const customerCalls = () => centre.lab.bank.trunk.call(DID, CUSTOMER);
const agents = () => centre.centre.agents;

async function refused(result: Promise<unknown>): Promise<string> {
  const value = await result;
  return isRefusal(value) ? value.refused : 'accepted';
}

/** Agent 101 talks with a customer. */
async function talking() {
  await centre.ready('101');
  const customer = await customerCalls();
  const offered = await phone('101').nextCall();
  await offered.answer();
  await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  return { customer, offered };
}

describe('wrap-up after a queue call', () => {
  test('the agent is in Call handling until the time is over, then ready and rung again', async () => {
    await centre.queue({ wrapUpMs: 900 });
    const { customer } = await talking();
    const next = await customerCalls();
    await customer.hangup();
    await centre.until('wraps up', () => centre.status('101') === 'callHandling');
    expect(centre.activity('101')).toBe('idle');
    await centre.until('ready again', () => centre.status('101') === 'ready');
    const offered = await phone('101').nextCall();
    await offered.answer();
    await next.untilAnswered();
  });

  test('the agent ends it early', async () => {
    await centre.queue({ wrapUpMs: 60_000 });
    const { customer } = await talking();
    await customer.hangup();
    await centre.until('wraps up', () => centre.status('101') === 'callHandling');
    await centre.accepted(agents().endWrapUp('a101'));
    expect(centre.status('101')).toBe('ready');
    expect(await refused(agents().endWrapUp('a101'))).toBe('notInWrapUp');
  });
});

describe('logging out', () => {
  test('is refused during a call and while the phone rings, and accepted afterwards', async () => {
    const { customer } = await talking();
    expect(await refused(agents().logOut('a101'))).toBe('inCall');
    expect(centre.centre.views.agent('a101')?.loggedIn).toBe(true);
    await customer.hangup();
    await centre.until('is free', () => centre.activity('101') === 'idle');
    await centre.accepted(agents().logOut('a101'));
    expect(centre.centre.views.agent('a101')?.loggedIn).toBe(false);
  });
});

describe('statuses', () => {
  test('only a receiving status gets calls', async () => {
    await centre.accepted(agents().logIn('a101'));
    expect(centre.status('101')).toBe('sessionStart');
    await customerCalls();
    await centre.until('waits', () => centre.queueView()?.waiting === 1);
    expect(centre.activity('101')).toBe('idle');
    await centre.accepted(agents().setStatus('a101', 'notReady'));
    expect(centre.activity('101')).toBe('idle');
    await centre.accepted(agents().setStatus('a101', 'ready'));
    await phone('101').nextCall();
  });

  test('a status that may not be chosen is refused, an unknown one too', async () => {
    await centre.ready('101');
    expect(await refused(agents().setStatus('a101', 'noAnswer'))).toBe('statusNotSelectable');
    expect(await refused(agents().setStatus('a101', 'dancing'))).toBe('statusUnknown');
    expect(centre.status('101')).toBe('ready');
  });

  test('a supervisor forces a blocking status: the agent cannot leave it, the supervisor can', async () => {
    await centre.ready('101');
    await centre.accepted(agents().forceStatus('admin', 'a101', 'notReady', true));
    expect(await refused(agents().setStatus('a101', 'ready'))).toBe('statusBlocked');
    await customerCalls();
    await centre.until('waits', () => centre.queueView()?.waiting === 1);
    expect(centre.activity('101')).toBe('idle');
    await centre.accepted(agents().forceStatus('admin', 'a101', 'ready', false));
    await phone('101').nextCall();
  });

  test('No answer blocks where it is configured so', async () => {
    const blocking = (value: boolean) =>
      centre.configure(async (store) => {
        const { statuses } = await store.load();
        const noAnswer = statuses.find(({ id }) => id === 'noAnswer');
        if (noAnswer !== undefined) await store.saveStatus({ ...noAnswer, blocking: value });
      });
    await blocking(true);
    await centre.queue({ ringMs: 600 });
    await centre.ready('101');
    await customerCalls();
    await centre.until('No answer', () => centre.status('101') === 'noAnswer');
    expect(await refused(agents().setStatus('a101', 'ready'))).toBe('statusBlocked');
    await centre.accepted(agents().forceStatus('admin', 'a101', 'ready', false));
    await blocking(false);
  });

  test('sessions and time in statuses are counted', async () => {
    const since = Date.now();
    await centre.ready('101');
    await centre.accepted(agents().logOut('a101'));
    const [totals] = await centre.centre.history.agentTotals(since, Date.now() + 1, 'a101');
    expect(totals?.sessions).toBe(1);
    expect(Object.keys(totals?.statusMs ?? {})).toContain('ready');
    const filter = { agentId: 'a101', since, until: Date.now() + 1, limit: 10 };
    const [session] = await centre.centre.history.sessions(filter);
    expect(session?.until).not.toBeNull();
    const statuses = await centre.centre.history.statuses(filter);
    // Both may have begun in the same millisecond.
    expect(statuses.map(({ statusId, setBy }) => `${statusId} by ${setBy}`).sort()).toEqual([
      'ready by agent',
      'sessionStart by system',
    ]);
  });
});
