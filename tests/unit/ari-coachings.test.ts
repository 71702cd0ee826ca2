/** A trainer's place in Asterisk: the snoop is awaited, and nothing is left of what was not wanted any more. */
import { describe, expect, test } from '@jest/globals';
import type { PhoneFact } from '../../src/app/phone-system.js';
import { Asterisk } from '../../src/ari/asterisk.js';
import type { Step } from '../../src/core/call/plan.js';
import { DEAF, QUIET_LOG, ScriptedAri } from '../support/scripted-ari.js';

const PLACE = 'ringmaster-c1~b1~k~t.a';
const TRAINER = 'ringmaster-c1~t';
const COACH: Step = {
  type: 'coach',
  conversationId: PLACE,
  callId: 'ringmaster-c1',
  legId: TRAINER,
  agentLegId: 'ringmaster-c1~a',
};

/** What follows by itself has followed. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

async function started(statusOf?: (method: string, uri: string) => number) {
  const ari = new ScriptedAri(statusOf);
  const facts: PhoneFact[] = [];
  const asterisk = new Asterisk(ari, 'ringmaster', QUIET_LOG);
  asterisk.start({ ...DEAF, fact: (fact) => facts.push(fact) });
  const performing = asterisk.perform(COACH);
  await settled();
  const asked = () => ari.requests.map(({ method, uri }) => `${method} ${uri}`);
  const snoopId = String(ari.requests.find(({ uri }) => uri.endsWith('/snoop'))?.query.snoopId);
  const tell = (type: string) =>
    ari.tell({ type, application: 'ringmaster', channel: { id: snoopId }, args: ['coach'] });
  return { ari, facts, asterisk, performing, asked, snoopId, tell };
}

describe('a trainer', () => {
  test('is put into a bridge with a snoop of the agent once that is there', async () => {
    const { ari, asked, performing, snoopId, tell, facts } = await started();
    expect(asked()).toEqual(['POST bridges', 'POST channels/ringmaster-c1~a/snoop']);
    expect(ari.requests[1]?.query).toMatchObject({ spy: 'both', whisper: 'out' });
    tell('StasisStart');
    expect(await performing).toBe('done');
    expect(asked().at(-1)).toBe(`POST bridges/${PLACE}/addChannel`);
    expect(ari.requests.at(-1)?.query.channel).toBe(`${snoopId},${TRAINER}`);
    expect(facts).toEqual([]);
  });

  test('whose place is closed while the snoop is awaited is not moved there, and the snoop goes', async () => {
    const { asked, asterisk, performing, snoopId, tell } = await started();
    const closed = asterisk.perform({ type: 'close', conversationId: PLACE });
    tell('StasisStart');
    expect([await performing, await closed]).toEqual(['done', 'done']);
    expect(asked().filter((each) => each.includes('addChannel'))).toEqual([]);
    expect(asked()).toContain(`DELETE channels/${snoopId}`);
    expect(asked()).toContain(`DELETE bridges/${PLACE}`);
  });

  test('is tried again where there is no agent to listen to, or the snoop goes before it has begun', async () => {
    expect(await (await started((_method, uri) => (uri.endsWith('/snoop') ? 404 : 204))).performing).toBe('failed');
    const { performing, tell } = await started();
    tell('ChannelDestroyed');
    expect(await performing).toBe('failed');
  });

  test('whose snoop has gone hears nobody: that is told', async () => {
    const { performing, tell, facts } = await started();
    tell('StasisStart');
    await performing;
    tell('ChannelDestroyed');
    expect(facts).toEqual([
      { callId: 'ringmaster-c1', media: { type: 'parted', legId: TRAINER, conversationId: PLACE }, call: null },
    ]);
  });
});

test('a trainer whose agent is in another conversation: the new snoop is made when the former has gone', async () => {
  const { ari, asked, asterisk, performing, snoopId, tell } = await started();
  tell('StasisStart');
  await performing;
  const next = 'ringmaster-c1~b2~k~t.a';
  const moving = asterisk.perform({ ...COACH, conversationId: next });
  await settled();
  expect(asked().slice(-2)).toEqual([`DELETE channels/${snoopId}`, 'POST bridges']);
  tell('ChannelDestroyed');
  await settled();
  expect(asked().at(-1)).toBe('POST channels/ringmaster-c1~a/snoop');
  const id = String(ari.requests.at(-1)?.query.snoopId);
  ari.tell({ type: 'StasisStart', application: 'ringmaster', channel: { id }, args: ['coach'] });
  expect(await moving).toBe('done');
  expect(asked().at(-1)).toBe(`POST bridges/${next}/addChannel`);
});

describe('after a restart', () => {
  const channel = (id: string, state = 'Up') => ({ id, name: 'x', state, caller: {}, dialplan: {} });
  const bridge = (id: string, ...channels: string[]) => ({ id, bridge_type: 'mixing', channels });
  const seen = async (bridges: readonly object[], snoops: readonly string[]) => {
    const channels = [TRAINER, 'ringmaster-c1~a', ...snoops].map((id) => channel(id));
    const ari = new ScriptedAri(() => 200, { channels, bridges });
    const asterisk = new Asterisk(ari, 'ringmaster', QUIET_LOG);
    asterisk.start(DEAF);
    const { legs, conversations } = await asterisk.picture();
    const places = Object.fromEntries(legs.map(({ legId, actual }) => [legId, actual.conversationId]));
    const deleted = ari.requests.filter(({ method }) => method === 'DELETE').map(({ uri }) => uri);
    return { places, modes: conversations.map(({ mode }) => mode), deleted, asterisk, ari };
  };

  test('a trainer with a snoop is where it was, and no leg is taken for one; closed, the snoop goes too', async () => {
    const { places, modes, deleted, asterisk, ari } = await seen(
      [bridge(PLACE, TRAINER, `${PLACE}~1`)],
      [`${PLACE}~1`],
    );
    expect({ places, modes, deleted }).toEqual({
      places: { [TRAINER]: PLACE, 'ringmaster-c1~a': null },
      modes: ['coaching'],
      deleted: [],
    });
    await asterisk.perform({ type: 'close', conversationId: PLACE });
    expect(ari.requests.map(({ method, uri }) => `${method} ${uri}`)).toContain(`DELETE channels/${PLACE}~1`);
  });

  test('a place without its snoop counts for nothing, and a snoop without a place is cleared away', async () => {
    const { places, deleted } = await seen([bridge(PLACE, TRAINER)], [`${PLACE}~1`]);
    expect({ places, deleted }).toEqual({
      places: { [TRAINER]: null, 'ringmaster-c1~a': null },
      deleted: [`channels/${PLACE}~1`],
    });
  });
});
