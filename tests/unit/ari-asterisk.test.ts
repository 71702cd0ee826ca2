/** What is asked of Asterisk for a step that takes more than one request. */
import { describe, expect, test } from '@jest/globals';
import type { PhoneFact } from '../../src/app/phone-system.js';
import { Asterisk } from '../../src/ari/asterisk.js';
import type { Step } from '../../src/core/call/plan.js';
import { DEAF, QUIET_LOG, ScriptedAri } from '../support/scripted-ari.js';

const RECORD = { type: 'record', conversationId: 'ringmaster-c1~b1', name: 'ringmaster/2026-11-22/x' } as const;

describe('a recording that Asterisk says exists already', () => {
  test.each([
    ['is written now: it was begun before the controller was started anew', 200, 'done'],
    ['is not being written: something is in the way of its file', 404, 'failed'],
  ])('%s', async (_what, live, result) => {
    const ari = new ScriptedAri((method) => (method === 'POST' ? 409 : live));
    expect(await new Asterisk(ari, 'ringmaster', QUIET_LOG).perform(RECORD)).toBe(result);
    expect(ari.requests.map(({ uri }) => uri)).toEqual([
      'bridges/ringmaster-c1~b1/record',
      'recordings/live/ringmaster%2F2026-11-22%2Fx',
    ]);
  });
});

describe('a message that is dictated', () => {
  const LEG = 'ringmaster-c1~a';
  const ANNOUNCE: Step = {
    type: 'announce',
    legId: LEG,
    language: 'en',
    announcement: {
      id: 'ringmaster-c1~n',
      items: [
        { kind: 'dictation', name: 'ringmaster/messages/m', maxMs: 5_000 },
        { kind: 'recording', name: 'ringmaster/messages/m' },
      ],
      deadlineAt: 0,
      ending: 'release',
    },
  };

  async function dictated() {
    const ari = new ScriptedAri();
    const facts: PhoneFact[] = [];
    const asterisk = new Asterisk(ari, 'ringmaster', QUIET_LOG);
    asterisk.start({ ...DEAF, fact: (fact) => facts.push(fact) });
    await asterisk.perform(ANNOUNCE);
    return { ari, facts, asked: () => ari.requests.map(({ method, uri }) => `${method} ${uri}`) };
  }

  test('is recorded once the leg has left the bridge in which it was dialled, and then played', async () => {
    const { ari, asked } = await dictated();
    const visit = `bridges/${LEG}~visit`;
    expect(asked()).toEqual([
      'POST bridges',
      `POST ${visit}/addChannel`,
      `POST ${visit}/removeChannel`,
      `DELETE ${visit}`,
      `POST channels/${LEG}/record`,
    ]);
    ari.tell({ type: 'RecordingFinished', recording: { name: 'ringmaster/messages/m' } });
    expect(asked().at(-1)).toBe(`POST channels/${LEG}/play/ringmaster-c1~n.1`);
  });

  test('of which Asterisk records nothing is over at once', async () => {
    const { ari, facts, asked } = await dictated();
    ari.tell({ type: 'RecordingFailed', recording: { name: 'ringmaster/messages/m' } });
    expect(facts).toMatchObject([{ call: { type: 'announcementEnded', announcementId: 'ringmaster-c1~n' } }]);
    expect(asked().at(-1)).toBe(`POST channels/${LEG}/record`);
  });
});

describe('a leg that was dialled', () => {
  const LEG = 'ringmaster-c1~a';
  const VISIT = `bridges/${LEG}~visit`;
  const DIAL: Step = { type: 'dial', legId: LEG, limitMs: 30_000, early: false };
  const MUSIC: Step = { type: 'startMusic', legId: LEG, music: 'm1' };
  const STOP: Step = { type: 'stopMusic', legId: LEG };
  const JOIN: Step = { type: 'join', conversationId: 'ringmaster-c1~b1', legIds: [LEG] };

  async function asked(...steps: readonly Step[]) {
    const ari = new ScriptedAri();
    const asterisk = new Asterisk(ari, 'ringmaster', QUIET_LOG);
    for (const step of steps) expect(await asterisk.perform(step)).toBe('done');
    return ari.requests.map(({ method, uri }) => `${method} ${uri}`);
  }

  test.each([
    ['music', MUSIC, `POST channels/${LEG}/moh`],
    ['the ringing tone', { type: 'ring', legId: LEG } as const, `POST channels/${LEG}/ring`],
  ])(
    'leaves the bridge in which it was dialled before it hears %s, which could not be stopped there',
    async (_what, step, request) => {
      expect(await asked(DIAL, step, STOP, MUSIC)).toEqual([
        `POST channels/${LEG}/dial`,
        'POST bridges',
        `POST ${VISIT}/addChannel`,
        `POST ${VISIT}/removeChannel`,
        `DELETE ${VISIT}`,
        request,
        `DELETE channels/${LEG}/moh`,
        `POST channels/${LEG}/moh`,
      ]);
    },
  );

  test('has left it once it was in a conversation', async () => {
    expect(await asked(DIAL, JOIN, MUSIC)).toEqual([
      `POST channels/${LEG}/dial`,
      'POST bridges/ringmaster-c1~b1/addChannel',
      `POST channels/${LEG}/moh`,
    ]);
  });

  test('is in no conversation meanwhile', () => {
    const ari = new ScriptedAri();
    const facts: PhoneFact[] = [];
    new Asterisk(ari, 'ringmaster', QUIET_LOG).start({ ...DEAF, fact: (fact) => facts.push(fact) });
    const channel = { id: LEG, name: 'PJSIP/101-00000001', state: 'Up' };
    for (const id of [`${LEG}~visit`, 'ringmaster-c1~b1'])
      ari.tell({ type: 'ChannelEnteredBridge', bridge: { id, channels: [LEG] }, channel });
    expect(facts.map(({ media }) => media)).toEqual([
      { type: 'joined', legId: LEG, conversationId: 'ringmaster-c1~b1' },
    ]);
  });
});

describe('the picture of what Asterisk has', () => {
  const channel = (id: string, context: string, app: string) => ({
    id,
    name: 'PJSIP/trunk-00000001',
    state: 'Up',
    caller: { name: '', number: '' },
    dialplan: { context, app_name: app, app_data: app === 'Stasis' ? 'ringmaster,trunk,100' : '' },
  });

  test('knows nothing any more of those whom the dial plan has taken over, whether they called or were dialled', async () => {
    const channels = [
      channel('ringmaster-c1~a', 'ringmaster-trunk', 'Stasis'),
      channel('ringmaster-c2~a', 'ringmaster-fallback', 'Queue'),
      channel('1.1', 'ringmaster-trunk', 'Stasis'),
      channel('1.2', 'ringmaster-fallback', 'Queue'),
    ];
    const ari = new ScriptedAri(() => 200, { channels, bridges: [] });
    const { legs } = await new Asterisk(ari, 'ringmaster', QUIET_LOG).picture();
    expect(legs.map(({ legId }) => legId)).toEqual(['ringmaster-c1~a', '1.1']);
  });

  test('knows a bridge that is only visited as one that is to be closed, and nobody in it', async () => {
    const id = 'ringmaster-c1~a';
    const bridges = [{ id: `${id}~visit`, name: '', channels: [id] }];
    const channels = [channel(id, 'ringmaster-trunk', 'Stasis')];
    const ari = new ScriptedAri(() => 200, { channels, bridges });
    const { legs, conversations } = await new Asterisk(ari, 'ringmaster', QUIET_LOG).picture();
    expect(legs.map(({ actual }) => actual.conversationId)).toEqual([null]);
    expect(conversations.map(({ conversationId }) => conversationId)).toEqual([`${id}~visit`]);
  });
});

describe('a channel that listens who answered', () => {
  const DETECTOR = 'ringmaster-c1~a~amd';
  const channel = (appData: string) => ({
    id: DETECTOR,
    name: 'Snoop/x',
    state: 'Up',
    dialplan: { app_name: 'Stasis', app_data: appData },
  });

  function listening(appData: string) {
    const ari = new ScriptedAri(() => 200, { channels: [channel(appData)], bridges: [] });
    const facts: PhoneFact[] = [];
    const asterisk = new Asterisk(ari, 'ringmaster', QUIET_LOG);
    asterisk.start({ ...DEAF, fact: (fact) => facts.push(fact) });
    const started = (...args: string[]) =>
      ari.tell({ type: 'StasisStart', application: 'ringmaster', args, channel: channel('') });
    const asked = () =>
      ari.requests.filter(({ uri }) => uri.includes(DETECTOR)).map(({ method, uri }) => `${method} ${uri}`);
    return { ari, asterisk, facts, started, asked };
  }

  const CONTINUE = `POST channels/${DETECTOR}/continue`;
  const DISMISS = `DELETE channels/${DETECTOR}`;
  const detected = (by: string) => ({ media: null, call: { type: 'legDetected', legId: 'ringmaster-c1~a', by } });

  test('is sent to the dial plan, brings what was found, and goes', () => {
    const { ari, facts, started, asked } = listening('');
    started('detect');
    expect(asked()).toEqual([CONTINUE]);
    started('amd', 'MACHINE', 'LONGGREETING-1500-1500');
    expect(asked()).toEqual([CONTINUE, DISMISS]);
    ari.tell({ type: 'ChannelDestroyed', channel: channel('') });
    expect(facts).toMatchObject([detected('machine'), detected('unsure')]);
  });

  test('is no leg; what it brought while nobody listened is taken', async () => {
    const { asterisk, facts, asked } = listening('ringmaster,amd,HUMAN,HUMAN-800-800');
    expect((await asterisk.picture()).legs).toEqual([]);
    expect(facts).toMatchObject([detected('human')]);
    expect(asked()).toEqual([DISMISS]);
  });

  test('that was never set to work is dismissed, one that is being set to work is not', async () => {
    const left = listening('ringmaster,detect');
    await left.asterisk.picture();
    expect(left.asked()).toEqual([DISMISS]);
    const fresh = listening('ringmaster,detect');
    fresh.started('detect');
    await fresh.asterisk.picture();
    expect(fresh.asked()).toEqual([CONTINUE]);
  });
});
