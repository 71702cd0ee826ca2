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
