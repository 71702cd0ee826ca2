// Calls that need no queue: agent to agent, outside numbers, personal numbers; from the phone and from the desktop.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { isRefusal } from '../../src/core/refusal.js';
import { CUSTOMER, TestCentre } from '../support/centre.js';
import { expectTalking } from '../support/talking.js';

jest.setTimeout(60_000);
const OUTSIDE = '79031112233';
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102', '103', '104'], fallbackMembers: ['104'] });
  await centre.saveAgent('102', { allow: ['8800XXXXXXX'] });
  await centre.configure((store) =>
    store.saveRoute({ number: '+74950000101', to: { kind: 'agent', agentId: 'a101' }, priority: 0, record: false }),
  );
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const phone = (number: string) => centre.lab.bank.phone(number);
const trunk = () => centre.lab.bank.trunk;
const calls = () => centre.centre.calls;
const talk = () => centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));

async function refused(result: Promise<unknown>): Promise<string> {
  const value = await result;
  return isRefusal(value) ? value.refused : 'accepted';
}

describe('dialled on the phone', () => {
  test('agent to agent: rings, shows who calls, both hear each other', async () => {
    const outgoing = await phone('101').dial('102');
    const incoming = await phone('102').nextCall();
    await outgoing.untilRinging();
    expect(incoming.callerNumber).toBe('101');
    expect(incoming.callerName).toBe('Agent 101');
    await incoming.answer();
    await outgoing.untilAnswered();
    await talk();
    await expectTalking(outgoing, incoming);
    await incoming.hangup();
    expect((await outgoing.untilEnded()).cause).toBe(16);
  });

  test('an outside number goes through the trunk with the caller number of the rule', async () => {
    const outgoing = await phone('101').dial(OUTSIDE);
    const outside = await trunk().nextCall();
    expect(outside.dialled).toBe(OUTSIDE);
    expect(outside.callerNumber).toBe('74950000000');
    await outside.ring();
    await outgoing.untilRinging();
    await outside.answer();
    await outgoing.untilAnswered();
    await talk();
    await expectTalking(outgoing, outside);
    const [call] = centre.calls();
    expect(call).toMatchObject({ direction: 'outbound', dialled: OUTSIDE, phase: 'talking' });
    await outside.hangup();
    await outgoing.untilEnded();
  });

  test('an outside number that stays silent for seconds before it answers is dialled once and then heard', async () => {
    const outgoing = await phone('101').dial(OUTSIDE);
    const outside = await trunk().nextCall();
    // Longer than the controller waits before it looks at what Asterisk has: a leg that does not ring yet looks undialled there.
    expect((await Promise.race([outside.ended, pause(5_000, 'still there')])).toString()).toBe('still there');
    await outside.answer();
    await outgoing.untilAnswered();
    await talk();
    await expectTalking(outgoing, outside);
    expect(trunk().calls).toHaveLength(1);
  });

  test('the other side is busy, rejects, or does not exist: the phone is told so', async () => {
    phone('102').behaves('busy');
    expect((await (await phone('101').dial('102')).untilEnded()).cause).toBe(17);
    phone('102').behaves('reject');
    expect((await (await phone('101').dial('102')).untilEnded()).cause).toBe(21);
    await centre.untilClean();
  });

  test('a number outside the allow list is refused and nothing is dialled', async () => {
    const outgoing = await phone('102').dial(OUTSIDE);
    expect((await outgoing.untilEnded()).cause).toBe(21);
    expect(trunk().calls).toEqual([]);
  });

  test('an agent who talks is busy for other agents, and gets no queue call', async () => {
    await centre.ready('101');
    const outgoing = await phone('102').dial('101');
    const incoming = await phone('101').nextCall();
    await incoming.answer();
    await outgoing.untilAnswered();
    await talk();
    expect((await (await phone('103').dial('101')).untilEnded()).cause).toBe(17);
    await trunk().call('+74951234567', CUSTOMER);
    await centre.until('the customer waits', () => centre.queueView()?.waiting === 1);
    expect(phone('101').calls).toHaveLength(1);
    await outgoing.hangup();
    const offered = await phone('101').nextCall();
    expect(offered.callerNumber).toBe(CUSTOMER.from);
  });

  test('the caller hangs up while the target rings', async () => {
    const outgoing = await phone('101').dial('102');
    const incoming = await phone('102').nextCall();
    await outgoing.hangup();
    await incoming.untilEnded();
    await centre.untilClean();
  });

  test('a queue number from inside joins the queue', async () => {
    const outgoing = await phone('101').dial('500');
    await outgoing.untilAnswered();
    await centre.until('waits', () => centre.queueView()?.waiting === 1);
    await centre.ready('102');
    const offered = await phone('102').nextCall();
    await offered.answer();
    await talk();
    await expectTalking(outgoing, offered);
  });
});

describe('asked for on the desktop', () => {
  test("the agent's own phone rings first, then the other's; both hear each other", async () => {
    await centre.ready('101');
    const asked = await centre.accepted(calls().dial('a101', { number: '102' }));
    expect(asked.phase).toBe('preparing');
    const own = await phone('101').nextCall();
    await own.answer();
    const incoming = await phone('102').nextCall();
    expect(incoming.callerNumber).toBe('101');
    expect((await own.hears(1_500)).silent).toBe(false);
    await incoming.answer();
    await talk();
    await expectTalking(own, incoming);
    await centre.accepted(calls().hangUp('a101', asked.id, null));
    await incoming.untilEnded();
    await centre.untilClean();
  });

  test('a phone that may answer by itself is asked to', async () => {
    await centre.saveAgent('101', { devices: [{ id: 'd101', address: 'PJSIP/101', autoAnswer: true }] });
    await centre.ready('101');
    await centre.accepted(calls().dial('a101', { number: OUTSIDE }));
    const own = await phone('101').nextCall();
    expect(await own.header('Call-Info')).toContain('answer-after=0');
    await own.answer();
    const outside = await trunk().nextCall();
    await outside.answer();
    await talk();
    await expectTalking(own, outside);
    await centre.saveAgent('101', {});
  });

  test('a queue may be dialled too', async () => {
    await centre.ready('101', '102');
    await centre.accepted(centre.centre.agents.setStatus('a101', 'notReady'));
    await centre.accepted(calls().dial('a101', { number: '500' }));
    const own = await phone('101').nextCall();
    await own.answer();
    const offered = await phone('102').nextCall();
    await offered.answer();
    await talk();
    await expectTalking(own, offered);
  });

  test('refused: not logged in, no such number, not allowed, own number, busy', async () => {
    expect(await refused(calls().dial('a101', { number: '102' }))).toBe('notLoggedIn');
    await centre.ready('102');
    expect(await refused(calls().dial('a102', { number: 'sip:evil@example' }))).toBe('numberInvalid');
    expect(await refused(calls().dial('a102', { number: OUTSIDE }))).toBe('numberNotAllowed');
    expect(await refused(calls().dial('a102', { number: '102' }))).toBe('numberInvalid');
    const outgoing = await phone('101').dial('103');
    await centre.until('101 calls', () => centre.activity('101') === 'talking');
    expect(await refused(calls().dial('a102', { number: '101' }))).toBe('agentBusy');
    await outgoing.hangup();
  });

  test("another agent's call is not found; a supervisor may end it", async () => {
    const outgoing = await phone('101').dial('102');
    await (await phone('102').nextCall()).answer();
    const call = await talk();
    for (const command of [calls().hangUp('a103', call.id, null), calls().setMuted('a103', call.id, true)]) {
      expect(await refused(command)).toBe('notFound');
    }
    expect(await refused(calls().hangUp('a103', 'no-such-call', null))).toBe('notFound');
    await centre.accepted(calls().end(call.id));
    await outgoing.untilEnded();
    await centre.untilClean();
  });

  test('mute: the other side hears nothing, then the voice again', async () => {
    const outgoing = await phone('101').dial('102');
    const incoming = await phone('102').nextCall();
    await incoming.answer();
    const call = await talk();
    await outgoing.untilAnswered();
    await outgoing.playTone(650);
    await centre.accepted(calls().setMuted('a101', call.id, true));
    expect((await incoming.hears(600)).tones).toEqual([]);
    await centre.accepted(calls().setMuted('a101', call.id, false));
    expect((await incoming.hears(600)).tones).toEqual([650]);
  });
});

describe("a customer dials an agent's own number", () => {
  test('the phone rings, they talk', async () => {
    const customer = await trunk().call('+74950000101', CUSTOMER);
    const incoming = await phone('101').nextCall();
    expect(incoming.callerNumber).toBe(CUSTOMER.from);
    await incoming.answer();
    await talk();
    await expectTalking(customer, incoming);
  });

  test.each(['busy', 'reject'] as const)(
    'the phone is %s: the customer is not lost but goes to the fallback',
    async (behaviour) => {
      phone('101').behaves(behaviour);
      const customer = await trunk().call('+74950000101', CUSTOMER);
      const offered = await phone('104').nextCall();
      await offered.answer();
      await expectTalking(customer, offered);
    },
  );

  test('a number without a route goes to the fallback as well', async () => {
    const customer = await trunk().call('+74959999999', CUSTOMER);
    const offered = await phone('104').nextCall();
    await offered.answer();
    await expectTalking(customer, offered);
  });
});
