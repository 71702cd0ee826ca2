/** Keys pressed during a call: what is run, what is sent on to the other party, and what whoever pressed is told. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Outcome } from '../../src/app/catalogue/execute.js';
import { Digits } from '../../src/app/digits.js';
import { KeyPresses } from '../../src/app/keys/key-presses.js';
import { OptionRunner } from '../../src/app/keys/option-runner.js';
import type { SettingsInForce } from '../../src/app/settings-in-force.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import type { Switchboard } from '../../src/app/switchboard.js';
import type { CallCommand } from '../../src/core/call/command.js';
import type { Option } from '../../src/core/option/option.js';
import { isRefusal } from '../../src/core/refusal.js';
import { agentTarget } from '../support/call-fixtures.js';
import { conferring, consulted, talking } from '../support/call-lines.js';
import type { CallStory } from '../support/call-story.js';
import { initialConfiguration } from '../support/fake-configuration.js';

const KEYS: Readonly<Record<string, Option>> = {
  '*1': { kind: 'hold' },
  '*12': { kind: 'swap' },
  '*3': { kind: 'complete' },
  '*5': { kind: 'tag', tag: 'sold' },
  '*7': { kind: 'record', action: 'toggle' },
  '#': { kind: 'transfer', number: null },
  '*81': { kind: 'manager' },
  '*82': { kind: 'contactGroup', groupId: 'vip' },
  '*83': { kind: 'blacklist', when: 'now' },
  '*84': { kind: 'blacklist', when: 'after' },
  '*85': { kind: 'sms', templateId: 'card' },
  '*86': { kind: 'scenario', scenarioId: 'survey' },
  '*87': { kind: 'consult', number: '500' },
  '*88': { kind: 'coach', trainerId: null },
  '*89': { kind: 'device' },
  '*80': { kind: 'callback', inMinutes: 30, queueId: 'sales', priority: 'high' },
};

beforeEach(() => void jest.useFakeTimers({ now: 1_000_000 }));
afterEach(() => void jest.useRealTimers());

class Desk {
  readonly digits = new Digits();
  /** Commands as they were executed, what was sent on, and what was told, in order. */
  readonly log: string[] = [];
  absorbs: boolean | null = true;
  refusing: readonly string[] = [];
  settings: SettingsInForce;

  constructor(readonly story: CallStory) {
    const keys = Object.entries(KEYS).map(([sequence, option]) => ({ sequence, option, reserved: false }));
    const set = { scope: 'centre', ownerId: 'centre', betweenDigitsMs: 1_000, keys } as const;
    this.settings = indexSettings({ ...initialConfiguration, keySets: [set] });
    const mailbox = { actual: { legs: { get: () => ({ absorbs: this.absorbs }) } } };
    Object.defineProperty(mailbox, 'call', { get: () => story.call });
    const switchboard = () =>
      ({
        withLeg: (id: string) => (story.call.legs[id] === undefined ? undefined : mailbox),
      }) as unknown as Switchboard;
    const common = { switchboard, settings: () => this.settings };
    const execute = async (_viewer: unknown, name: string, input: unknown) => this.#execute(name, input as object);
    const phones = { tell: async (legId: string, items: readonly object[]) => this.#tell(legId, items) };
    const options = new OptionRunner({ ...common, execute, phones, callIdsOf: () => ['c1'] });
    const sender = {
      sendKeys: async (legId: string, digits: string) => {
        this.log.push(`${legId}<${digits}`);
        return 'sent' as const;
      },
    };
    new KeyPresses({ ...common, digits: this.digits, sender, options, clock: { now: () => Date.now() } });
  }

  /** Presses, and lets what follows from it happen. `.` is a long pause. */
  async press(digits: string, legId = 'anna.1'): Promise<string> {
    for (const digit of digits) {
      if (digit === '.') await jest.advanceTimersByTimeAsync(11_000);
      else this.digits.pressed(legId, digit);
    }
    await jest.advanceTimersByTimeAsync(0);
    return this.log.splice(0).join(' ');
  }

  async #execute(name: string, { callId: _call, ...input }: { callId?: string }): Promise<Outcome> {
    const refused = this.refusing.includes(name);
    this.log.push(`${name}${JSON.stringify(input).replaceAll('"', '')}${refused ? '!' : ''}`);
    const type = name.slice('call.'.length);
    if (!refused && (type === 'hold' || type === 'resume')) {
      const done = this.story.command({ type, agentId: 'anna', lineId: null } as CallCommand);
      if (isRefusal(done)) throw new Error(done.message);
    }
    return refused ? { ok: false, error: { code: 'wrongState', message: 'It cannot be.' } } : { ok: true, result: {} };
  }

  async #tell(legId: string, items: readonly object[]): Promise<void> {
    this.log.push(`${legId}:${items.map((item) => Reflect.get(item, 'name')).join(',')}`);
  }
}

describe('in a conversation', () => {
  test('a digit of no sequence is sent on at once, to the customer alone', async () => {
    expect(await new Desk(talking()).press('42')).toBe('caller<4 caller<2');
  });

  test('in a conference it goes to those outside, not to other agents', async () => {
    expect(await new Desk(conferring()).press('4')).toBe('caller<4');
  });

  test('between agents it goes to the other one', async () => {
    expect(await new Desk(consulted()).press('4')).toBe('boris.1<4');
  });

  test('a command is run as the agent; one of which nothing is heard is confirmed by a tone', async () => {
    const desk = new Desk(talking());
    expect(await desk.press('*5')).toBe('call.tag{tag:sold} anna.1:beep');
    expect(await desk.press('*1')).toBe('');
    expect(await desk.press('.')).toBe('call.hold{lineId:c1~l1}');
    expect(await desk.press('*1.')).toBe('call.resume{lineId:c1~l1}');
    expect(await desk.press('*12')).toBe('call.swap{}');
  });

  test.each([
    [
      'the agent becomes the personal manager',
      '*81',
      'contacts.assignManager{number:+15550100,name:Customer} anna.1:beep',
    ],
    [
      'the number goes into a group',
      '*82',
      'contacts.addToGroup{number:+15550100,name:Customer,groupId:vip} anna.1:beep',
    ],
    [
      'blocked, and the call ended',
      '*83',
      'blacklist.add{number:+15550100} call.removeParty{legId:caller} anna.1:beep',
    ],
    ['blocked, and the call goes on', '*84', 'blacklist.add{number:+15550100} anna.1:beep'],
    ['a short message', '*85', 'sms.send{templateId:card} anna.1:beep'],
    [
      'a callback',
      '*80',
      'callback.schedule{number:+15550100,name:Customer,inMinutes:30,queueId:sales,priority:high} anna.1:beep',
    ],
    ['a scenario', '*86', 'call.transfer{lineId:c1~l1,to:{kind:scenario,scenarioId:survey}}'],
    ['the other phones ring', '*89', 'call.moveToDevice{} anna.1:beep'],
    ['a set number', '*87', 'call.consult{to:{kind:number,number:500}}'],
  ])('%s', async (_what, sequence, done) => {
    expect(await new Desk(talking()).press(sequence)).toBe(done);
  });

  test('a trainer is called, and let go by the same key', async () => {
    const desk = new Desk(talking());
    expect(await desk.press('*88')).toBe('call.coach{}');
    const target = agentTarget('clara');
    desk.story.command({ type: 'coach', coachedId: 'anna', byAgentId: 'anna', mode: 'whisper', target });
    expect(await desk.press('*88')).toBe('call.stopCoaching{coachId:clara}');
  });

  test('what cannot be done first is not done in part', async () => {
    const desk = new Desk(talking());
    desk.refusing = ['blacklist.add'];
    expect(await desk.press('*83')).toBe('blacklist.add{number:+15550100}! anna.1:beeperr');
  });

  test('a refused one is told by another tone', async () => {
    const desk = new Desk(talking());
    desk.refusing = ['call.tag'];
    expect(await desk.press('*5')).toBe('call.tag{tag:sold}! anna.1:beeperr');
  });

  test('a recording is begun, and ended where there is one', async () => {
    const desk = new Desk(talking());
    expect(await desk.press('*7')).toContain('action:start');
    desk.story.command({ type: 'record', agentId: 'anna', lineId: null, action: 'start' });
    expect(await desk.press('*7')).toContain('action:stop');
    desk.story.command({ type: 'record', agentId: 'anna', lineId: null, action: 'pause' });
    expect(await desk.press('*7')).toContain('action:resume');
  });

  test('what others in the conversation hear anyway is no command and is not sent on', async () => {
    const desk = new Desk(talking());
    desk.absorbs = false;
    expect(await desk.press('*54')).toBe('');
  });

  test('of one that began before the start of the service the keys in force say whether others hear', async () => {
    const desk = new Desk(talking());
    desk.absorbs = null;
    expect(await desk.press('*54')).toBe('call.tag{tag:sold} caller<4 anna.1:beep');
    desk.settings = indexSettings(initialConfiguration);
    expect(await desk.press('*54')).toBe('');
  });

  test('after the last key was taken away from the agent, digits that nobody hears are still sent on', async () => {
    const desk = new Desk(talking());
    desk.settings = indexSettings(initialConfiguration);
    expect(await desk.press('*5')).toBe('caller<* caller<5');
  });

  test('a leg that is asked something by others answers that, and nothing else', async () => {
    const desk = new Desk(talking());
    const stop = desk.digits.listen('anna.1', () => undefined);
    expect(await desk.press('*54')).toBe('');
    stop();
    expect(await desk.press('4')).toBe('caller<4');
  });

  test('what a customer presses is no command of the agent’s', async () => {
    const desk = new Desk(talking());
    desk.absorbs = false;
    expect(await desk.press('*5', 'caller')).toBe('');
  });
});

describe('a number that is asked for', () => {
  const ASKED = 'call.hold{lineId:c1~l1} anna.1:pbx-transfer';
  const transfer = (number: string) => `call.transfer{lineId:c1~l1,to:{kind:number,number:${number}}}`;

  test('is typed while the customer is on hold', async () => {
    const desk = new Desk(talking());
    expect(await desk.press('#')).toBe(ASKED);
    expect(await desk.press('102#')).toBe(transfer('102'));
  });

  test('may be typed faster than the line is put on hold', async () => {
    expect(await new Desk(talking()).press('#102#')).toBe(`${ASKED} ${transfer('102')}`);
  });

  test('that cannot be reached brings the agent back, who is told', async () => {
    const desk = new Desk(talking());
    desk.refusing = ['call.transfer'];
    const told = 'anna.1:beeperr,cannot-complete-as-dialed';
    expect(await desk.press('#1#')).toBe(`${ASKED} ${transfer('1')}! ${told} call.resume{lineId:c1~l1}`);
  });

  test.each([
    ['is never typed: the agent is told and back', '#.', 'anna.1:beeperr call.resume{lineId:c1~l1}'],
    ['is given up: the agent is back', '#*', 'call.resume{lineId:c1~l1}'],
  ])('%s', async (_what, digits, then) => {
    expect(await new Desk(talking()).press(digits)).toBe(`${ASKED} ${then}`);
  });

  test('cannot be asked for where the line cannot be held: what is typed then is no number', async () => {
    const desk = new Desk(talking());
    desk.refusing = ['call.hold'];
    expect(await desk.press('#')).toBe('call.hold{lineId:c1~l1}! anna.1:beeperr');
    expect(await desk.press('4')).toBe('caller<4');
  });
});
