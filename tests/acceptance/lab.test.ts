// The lab proves itself, and the PBX's own files prove that no call is lost while Ringmaster is away.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { type AriEvent, LabAri } from '../../lab/ari.js';
import type { Call } from '../../lab/call.js';
import { type Lab, startLab } from '../../lab/lab.js';

jest.setTimeout(60_000);

const RETRIES = 2;
const CUSTOMER = { from: '+79161234567', name: 'Anna Petrova' };
const ARRIVES = (event: AriEvent): boolean => event.type === 'StasisStart';
let lab: Lab;

beforeAll(async () => {
  lab = await startLab({
    phones: ['101', '102'],
    fallbackMembers: ['101'],
    // The controller of this test is a bare application, which accepts no calls by itself: they come to it by plain Stasis.
    globals: { RINGMASTER_ENTRY_MS: '0', RINGMASTER_RETRIES: String(RETRIES), RINGMASTER_RETRY_SECONDS: '1' },
  });
});
afterEach(() => lab.bank.reset());
afterAll(() => lab.stop());

/** Both speak; each must hear the other and nobody else. */
async function expectTalking(one: Call, other: Call): Promise<void> {
  await one.playTone(650);
  await other.playTone(1_250);
  const [oneHears, otherHears] = await Promise.all([one.hears(700), other.hears(700)]);
  expect(String(oneHears)).toMatch(/1250 Hz/);
  expect(oneHears.tones).toEqual([1_250]);
  expect(otherHears.tones).toEqual([650]);
}

describe('while the controller is away', () => {
  test('a customer hears music, reaches the fallback queue, and talks to the agent there', async () => {
    const agent = lab.bank.phone('101').behaves({ answerAfterMs: 200 });
    const customer = await lab.bank.trunk.call('+74951234567', CUSTOMER);
    await customer.untilAnswered();
    const waiting = await customer.hears(1_200);
    expect(waiting.music).toBe(true);
    const call = await agent.nextCall({ timeoutMs: 10_000 });
    expect(call.callerNumber).toBe(CUSTOMER.from);
    await call.untilAnswered();
    await expectTalking(customer, call);
    await call.hangup();
    expect((await customer.untilEnded()).cause).toBe(16);
  });

  test('phones call each other directly', async () => {
    const outgoing = await lab.bank.phone('102').dial('101');
    await outgoing.untilRinging();
    const incoming = await lab.bank.phone('101').nextCall();
    expect(incoming.callerNumber).toBe('102');
    expect(await incoming.answer()).toBe(true);
    await outgoing.untilAnswered();
    await expectTalking(outgoing, incoming);
    await outgoing.dtmf('12#');
    await incoming.untilDigits('12#');
    expect(incoming.digits).toBe('12#');
    await outgoing.hold();
    expect((await incoming.hears(500)).music).toBe(true);
    await outgoing.unhold();
    // Only the end of the music is checked: after music, a native Dial() bridge of this Asterisk passes the former sequence
    // numbers on, and a receiver may take the audio for old.
    expect((await incoming.hears(500)).music).toBe(false);
    expect((await outgoing.hears(500)).tones).toEqual([1_250]);
    await outgoing.hangup();
    expect((await incoming.untilEnded()).cause).toBe(16);
  });

  test('a busy phone says so', async () => {
    lab.bank.phone('101').behaves('busy');
    const call = await lab.bank.phone('102').dial('101');
    expect((await call.untilEnded()).cause).toBe(17);
  });

  test('a number that is no phone of the PBX gets the congestion tone', async () => {
    const call = await lab.bank.phone('102').dial('*21*5#');
    await expect(call.untilAnswered()).rejects.toThrow('ended first: cause 34');
  });

  test('a customer is picked up by the controller when it comes back', async () => {
    const calledAt = Date.now();
    const customer = await lab.bank.trunk.call('74951234567', CUSTOMER);
    await customer.untilAnswered();
    const answeredAt = Date.now();
    const controller = await LabAri.connect(lab.pbx, 'ringmaster');
    const [entrance, number, since] =
      (await controller.next(ARRIVES, 'the customer comes to the controller')).args ?? [];
    expect([entrance, number]).toEqual(['trunk', '74951234567']);
    // Since when the customer waits.
    expect(Number(since)).toBeGreaterThanOrEqual(calledAt);
    expect(Number(since)).toBeLessThanOrEqual(answeredAt + 1_000);
    await customer.hangup();
    await controller.close();
  });
});

describe('while the controller is connected', () => {
  let controller: LabAri;
  beforeAll(async () => {
    controller = await LabAri.connect(lab.pbx, 'ringmaster');
  });
  afterAll(() => controller.close());

  test.each(['+74951234567', '100', '*31#'])('a customer dialling %s comes to it with that number', async (number) => {
    const arriving = controller.next(ARRIVES, 'the call arrives');
    const customer = await lab.bank.trunk.call(number, CUSTOMER);
    const { args, channel } = await arriving;
    expect(args).toEqual(['trunk', number]);
    expect(channel?.caller).toEqual({ number: CUSTOMER.from, name: CUSTOMER.name });
    await customer.hangup();
  });

  test.each(['101', '*21#', '#31#', '+79161234567'])(
    'an agent dialling %s comes to it with that number',
    async (number) => {
      const arriving = controller.next(ARRIVES, 'the call arrives');
      const call = await lab.bank.phone('102').dial(number);
      const { args, channel } = await arriving;
      expect(args).toEqual(['phone', number]);
      expect(channel?.name).toMatch(/^PJSIP\/102-/);
      expect(channel?.caller.number).toBe('102');
      await call.hangup();
    },
  );

  test('it may hand a caller over to the fallback queue', async () => {
    const agent = lab.bank.phone('101').behaves({ answerAfterMs: 0 });
    const arriving = controller.next(ARRIVES, 'the call arrives');
    const customer = await lab.bank.trunk.call('100', CUSTOMER);
    const { channel } = await arriving;
    const target = { context: 'ringmaster-fallback', extension: 's', priority: 1 };
    await controller.command('POST', `channels/${channel?.id}/continue`, target);
    const call = await agent.nextCall();
    await call.untilAnswered();
    await expectTalking(customer, call);
  });

  test('a call to an outside number leaves by the trunk', async () => {
    const started = controller.next(ARRIVES, 'the channel is made');
    await controller.command('POST', 'channels/create', {
      endpoint: 'PJSIP/+79167654321@trunk',
      app: 'ringmaster',
      channelId: 'leg-out',
    });
    await started;
    await controller.command('POST', 'channels/leg-out/dial');
    const call = await lab.bank.trunk.nextCall();
    expect(call.dialled).toBe('+79167654321');
    await call.reject();
    expect(await call.untilEnded()).toMatchObject({ cause: 21 });
  });
});

describe('the lab', () => {
  test('a phone that unregisters is offline for the PBX until it registers again', async () => {
    const phone = lab.bank.phone('101');
    await phone.unregister();
    const call = await lab.bank.phone('102').dial('101');
    await expect(call.untilAnswered()).rejects.toThrow('ended first');
    await phone.register();
    await lab.bank.phone('102').dial('101');
    expect((await phone.nextCall()).callerNumber).toBe('102');
  });

  test('the PBX comes back on the same ports after a crash', async () => {
    const before = lab.pbx.pid;
    await lab.pbx.kill9();
    await lab.pbx.start();
    expect(lab.pbx.pid).not.toBe(before);
    await lab.bank.registerAll();
    const call = await lab.bank.phone('102').dial('101');
    await call.untilRinging();
    expect(await lab.pbx.cli('core show channels count')).toMatch(/2 active channels/);
  });
});
