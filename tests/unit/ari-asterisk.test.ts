/** What is asked of Asterisk for a step that takes more than one request. */
import { describe, expect, test } from '@jest/globals';
import { Asterisk } from '../../src/ari/asterisk.js';
import { QUIET_LOG, ScriptedAri } from '../support/scripted-ari.js';

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
