// Faults around live calls: the controller restarts, Asterisk restarts, the controller is away.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { expectMusic, expectTalking } from '../support/talking.js';

jest.setTimeout(90_000);
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102'], fallbackMembers: ['102'] });
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const phone = (number: string) => centre.lab.bank.phone(number);
const customerCalls = () => centre.lab.bank.trunk.call(DID, CUSTOMER);

describe('the controller is stopped and started again', () => {
  test('a conversation goes on, and can be ended by command afterwards', async () => {
    await centre.ready('101');
    const customer = await customerCalls();
    const offered = await phone('101').nextCall();
    await offered.answer();
    await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
    await centre.restart();
    await expectTalking(customer, offered);
    const call = centre.calls()[0];
    expect(call).toMatchObject({ phase: 'talking', queueId: 'sales' });
    expect(centre.activity('101')).toBe('talking');
    await centre.accepted(centre.centre.calls.hangUp('a101', call?.id ?? '', null));
    await customer.untilEnded();
    await centre.untilClean();
  });

  test('a waiting customer keeps the place and the time of waiting, and is served', async () => {
    const customer = await customerCalls();
    await customer.untilAnswered();
    const before = centre.calls()[0];
    await centre.restart();
    expect(centre.calls()[0]).toMatchObject({
      id: before?.id,
      phase: 'queued',
      startedAt: before?.startedAt,
      position: 1,
    });
    await expectMusic(customer);
    await centre.ready('101');
    const offered = await phone('101').nextCall();
    await offered.answer();
    await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
    await expectTalking(customer, offered);
  });

  test('an agent answers while the controller is away: they talk when it is back', async () => {
    await centre.ready('101');
    const customer = await customerCalls();
    const offered = await phone('101').nextCall();
    await centre.restartAround(async () => {
      await offered.answer();
      await offered.untilAnswered();
    });
    await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
    await expectTalking(customer, offered);
  });

  test('the customer hangs up while the controller is away: the agent is released when it is back', async () => {
    await centre.ready('101');
    const customer = await customerCalls();
    const offered = await phone('101').nextCall();
    await offered.answer();
    await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
    await centre.restartAround(async () => {
      await customer.hangup();
      await customer.untilEnded();
    });
    await offered.untilEnded();
    await centre.untilClean();
    expect(centre.activity('101')).toBe('idle');
  });

  test("sessions, statuses and today's figures stand", async () => {
    await centre.ready('101');
    const today = centre.queueView()?.today;
    await centre.restart();
    expect(centre.queueView()?.today).toEqual(today);
    expect(today?.answered).toBeGreaterThan(0);
    expect(centre.status('101')).toBe('ready');
    await customerCalls();
    await phone('101').nextCall();
  });
});

test('a customer who calls while the controller is away hears music and is served when it is back', async () => {
  await centre.ready('101');
  const customer = await centre.restartAround(async () => {
    const call = await customerCalls();
    await call.untilAnswered();
    await expectMusic(call);
    return call;
  });
  const offered = await phone('101').nextCall();
  await offered.answer();
  await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  await expectTalking(customer, offered);
});

test('Asterisk restarts: the calls that are gone are closed, agents stay logged in, new calls work', async () => {
  await centre.ready('101');
  const customer = await customerCalls();
  const offered = await phone('101').nextCall();
  await offered.answer();
  await customer.untilAnswered();
  const call = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  const before = centre.queueView()?.today;
  await centre.lab.pbx.kill9();
  await centre.until('the loss is noticed', () => centre.centre.health().asterisk !== 'connected');
  await centre.lab.bank.reset().catch(() => {});
  await centre.lab.pbx.start();
  await centre.until('Asterisk is connected', () => centre.centre.health().asterisk === 'connected', 15_000);
  await centre.until('the call is closed', () => centre.calls().length === 0, 15_000);
  await centre.until('the loss is told', () => centre.events('call.ended').length > 0);
  expect(await centre.record(call.id)).toMatchObject({ outcome: 'lost', endedAt: expect.any(Number) });
  const { today } = centre.queueView() ?? {};
  expect(today).toMatchObject({ lost: (before?.lost ?? 0) + 1, abandoned: before?.abandoned });
  expect(centre.status('101')).toBe('ready');
  expect(centre.activity('101')).toBe('idle');
  await centre.lab.bank.registerAll();
  const again = await customerCalls();
  const next = await phone('101').nextCall({ timeoutMs: 15_000 });
  await next.answer();
  await centre.until('they talk', () => centre.calls()[0]?.phase === 'talking');
  await expectTalking(again, next);
});
