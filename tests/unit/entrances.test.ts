/** Legs that the dial plan offers for a bounded time: they are claimed, and only those that entered are taken for callers. */
import { describe, expect, test } from '@jest/globals';
import { Asterisk } from '../../src/ari/asterisk.js';
import { QUIET_LOG, ScriptedAri } from '../support/scripted-ari.js';

const offered = (id: string) => ({
  id,
  name: `PJSIP/trunk-${id}`,
  state: 'Up',
  caller: { name: '', number: '100' },
  dialplan: { app_name: 'StasisBroadcast', app_data: '1000,^ringmaster$,trunk:+7495' },
});
const CLAIM = { method: 'POST', uri: 'events/claim' };

function asterisk(claimStatus: number, channels: readonly unknown[] = []) {
  const ari = new ScriptedAri((method) => (method === 'GET' ? 200 : claimStatus), { channels, bridges: [] });
  const arrived: string[] = [];
  const made = new Asterisk(ari, 'ringmaster', QUIET_LOG);
  made.start({
    connected: () => {},
    disconnected: () => {},
    replaced: () => {},
    arrived: ({ legId, dialled, entrance, waitingSince }) =>
      arrived.push([entrance, legId, dialled, ...(waitingSince === null ? [] : [waitingSince])].join(' ')),
    fact: () => {},
    transferAsked: () => {},
    keyPressed: () => {},
  });
  return { ari, made, arrived, claims: () => ari.requests.filter(({ uri }) => uri === CLAIM.uri) };
}

describe('a leg that the dial plan offers', () => {
  test('is claimed, and has arrived once it has entered', () => {
    const { ari, arrived, claims } = asterisk(204);
    ari.tell({ type: 'CallBroadcast', application: 'ringmaster', channel: offered('7') });
    expect(claims()).toEqual([{ ...CLAIM, query: { channelId: '7', application: 'ringmaster' } }]);
    expect(arrived).toEqual([]);
    ari.tell({ type: 'StasisStart', application: 'ringmaster', channel: offered('7'), args: ['trunk', '+7495'] });
    expect(arrived).toEqual(['trunk 7 +7495']);
  });

  test.each([
    ['tells since when the caller waits', '1795352517123', 'trunk 7 +7495 1795352517123'],
    ['tells nothing of that', '', 'trunk 7 +7495'],
    ['tells what is no time', '1795352517123;1', 'trunk 7 +7495'],
  ])('which %s', (_what, since, expected) => {
    const { ari, arrived } = asterisk(204);
    const args = ['trunk', '+7495', since];
    ari.tell({ type: 'StasisStart', application: 'ringmaster', channel: offered('7'), args });
    expect(arrived).toEqual([expected]);
  });

  test('to another application is left to it', () => {
    const { ari, claims } = asterisk(204);
    ari.tell({ type: 'CallBroadcast', application: 'other', channel: offered('7') });
    expect(claims()).toEqual([]);
  });
});

describe('a look at Asterisk finds a leg that may be offered or may have entered', () => {
  test.each([
    ['only offered: it is claimed, and will enter', 204, []],
    ['the offer is over', 404, []],
    ['it has entered: before the controller was started', 409, ['7']],
  ])('%s', async (_what, status, legs) => {
    const { made } = asterisk(status, [offered('7')]);
    const picture = await made.picture();
    expect(picture.legs.map(({ legId }) => legId)).toEqual(legs);
    expect(picture.legs.map(({ arrival }) => arrival?.dialled)).toEqual(legs.map(() => '+7495'));
  });

  test('it says since when the caller waits', async () => {
    const app_data = '300,^ringmaster$,trunk:+7495:1795352517123';
    const channel = { ...offered('7'), dialplan: { app_name: 'StasisBroadcast', app_data } };
    const { made } = asterisk(409, [channel]);
    expect((await made.picture()).legs).toMatchObject([{ arrival: { dialled: '+7495', waitingSince: 1795352517123 } }]);
  });

  test('one that was seen to enter is not asked for again', async () => {
    const { ari, made, claims } = asterisk(404, [offered('7')]);
    ari.tell({ type: 'StasisStart', application: 'ringmaster', channel: offered('7'), args: ['trunk', '+7495'] });
    expect((await made.picture()).legs).toHaveLength(1);
    expect(claims()).toEqual([]);
    ari.tell({ type: 'StasisEnd', application: 'ringmaster', channel: offered('7') });
    expect((await made.picture()).legs).toEqual([]);
  });
});
