// Who answers an outgoing call: a person says a word and waits, a machine goes on and on. The conversation waits for neither.
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { ariHttp } from '../../lab/ari.js';
import type { IncomingCall } from '../../lab/incoming-call.js';
import { TestCentre } from '../support/centre.js';
import { connect } from '../support/realtime-client.js';
import { Browser } from '../support/recorded.js';

jest.setTimeout(60_000);
const VOICE_HZ = 650;
const OUTSIDE = '79035550000';
let centre: TestCentre;

const detection = (detectMachines: boolean) =>
  centre.configure(async (store) => {
    const { outgoingRules } = await store.load();
    for (const rule of outgoingRules) await store.saveOutgoingRule({ ...rule, detectMachines });
  });

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101'] });
});
beforeEach(() => detection(true));
afterEach(() => centre.reset());
afterAll(() => centre.stop());

/** The agent calls out; the party answers and is heard by the agent from then on. */
async function answered(speaks = true): Promise<{
  readonly id: string;
  readonly agent: IncomingCall;
  readonly party: IncomingCall;
}> {
  await centre.ready('101');
  const { id } = await centre.accepted(centre.centre.calls.dial('a101', { number: OUTSIDE }));
  const agent = await centre.rung('101', 'the own phone rings');
  await agent.answer();
  const party = await centre.lab.bank.trunk.nextCall();
  await party.answer();
  if (speaks) await party.playTone(VOICE_HZ);
  return { id, agent, party };
}

const answeredBy = (id: string) =>
  centre.centre.views.call(id)?.legs.find(({ role }) => role === 'target')?.answeredBy ?? null;
const found = (id: string) => centre.until('it is found out', () => answeredBy(id));

async function detectors(): Promise<number> {
  const { body } = await ariHttp(centre.lab.pbx, 'GET', 'channels');
  return (body as readonly { id: string }[]).filter(({ id }) => id.endsWith('~amd')).length;
}

async function expectTimeline(id: string, by: string): Promise<void> {
  const admin = await Browser.logIn(centre, 'admin', 'administrator');
  const { body } = await admin.json<{ readonly timeline: readonly object[] }>(
    'GET',
    `/history/calls/${encodeURIComponent(id)}`,
  );
  expect(body.timeline).toContainEqual(expect.objectContaining({ what: 'detected', detail: by }));
}

describe('a rule that asks who answers', () => {
  test('a word and then silence: a person; the two talk from the first moment', async () => {
    const { id, agent, party } = await answered();
    expect((await agent.hears(300)).hears(VOICE_HZ)).toBe(true);
    await party.stopTone();
    expect(await found(id)).toBe('human');
    await centre.until('nobody listens any more', () => centre.events('leg.detected').length === 1);
    await party.playTone(VOICE_HZ);
    expect((await agent.hears(500)).hears(VOICE_HZ)).toBe(true);
    expect(await detectors()).toBe(0);
    await party.hangup();
    await centre.untilClean();
    await expectTimeline(id, 'human');
  });

  test('on and on: a machine; the agent, who is told, heard all of it, and nothing is left', async () => {
    const desktop = await connect(centre.service.url, (await Browser.ofAgent(centre, '101')).token);
    const { id, agent, party } = await answered();
    await centre.until('they talk', () => centre.centre.views.call(id)?.phase === 'talking');
    const listening = await agent.listen();
    expect(await found(id)).toBe('machine');
    await desktop.until('the agent is told', () =>
      desktop.changes.some(
        (change) =>
          change.topic === 'call' && change.view?.legs.some(({ answeredBy: by }) => by === 'machine') === true,
      ),
    );
    desktop.close();
    const heard = await listening.stop();
    expect(heard.longestGapMs(VOICE_HZ)).toBeLessThan(100);
    expect(heard.otherSound).toBe(false);
    await party.hangup();
    await centre.untilClean();
    await expectTimeline(id, 'machine');
  });

  test('hung up before it is known: nothing is left', async () => {
    const { party } = await answered();
    await party.hangup();
    await centre.untilClean();
  });

  test('the controller is away when it becomes known: unsure, and nobody listens once more', async () => {
    // Silence is listened to for longest: the controller has gone by then.
    const { id, agent, party } = await answered(false);
    await centre.until('they talk', () => centre.centre.views.call(id)?.phase === 'talking');
    await centre.restartAround(() => pause(3_000));
    expect(await found(id)).toBe('unsure');
    await party.playTone(VOICE_HZ);
    expect((await agent.hears(500)).hears(VOICE_HZ)).toBe(true);
  });
});

test('a rule that does not ask: nobody listens', async () => {
  await detection(false);
  const { id, agent } = await answered();
  await centre.until('they talk', () => centre.centre.views.call(id)?.phase === 'talking');
  expect((await agent.hears(500)).hears(VOICE_HZ)).toBe(true);
  expect([answeredBy(id), await detectors()]).toEqual([null, 0]);
});
