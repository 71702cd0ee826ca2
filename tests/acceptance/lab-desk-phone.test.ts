// The lab's phones do what an agent does with a desk phone: hold, a second line, the Transfer key, the display; and they hear well.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import { type Lab, startLab } from '../../lab/lab.js';
import { LabSwitch, type Pair } from '../support/lab-switch.js';
import { expectTalking } from '../support/talking.js';

jest.setTimeout(60_000);

type Side = keyof Pair;
const SIDES: readonly Side[] = ['calling', 'called'];

let lab: Lab;
let pbx: LabSwitch;

beforeAll(async () => {
  // The switch of this test accepts no calls by itself: they come to it by plain Stasis.
  lab = await startLab({ phones: ['101', '102', '103'], globals: { RINGMASTER_ENTRY_MS: '0' } });
  pbx = await LabSwitch.start(lab);
});
afterEach(() => lab.bank.reset());
afterAll(async () => {
  await pbx.stop();
  await lab.stop();
});

const otherSide = (side: Side): Side => (side === 'calling' ? 'called' : 'calling');

describe('the Transfer key', () => {
  test.each(SIDES)('on the %s phone, unattended, names a number to the PBX', async (side) => {
    const { call, channelId } = (await pbx.talk('102', '101'))[side];
    const referred = pbx.refer();
    await call.blindTransfer('103');
    const { refer_to, referred_by } = await referred;
    expect(referred_by?.source_channel.id).toBe(channelId);
    expect(refer_to?.requested_destination?.destination).toBe('103');
    expect(refer_to?.destination_channel).toBeUndefined();
    await pbx.tell(channelId, 'channel_answered');
    expect(await call.untilTransferred()).toBe('200 OK');
  });

  test.each([
    [['channel_answered'], ['100 Trying', '200 OK']],
    [
      ['channel_progress', 'channel_answered'],
      ['100 Trying', '200 OK'],
    ],
    [
      ['channel_progress', 'channel_unavailable'],
      ['100 Trying', '503 Service Unavailable'],
    ],
    [['channel_declined'], ['100 Trying', '603 Decline']],
  ])('when the PBX says %j the phone is told %j, and may transfer again', async (states, told) => {
    const pair = await pbx.talk('102', '101');
    for (const side of [...SIDES, ...SIDES]) {
      const { call, channelId } = pair[side];
      const referred = pbx.refer();
      await call.blindTransfer('103');
      await referred;
      await pbx.tell(channelId, ...states);
      expect(await call.untilTransferred()).toBe(told.at(-1));
      expect(call.transferStates).toEqual(told);
    }
    await expectTalking(pair.calling.call, pair.called.call);
  });

  test('refused, as the trunk may not transfer, is told as such', async () => {
    const { call, channelId } = await pbx.dialled(() => lab.bank.trunk.call('100', { from: '+79161234567' }));
    await pbx.answer(channelId);
    await call.untilAnswered();
    await call.blindTransfer('103');
    expect(await call.untilTransferred()).toBe('603 Decline');
  });

  test('a phone whose transfer is not answered yet can be hung up', async () => {
    const { calling } = await pbx.talk('102', '101');
    const referred = pbx.refer();
    await calling.call.blindTransfer('103');
    await referred;
    await calling.call.hangup();
    await calling.call.untilEnded();
    expect(calling.call.transferStates).not.toContain('200 OK');
  });

  test.each(SIDES)('on the %s phone, attended, the two other parties are named, joined, and talk', async (side) => {
    const first = await pbx.talk('102', '101');
    const phone = side === 'calling' ? '102' : '101';
    const { call, channelId } = first[side];
    const held = pbx.next('ChannelHold', channelId);
    await call.hold();
    await held;
    const second = await pbx.talk(phone, '103');
    let unheld = false;
    const stop = pbx.ari.listen(({ type }) => {
      unheld ||= type === 'ChannelUnhold';
    });
    const referred = pbx.refer();
    await call.attendedTransfer(second.calling.call);
    const { refer_to, referred_by } = await referred;
    expect(referred_by?.source_channel.id).toBe(channelId);
    expect(refer_to?.destination_channel?.id).toBe(second.calling.channelId);
    await pbx.join(first[otherSide(side)].channelId, second.called.channelId);
    await pbx.tell(channelId, 'channel_answered');
    expect(await call.untilTransferred()).toBe('200 OK');
    await Promise.all([call.hangup(), second.calling.call.hangup()]);
    stop();
    expect(unheld).toBe(false);
    await expectTalking(first[otherSide(side)].call, second.called.call);
  });

  test.each(SIDES)('on the %s phone, attended, works while the other party still rings', async (side) => {
    const first = await pbx.talk('102', '101');
    const { call, channelId } = first[side];
    await call.hold();
    const phone = lab.bank.phone(side === 'calling' ? '102' : '101');
    const second = await pbx.dialled(() => phone.dial('103'));
    await pbx.ari.command('POST', `channels/${second.channelId}/ring`);
    await second.call.untilRinging();
    const ringing = await pbx.ring('103');
    const target = await lab.bank.phone('103').nextCall();
    const referred = pbx.refer();
    await call.attendedTransfer(second.call);
    expect((await referred).refer_to?.destination_channel).toMatchObject({ id: second.channelId, state: 'Ring' });
    await pbx.tell(channelId, 'channel_progress');
    await target.answer();
    await pbx.join(first[otherSide(side)].channelId, ringing);
    await pbx.tell(channelId, 'channel_answered');
    expect(await call.untilTransferred()).toBe('200 OK');
    await Promise.all([call.hangup(), second.call.hangup()]);
    await expectTalking(first[otherSide(side)].call, target);
  });
});

describe('the hold key', () => {
  test.each(SIDES)('of the %s phone is seen by the PBX, and afterwards both hear each other', async (side) => {
    const pair = await pbx.talk('102', '101');
    const { call, channelId } = pair[side];
    const other = pair[otherSide(side)].call;
    await expectTalking(call, other);
    await call.playTone(850);
    await other.playTone(1_450);
    const held = pbx.next('ChannelHold', channelId);
    await call.hold();
    await held;
    expect((await other.hears(500)).tones).toEqual([]);
    const unheld = pbx.next('ChannelUnhold', channelId);
    await call.unhold();
    await unheld;
    expect((await other.hears(700)).tones).toEqual([850]);
    expect((await call.hears(700)).tones).toEqual([1_450]);
  });
});

describe('the display', () => {
  test('of a phone that dials shows the number dialled until the PBX says more', async () => {
    const { call } = await pbx.dialled(() => lab.bank.phone('102').dial('101'));
    expect(call.display).toEqual({ name: '', number: '101' });
  });

  test.each(SIDES)('of the %s phone follows what the PBX says during the call', async (side) => {
    const { call, channelId } = (await pbx.talk('102', '101'))[side];
    // What Asterisk itself says at the join comes first.
    await call.untilDisplay({ name: side === 'calling' ? 'Phone 101' : 'Phone 102' });
    await pbx.set(channelId, 'CONNECTEDLINE(all)', '"Anna Petrova" <+79161234567>');
    await call.untilDisplay({ number: '+79161234567', name: 'Anna Petrova' });
    await pbx.set(channelId, 'CONNECTEDLINE(all)', '"Boris" <103>');
    await call.untilDisplay({ number: '103', name: 'Boris' });
    await expect(call.untilDisplay({ number: '104' }, 50)).rejects.toThrow('it shows "Boris" 103');
  });
});

describe('several lines of a phone', () => {
  async function hearsOnly(call: Call, speaker: Call, hz: number): Promise<void> {
    await speaker.playTone(hz);
    expect((await call.hears(500)).tones).toEqual([hz]);
  }

  test('it dials while one call is up and while it is held, and takes a call that arrives', async () => {
    const first = await pbx.talk('102', '101');
    const second = await pbx.talk('102', '103');
    await hearsOnly(first.calling.call, first.called.call, 650);
    await hearsOnly(second.calling.call, second.called.call, 850);
    await first.calling.call.hold();
    await second.calling.call.hold();
    const third = await pbx.talk('102', '101');
    await hearsOnly(third.calling.call, third.called.call, 1_050);
    const [arriving, fourth] = [await pbx.answered('102'), await pbx.answered('103')];
    await pbx.join(arriving.channelId, fourth.channelId);
    await expectTalking(arriving.call, fourth.call);
    expect(lab.bank.phone('102').calls).toHaveLength(4);
    await first.calling.call.unhold();
    await hearsOnly(first.calling.call, first.called.call, 1_250);
  });
});

describe('what a phone hears', () => {
  test('is measured without a break while its leg moves from one bridge to another', async () => {
    const { calling, called } = await pbx.talk('102', '101');
    const next = await pbx.answered('103');
    await called.call.playTone(650);
    await next.call.playTone(1_250);
    const listening = await calling.call.listen([650, 1_250]);
    expect((await calling.call.hears(400)).tones).toEqual([650]);
    await pbx.join(next.channelId, calling.channelId);
    expect((await calling.call.hears(600)).hears(1_250)).toBe(true);
    const heard = await listening.stop();
    expect([...new Set(heard.timeline().flatMap(({ hz }) => hz ?? []))]).toEqual([650, 1_250]);
    const gap = heard.longestGapMs(650, 1_250);
    console.info(`a leg moved to a fresh bridge: ${gap} ms without either party`);
    expect(gap).toBeLessThan(500);
    expect(heard.gapMs(1_250)).toBeGreaterThan(300);
  });

  test('is measured as long as it really was away', async () => {
    const { calling, called } = await pbx.talk('102', '101');
    await called.call.playTone(650);
    const listening = await calling.call.listen([650]);
    await calling.call.hears(200);
    const before = Date.now();
    await pbx.join(calling.channelId);
    const gone = Date.now();
    await calling.call.hears(200);
    const back = Date.now();
    await pbx.join(calling.channelId, called.channelId);
    const after = Date.now();
    await calling.call.hears(200);
    const gap = (await listening.stop()).longestGapMs(650);
    // Packets are on their way at either end.
    expect(gap).toBeGreaterThanOrEqual(back - gone - 60);
    expect(gap).toBeLessThanOrEqual(after - before + 250);
  });

  test("a conference's sound is told from tones and silence, even under the voices", async () => {
    const { calling, called } = await pbx.talk('102', '101');
    const bridge = await pbx.join(calling.channelId, called.channelId);
    const heardWhile = async (sound: string): Promise<boolean> => {
      const listening = await calling.call.listen();
      const finished = pbx.next('PlaybackFinished');
      await pbx.ari.command('POST', `bridges/${bridge}/play`, { media: `sound:${sound}` });
      await finished;
      return (await listening.stop()).otherSound;
    };
    expect((await calling.call.hears(500)).otherSound).toBe(false);
    expect(await heardWhile('confbridge-join')).toBe(true);
    expect(await heardWhile('confbridge-leave')).toBe(true);
    expect(await heardWhile('silence/1')).toBe(false);
    await called.call.playTone(850);
    expect((await calling.call.hears(700)).otherSound).toBe(false);
    expect(await heardWhile('confbridge-join')).toBe(true);
  });
});
