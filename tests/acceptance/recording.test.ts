// Recording of real conversations: what makes it begin and end, and who is in each file, proved by the tones in what is downloaded.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Call } from '../../lab/call.js';
import type { IncomingCall } from '../../lab/incoming-call.js';
import type { RecordingNotice } from '../../src/app/directory.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { account, QUEUE } from '../support/configuration.js';
import { Ears } from '../support/ears.js';
import { Browser, partiesOf } from '../support/recorded.js';

jest.setTimeout(60_000);
let centre: TestCentre;
let ears: Ears;
let supervisor: Browser;

const PHONES = ['101', '102'];
const ROUTE = { number: DID, to: { kind: 'queue', queueId: QUEUE.id }, priority: 0 } as const;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: PHONES });
  supervisor = await Browser.logIn(centre, 'admin', 'administrator');
});
beforeEach(() => {
  ears = new Ears();
});
afterEach(async () => {
  await centre.reset();
  await centre.configure(async (store) => {
    for (const number of PHONES) await store.saveAgent(account(number));
    await store.saveRoute({ ...ROUTE, record: false });
    const { centre: settings, outgoingRules } = await store.load();
    for (const rule of outgoingRules) await store.saveOutgoingRule({ ...rule, record: false });
    await store.saveCentre({ ...settings, recordingNotice: 'none' });
  });
});
afterAll(() => centre.stop());

const calls = () => centre.centre.calls;
const to = (number: string) => ({ number });
const heard = async (recordingId: string) => ears.whoIn(await supervisor.sound(recordingId));

const SECRET_HZ = 1_850;
const AFTERWARDS_HZ = 2_050;
/** A pause lasts at least as long as it takes to hear what is said in it. */
const PAUSED_MS = 600;

/** The one speaks in another voice, and the other hears it. */
async function says(one: Call, other: Call, hz: number): Promise<void> {
  await one.playTone(hz);
  expect((await other.hears(700)).hears(hz)).toBe(true);
}

async function talking(): Promise<{ readonly customer: Call; readonly agent: IncomingCall; readonly id: string }> {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const agent = await centre.rung('101', 'the queue rings');
  await agent.answer();
  const { id } = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  await ears.add('customer', customer);
  await ears.add('agent', agent);
  await ears.expect({ customer: 'agent', agent: 'customer' });
  return { customer, agent, id };
}

const recorded = (id: string, state: 'no' | 'yes' | 'paused') =>
  centre.until(`recording: ${state}`, () =>
    centre.centre.views.call(id)?.lines.some((line) => line.recording === state),
  );

async function expectOne(id: string, parties: readonly string[], who: string): Promise<void> {
  const [segment] = await supervisor.segments(id, 1);
  expect(segment).toMatchObject({ outcome: 'kept', callId: id });
  expect(segment === undefined ? [] : partiesOf(segment)).toEqual(parties);
  const sound = await supervisor.sound(segment?.id ?? '');
  expect(ears.whoIn(sound)).toBe(who);
  expect(Math.abs(sound.durationMs - (segment?.durationMs ?? 0))).toBeLessThan(1_000);
}

describe('by rule', () => {
  test.each<[string, () => Promise<unknown>]>([
    ['the queue', () => centre.queue({ record: true })],
    ['the agent', () => centre.saveAgent('101', { record: true })],
    ['the number called', () => centre.configure((store) => store.saveRoute({ ...ROUTE, record: true }))],
  ])('%s is recorded: both are in the file, from the first word to the end', async (_what, configure) => {
    await configure();
    const { customer, id } = await talking();
    await customer.hangup();
    await expectOne(id, [CUSTOMER.from, 'a101'], 'agent customer');
  });

  test('the rule for numbers outside is recorded', async () => {
    await centre.configure(async (store) => {
      const { outgoingRules } = await store.load();
      for (const rule of outgoingRules) await store.saveOutgoingRule({ ...rule, record: true });
    });
    await centre.ready('101');
    const { id } = await centre.accepted(calls().dial('a101', to('79035550000')));
    const agent = await centre.rung('101', 'the own phone rings');
    await agent.answer();
    const customer = await centre.lab.bank.trunk.nextCall();
    await customer.answer();
    await ears.add('customer', customer);
    await ears.add('agent', agent);
    await ears.expect({ customer: 'agent', agent: 'customer' });
    await customer.hangup();
    await expectOne(id, ['79035550000', 'a101'], 'agent customer');
  });

  test('nothing is recorded where nothing says so', async () => {
    const { customer, id } = await talking();
    await customer.hangup();
    await centre.untilClean();
    expect(await supervisor.recordings(`callId=${encodeURIComponent(id)}`)).toEqual([]);
  });
});

describe('by command', () => {
  test('refused to those who may not; started, paused, resumed and stopped by those who may: what was said meanwhile is not in it', async () => {
    const { customer, agent, id } = await talking();
    expect(await calls().record('a101', id, null, 'start')).toMatchObject({ refused: 'recordingNotAllowed' });
    await centre.saveAgent('101', { mayRecord: true });
    await centre.accepted(calls().record('a101', id, null, 'start'));
    await recorded(id, 'yes');
    await ears.expect({ customer: 'agent', agent: 'customer' });
    await centre.accepted(calls().record('a101', id, null, 'pause'));
    await recorded(id, 'paused');
    await says(customer, agent, SECRET_HZ);
    await customer.playTone(ears.toneOf('customer'));
    await ears.expect({ agent: 'customer' });
    await centre.accepted(calls().record('a101', id, null, 'resume'));
    await ears.expect({ agent: 'customer', customer: 'agent' });
    await centre.accepted(calls().record('a101', id, null, 'stop'));
    await recorded(id, 'no');
    const stoppedAt = Date.now();
    await says(customer, agent, AFTERWARDS_HZ);
    const [segment] = await supervisor.segments(id, 1);
    expect(centre.centre.views.call(id)?.phase).toBe('talking');
    const sound = await supervisor.sound(segment?.id ?? '');
    expect(ears.whoIn(sound)).toBe('agent customer');
    expect([sound.hears(SECRET_HZ), sound.hears(AFTERWARDS_HZ)]).toEqual([false, false]);
    // What was said in the pause is not there as silence either.
    expect(sound.durationMs).toBeLessThan(stoppedAt - (segment?.startedAt ?? 0) - PAUSED_MS);
    expect(sound.gapMs(ears.toneOf('agent'))).toBeLessThan(100);
  });

  test('a line on which it was stopped is not begun again by a rule, a further conversation of the agent is', async () => {
    await centre.saveAgent('101', { record: true, mayRecord: true });
    const { id } = await talking();
    await centre.accepted(calls().record('a101', id, null, 'stop'));
    await centre.accepted(calls().hold('a101', id, null));
    await centre.accepted(calls().resume('a101', id, null));
    await ears.expect({ customer: 'agent', agent: 'customer' });
    await centre.accepted(calls().consult('a101', id, to('102')));
    const target = await centre.rung('102', 'the consult rings');
    await target.answer();
    await ears.add('target', target);
    await ears.expect({ target: 'agent', agent: 'target', customer: 'music' });
    await target.hangup();
    const [, second] = await supervisor.segments(id, 2);
    expect(await heard(second?.id ?? '')).toBe('agent target');
  });
});

describe('each conversation has a file of its own', () => {
  test('before a consult, the consult, and after its completion: with who took part then', async () => {
    await centre.saveAgent('101', { record: true });
    const { customer, agent, id } = await talking();
    await centre.accepted(calls().consult('a101', id, to('102')));
    const target = await centre.rung('102', 'the consult rings');
    await target.answer();
    await ears.add('target', target);
    await ears.expect({ agent: 'target', target: 'agent', customer: 'music' });
    await centre.accepted(calls().complete('a101', id, null, { callId: null, lineId: null }));
    await agent.untilEnded();
    await ears.expect({ customer: 'target', target: 'customer' });
    await customer.hangup();
    const segments = await supervisor.segments(id, 3);
    expect(segments.map(partiesOf)).toEqual([
      [CUSTOMER.from, 'a101'],
      ['a101', 'a102'],
      [CUSTOMER.from, 'a102'],
    ]);
    expect(await Promise.all(segments.map((segment) => heard(segment.id)))).toEqual([
      'agent customer',
      'agent target',
      'customer target',
    ]);
  });

  test('hold cuts it: the music is in neither', async () => {
    await centre.queue({ record: true });
    const { customer, id } = await talking();
    await centre.accepted(calls().hold('a101', id, null));
    await ears.expect({ customer: 'music', agent: '' });
    await centre.accepted(calls().resume('a101', id, null));
    await ears.expect({ customer: 'agent', agent: 'customer' });
    await customer.hangup();
    const segments = await supervisor.segments(id, 2);
    for (const segment of segments) {
      const sound = await supervisor.sound(segment.id);
      expect(ears.whoIn(sound)).toBe('agent customer');
      expect(sound.otherMs).toBeLessThan(100);
    }
  });

  test('a conference is one, with everybody in it', async () => {
    await centre.queue({ record: true });
    const { customer, id } = await talking();
    await centre.accepted(calls().consult('a101', id, to('102')));
    const target = await centre.rung('102', 'the consult rings');
    await target.answer();
    await ears.add('target', target);
    await ears.expect({ agent: 'target' });
    await centre.accepted(calls().conference('a101', id, null));
    await ears.expect({ customer: 'agent target', agent: 'customer target', target: 'agent customer' });
    await customer.hangup();
    await centre.accepted(calls().end(id));
    const segments = await supervisor.segments(id, 3);
    expect(segments.slice(2).flatMap(partiesOf)).toEqual([CUSTOMER.from, 'a101', 'a102']);
    expect(await heard(segments[2]?.id ?? '')).toBe('agent customer target');
  });
});

describe('notices', () => {
  test.each<RecordingNotice>(['beep', 'announcement'])(
    '%s: both hear that the recording has begun',
    async (recordingNotice) => {
      await centre.configure(async (store) => {
        const { centre: settings } = await store.load();
        await store.saveCentre({ ...settings, recordingNotice });
      });
      await centre.saveAgent('101', { mayRecord: true });
      const { customer, agent, id } = await talking();
      const ways = await Promise.all([customer.listen(), agent.listen()]);
      await centre.accepted(calls().record('a101', id, null, 'start'));
      await ears.expect({ customer: 'agent', agent: 'customer' });
      for (const way of ways) expect((await way.stop()).otherSound).toBe(true);
    },
  );
});

describe('the list', () => {
  test('is found by agent, number, queue and time; another agent finds and hears nothing', async () => {
    await centre.queue({ record: true });
    const since = Date.now();
    const { customer, id } = await talking();
    await customer.hangup();
    const [segment] = await supervisor.segments(id, 1);
    const own = await Browser.ofAgent(centre, '101');
    const other = await Browser.ofAgent(centre, '102');
    const number = encodeURIComponent(CUSTOMER.from);
    const found = async (who: Browser, query: string) => (await who.recordings(query)).map((each) => each.id);
    for (const query of ['', '&agentId=a101', `&number=${number}`, '&number=%2B7916*', '&queueId=sales'])
      expect(await found(supervisor, `since=${since}${query}`)).toEqual([segment?.id]);
    for (const query of ['&agentId=a102', '&number=%2B7917*', '&queueId=other', `&until=${since}`])
      expect(await found(supervisor, `since=${since}${query}`)).toEqual([]);
    expect(await found(own, `since=${since}`)).toEqual([segment?.id]);
    expect(await found(other, `since=${since}`)).toEqual([]);
    const path = `/recordings/${encodeURIComponent(segment?.id ?? '')}`;
    expect((await own.request('GET', `${path}/audio`)).status).toBe(200);
    for (const each of [path, `${path}/audio`]) expect((await other.json('GET', each)).status).toBe(404);
    expect((await fetch(`${centre.service.url}/api/v1${path}/audio`)).status).toBe(401);
  });
});
