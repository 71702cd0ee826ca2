// A customer's call reaches an agent through a queue, on a real Asterisk with real SIP phones.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { expectMusic, expectTalking } from '../support/talking.js';

jest.setTimeout(60_000);
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103'] });
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const phone = (number: string) => centre.lab.bank.phone(number);
const customerCalls = () => centre.lab.bank.trunk.call(DID, CUSTOMER);

describe('a customer calls the queue', () => {
  test('the agent answers, both hear each other, and nothing is left after the hang-up', async () => {
    await centre.ready('101');
    const customer = await customerCalls();
    const offered = await phone('101').nextCall();
    expect(offered.callerNumber).toBe(CUSTOMER.from);
    expect(offered.callerName).toBe(CUSTOMER.name);
    await customer.untilAnswered();
    await expectMusic(customer);
    expect(centre.activity('101')).toBe('ringing');
    expect(await offered.answer()).toBe(true);
    await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
    expect(centre.activity('101')).toBe('talking');
    await expectTalking(customer, offered);
    await customer.hangup();
    expect((await offered.untilEnded()).cause).toBe(16);
    await centre.untilClean();
    expect(centre.activity('101')).toBe('idle');
  });

  test('the agent hangs up: the customer is released too, and the call is in the history', async () => {
    await centre.ready('101');
    phone('101').behaves({ answerAfterMs: 50 });
    const customer = await customerCalls();
    const call = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
    await (await phone('101').nextCall()).hangup();
    await customer.untilEnded();
    await centre.untilClean();
    const record = await centre.record(call.id);
    expect(record).toMatchObject({ outcome: 'answered', agentId: 'a101', queueId: 'sales', fromNumber: CUSTOMER.from });
    expect(centre.queueView()?.today.answered).toBeGreaterThan(0);
  });

  test('nobody is free: the customer waits with music, and an agent who becomes ready is rung at once', async () => {
    const customer = await customerCalls();
    await customer.untilAnswered();
    await expectMusic(customer);
    expect(centre.queueView()?.waiting).toBe(1);
    expect(centre.calls()[0]?.position).toBe(1);
    await centre.ready('102');
    const offered = await phone('102').nextCall();
    await offered.answer();
    await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
    await expectTalking(customer, offered);
  });

  test('the customer hangs up while waiting: counted as abandoned, nothing is left', async () => {
    const before = centre.queueView()?.today.abandoned ?? 0;
    const customer = await customerCalls();
    await customer.untilAnswered();
    await customer.hangup();
    await centre.untilClean();
    expect(centre.queueView()).toMatchObject({ waiting: 0, today: { abandoned: before + 1 } });
  });

  test('the customer hangs up while an agent rings: the phone stops ringing and the agent is free', async () => {
    await centre.ready('101');
    const customer = await customerCalls();
    const offered = await phone('101').nextCall();
    await customer.hangup();
    await offered.untilEnded();
    await centre.untilClean();
    expect(centre.activity('101')).toBe('idle');
    expect(centre.status('101')).toBe('ready');
  });

  test('two devices of an agent ring together; the first to answer has the call, the other stops', async () => {
    await centre.saveAgent('103', { devices: [] });
    await centre.saveAgent('101', {
      devices: [
        { id: 'desk', address: 'PJSIP/101', autoAnswer: false },
        { id: 'home', address: 'PJSIP/103', autoAnswer: false },
      ],
    });
    await centre.ready('101');
    const customer = await customerCalls();
    const [desk, home] = await Promise.all([phone('101').nextCall(), phone('103').nextCall()]);
    await home.answer();
    expect((await desk.untilEnded()).cause).toBe(26);
    await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
    await expectTalking(customer, home);
    await customer.hangup();
    await centre.untilClean();
    await centre.saveAgent('101', {});
    await centre.saveAgent('103', {});
  });
});

describe('an agent does not take the call', () => {
  test('no answer: the agent goes to No answer, the next agent is rung, the customer keeps the place', async () => {
    await centre.queue({ ringMs: 1_000 });
    await centre.ready('101');
    const first = await customerCalls();
    await phone('101').nextCall();
    const second = await customerCalls();
    await second.untilAnswered();
    await centre.until('the first agent is in No answer', () => centre.status('101') === 'noAnswer');
    await centre.queue({ ringMs: 15_000 });
    await centre.ready('102');
    const offered = await phone('102').nextCall();
    await offered.answer();
    await centre.until('the first customer talks', () => centre.calls().some(({ phase }) => phase === 'talking'));
    await expectTalking(first, offered);
    expect(centre.queueView()?.waiting).toBe(1);
    await second.hangup();
  });

  test.each(['busy', 'reject'] as const)(
    'the phone says %s: the customer waits on and the next agent is rung',
    async (behaviour) => {
      phone('101').behaves(behaviour);
      await centre.ready('101');
      const customer = await customerCalls();
      await phone('101').nextCall();
      await centre.until('the agent is spared for a while', () => centre.activity('101') === 'idle');
      expect(centre.status('101')).toBe('ready');
      await expectMusic(customer);
      await centre.ready('102');
      const offered = await phone('102').nextCall();
      await offered.answer();
      await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
      await expectTalking(customer, offered);
    },
  );

  test('an agent whose phone is busy is asked again after the delay', async () => {
    await centre.queue({ retryMs: { busy: 400, rejected: 400, noAnswer: 400, unavailable: 400 } });
    phone('101').behaves('busy');
    await centre.ready('101');
    await customerCalls();
    await phone('101').nextCall();
    phone('101').behaves('ring');
    const again = await phone('101').nextCall();
    await again.answer();
    await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  });

  test('a phone that is not registered: the next agent is rung, and the agent comes back when the phone does', async () => {
    await centre.queue({ retryMs: { busy: 500, rejected: 500, noAnswer: 500, unavailable: 500 } });
    await phone('101').unregister();
    try {
      await centre.ready('101');
      const customer = await customerCalls();
      await customer.untilAnswered();
      await expectMusic(customer);
      expect(centre.status('101')).toBe('ready');
    } finally {
      await phone('101').register();
    }
    const offered = await phone('101').nextCall();
    await offered.answer();
    await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  });
});
