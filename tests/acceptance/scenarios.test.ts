// Callers in a scenario, on a real Asterisk: what is said to them is said in tones, and they answer with keys.
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parseWav } from '../../lab/tone.js';
import { Heard } from '../../lab/tone-analysis.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { untilMusic, untilTone } from '../support/heard-tones.js';
import { Browser } from '../support/recorded.js';
import { Service } from '../support/service-process.js';
import { expectMusic, expectTalking } from '../support/talking.js';
import { toneWav } from '../support/wav-files.js';

jest.setTimeout(90_000);
const [MENU_HZ, WRONG_HZ, GONE_HZ, VIP_HZ, RATE_HZ, CALLER_HZ] = [550, 750, 850, 1_050, 1_450, 1_850] as const;
const SLOW_MS = 1_800;
/** The caller's number as it is dialled. */
const CALLER_DIALS = '79161234567';
let centre: TestCentre;
let supervisor: Browser;
let crm: Server;
/** What the other system was asked, and how it answers. */
const OTHER = { from: '+79031112233', name: 'Ivan Petrov' };
const asked: string[] = [];
let crmStatus = 200;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102'] });
  supervisor = await Browser.logIn(centre, 'admin', 'administrator');
  crm = createServer((request, response) => {
    asked.push(request.url ?? '');
    setTimeout(() => response.writeHead(crmStatus).end('{"client":{"kind":"vip"}}'), SLOW_MS);
  });
  await new Promise<void>((resolve) => crm.listen(0, '127.0.0.1', resolve));
  await publishMain();
  expect((await supervisor.json('PUT', `/scenarios/main/numbers/${encodeURIComponent(DID)}`, {})).status).toBe(200);
});
afterEach(() => centre.reset());
afterAll(async () => {
  await centre.stop();
  crm.close();
});

/** A prompt that is a tone, and nothing else. */
async function tone(hz: number, seconds: number): Promise<{ readonly message: string }> {
  const wav = new Uint8Array(toneWav({ rate: 8_000, seconds, channels: [hz] }));
  const response = await supervisor.request('POST', `/messages?name=tone${hz}&shared=true`, wav, 'audio/wav');
  expect(response.status).toBe(201);
  return { message: ((await response.json()) as { id: string }).id };
}

async function publishMain(): Promise<void> {
  const menu = await tone(MENU_HZ, 2);
  const wrong = await tone(WRONG_HZ, 1);
  const gone = await tone(GONE_HZ, 2);
  const vip = await tone(VIP_HZ, 2);
  const rate = await tone(RATE_HZ, 2);
  const { port } = crm.address() as AddressInfo;
  const always = [{ days: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], from: '00:00', to: '24:00' }];
  const choices = { 1: 'sales', 2: 'crm', 3: 'hours', 4: 'mailbox', 5: 'anna' };
  const steps = {
    hello: { type: 'answer', next: 'menu' },
    menu: {
      ...{ type: 'menu', prompt: menu, invalidPrompt: wrong, timeoutMs: 1_500, repeats: 1 },
      ...{ choices, noInput: 'gone', invalid: 'end' },
    },
    sales: { type: 'queue', queueId: 'sales', maxWaitMs: 60_000, keys: { 7: 'promise' }, next: 'gone', after: 'rate' },
    promise: { type: 'callback', queueId: 'sales', number: CALLER_DIALS, next: 'vip', failed: 'gone' },
    rate: { type: 'rate', prompt: rate, timeoutMs: 3_000, next: 'end' },
    crm: {
      ...{ type: 'http', url: `http://127.0.0.1:${port}/clients?number={caller.number}`, timeoutMs: 5_000 },
      ...{ answer: { kind: 'client.kind' }, next: 'kind', failed: 'gone' },
    },
    kind: { type: 'if', variable: 'kind', comparison: 'equals', value: 'vip', next: 'mark', otherwise: 'end' },
    mark: { type: 'tag', tag: 'client {kind}', next: 'vip' },
    vip: { type: 'play', prompt: vip, next: 'end' },
    hours: { type: 'time', zone: 'Europe/Moscow', hours: always, next: 'days', otherwise: 'end' },
    days: { type: 'time', hours: always, calendar: 'everyDay', next: 'end', otherwise: 'vip' },
    mailbox: { type: 'voicemail', greeting: rate, maxMs: 20_000, to: { queueId: 'sales' }, next: 'end' },
    anna: { type: 'agent', agentId: 'a102', ringMs: 1_500, next: 'gone' },
    gone: { type: 'play', prompt: gone, next: 'end' },
    end: { type: 'hangUp' },
  };
  const everyDay = Array.from({ length: 12 }, (_, month) =>
    Array.from({ length: 28 }, (_, day) => `${two(month + 1)}-${two(day + 1)}`),
  ).flat();
  const calendars = { everyDay: [...everyDay, ...['29', '30', '31'].flatMap((day) => lastDays(day))] };
  const scenario = { name: 'Main', start: 'hello', calendars, steps };
  const saved = await supervisor.json<{ faults: unknown }>('PUT', '/scenarios/main', { scenario });
  expect(saved).toMatchObject({ status: 200, body: { faults: [] } });
  const published = await supervisor.json('POST', '/scenarios/main/publish', {});
  expect(published).toMatchObject({ status: 200, body: { version: 1 } });
}

const two = (number: number) => String(number).padStart(2, '0');
/** Days after the 28th of the months that have them. */
const lastDays = (day: string) =>
  Array.from({ length: 12 }, (_, month) => month + 1)
    .filter((month) => (month === 2 ? day === '29' : day !== '31' || ![4, 6, 9, 11].includes(month)))
    .map((month) => `${two(month)}-${day}`);

/** A customer who hears the menu. */
async function atMenu(who = CUSTOMER) {
  const customer = await centre.lab.bank.trunk.call(DID, who);
  await customer.untilAnswered();
  await untilTone(customer, MENU_HZ);
  return customer;
}

/** The service may have been started anew since. */
const supervisorNow = () => Browser.logIn(centre, 'admin', 'administrator');
const callId = () => centre.calls()[0]?.id ?? '';

test('a key leads to the queue, an agent talks with the caller, and then the caller gives a mark', async () => {
  await centre.ready('101');
  const customer = await atMenu();
  const id = callId();
  await customer.dtmf('1');
  const agent = await centre.rung('101', 'the queue rings');
  expect(agent.callerNumber).toBe(CUSTOMER.from);
  await agent.answer();
  await expectTalking(customer, agent);
  await agent.hangup();
  await untilTone(customer, RATE_HZ);
  await customer.dtmf('5');
  await customer.untilEnded();
  await centre.untilClean();
  expect(centre.events('call.rated')).toMatchObject([{ score: 5, queueId: 'sales', agentId: 'a101' }]);
  expect(await centre.record(id)).toMatchObject({ outcome: 'answered', queueId: 'sales', agentId: 'a101', rating: 5 });
});

test('the example of the guide may be published in a centre with its tag, on a PBX with nothing but the shipped sounds', async () => {
  const guide = readFileSync(resolve(import.meta.dirname, '../../docs/scenarios.md'), 'utf8');
  const scenario: unknown = JSON.parse(/```json\n([\s\S]*?)```/.exec(guide)?.[1] ?? '');
  const browser = await Browser.logIn(centre, 'admin', 'administrator');
  const important = { id: 'important', name: 'important', colour: '#e03131', enabled: true };
  expect(await browser.json('PUT', '/tags/important', important)).toMatchObject({ status: 200 });
  expect((await browser.json('POST', '/scenarios/validate', { scenario })).body).toEqual({ faults: [] });
  const steps = { end: { type: 'play', prompt: 'no-such-sound', next: 'bye' }, bye: { type: 'hangUp' } };
  const silent = { name: 'Silent', start: 'end', steps };
  expect(await browser.json('POST', '/scenarios/validate', { scenario: silent })).toMatchObject({
    body: { faults: [{ code: 'unknownSound', path: 'steps.end.prompt.0' }] },
  });
});

test('an agent sends the customer there, and is free at once', async () => {
  await centre.ready('101');
  const customer = await atMenu();
  await customer.dtmf('1');
  const agent = await centre.rung('101', 'the queue rings');
  await agent.answer();
  await expectTalking(customer, agent);
  await centre.accepted(centre.centre.calls.transfer('a101', callId(), null, { scenarioId: 'main' }));
  await agent.untilEnded();
  await untilTone(customer, MENU_HZ);
  await customer.dtmf('3');
  await untilTone(customer, VIP_HZ);
});

test('a key in the queue: the caller is called back in turn, before a caller who joined later and waits on the line', async () => {
  const customer = await atMenu();
  await customer.dtmf('1');
  await centre.until('the caller waits', () => centre.queueView()?.waiting === 1);
  const other = await atMenu(OTHER);
  await other.dtmf('1');
  await centre.until('and another one behind', () => centre.queueView()?.waiting === 2);
  await customer.dtmf('7');
  await untilTone(customer, VIP_HZ);
  await customer.untilEnded(10_000);
  const [promised] = (await supervisorNow().then((by) => by.json<readonly { id: string }[]>('GET', '/callbacks'))).body;
  expect(promised).toMatchObject({ number: CALLER_DIALS, queueId: 'sales', priority: 'medium', state: 'scheduled' });
  await (await supervisorNow()).json('POST', `/callbacks/${encodeURIComponent(promised?.id ?? '')}/now`, {});
  await expectMusic(other);
  await centre.ready('101');
  const again = await centre.lab.bank.trunk.nextCall({ timeoutMs: 20_000 });
  expect(centre.activity('101')).toBe('idle');
  await again.answer();
  const agent = await centre.rung('101', 'the queue rings for the one called back');
  expect(agent.callerNumber).toBe(CALLER_DIALS);
  await agent.answer();
  await expectTalking(again, agent);
  await again.hangup();
  await agent.untilEnded();
  const next = await centre.rung('101', 'then for the one who waited');
  expect(next.callerNumber).toBe(OTHER.from);
  await next.answer();
  await expectTalking(other, next);
});

describe('at the menu', () => {
  test('wrong keys are told, the menu is said again, and then the caller is let go', async () => {
    const customer = await atMenu();
    await customer.dtmf('9');
    await untilTone(customer, WRONG_HZ);
    await untilTone(customer, MENU_HZ);
    await customer.dtmf('8');
    await customer.untilEnded();
    await centre.untilClean();
  });

  test('no key: the menu is said again, then what is said to those who press none', async () => {
    const customer = await atMenu();
    const listening = await customer.listen();
    await customer.untilEnded(20_000);
    const heard = await listening.stop();
    expect(heard.spans(GONE_HZ).length).toBeGreaterThan(0);
    // The end of the first, and the second; no third.
    const menuMs = heard.spans(MENU_HZ).reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs, 0);
    expect(menuMs).toBeGreaterThan(2_000);
    expect(menuMs).toBeLessThan(4_200);
    await centre.untilClean();
  });

  test('the caller hangs up', async () => {
    const customer = await atMenu();
    const id = callId();
    await customer.hangup();
    await centre.untilClean();
    expect((await centre.record(id))?.outcome).toBe('scenario');
  });

  test('the controller is started anew: the menu is said again, and the key counts', async () => {
    await centre.ready('101');
    const customer = await atMenu();
    await centre.restart();
    await untilTone(customer, MENU_HZ);
    await customer.dtmf('1');
    const agent = await centre.rung('101', 'the queue rings');
    await agent.answer();
    await expectTalking(customer, agent);
  });
});

test('the controller is killed while the caller chooses: the next one says the menu again, and the key counts', async () => {
  await centre.ready('101');
  await centre.restartAround(async () => {
    const first = new Service(centre.environment);
    const running = [first];
    try {
      await first.ready();
      const customer = await atMenu();
      first.kill('SIGKILL');
      await first.ended;
      const second = new Service(centre.environment);
      running.push(second);
      await second.ready();
      await untilTone(customer, MENU_HZ);
      await customer.dtmf('1');
      const agent = await centre.lab.bank.phone('101').nextCall({ timeoutMs: 10_000 });
      await agent.answer();
      await expectTalking(customer, agent);
      await customer.hangup();
      await agent.untilEnded();
    } finally {
      for (const service of running) service.kill('SIGTERM');
      await Promise.all(running.map(({ ended }) => ended));
    }
  });
});

describe('another system is asked', () => {
  test('music while it thinks; its answer decides', async () => {
    asked.length = 0;
    const customer = await atMenu();
    const id = callId();
    await customer.dtmf('2');
    await untilMusic(customer);
    await untilTone(customer, VIP_HZ);
    expect(asked).toEqual([`/clients?number=${encodeURIComponent(CUSTOMER.from)}`]);
    expect(centre.centre.views.call(id)?.tags).toEqual(['client vip']);
  });

  test('it answers with an error: the other way', async () => {
    crmStatus = 500;
    const customer = await atMenu();
    await customer.dtmf('2');
    await untilTone(customer, GONE_HZ);
    crmStatus = 200;
  });
});

test('hours and holidays decide', async () => {
  const customer = await atMenu();
  await customer.dtmf('3');
  await untilTone(customer, VIP_HZ);
});

test('an agent who does not answer: the next step', async () => {
  await centre.ready('102');
  const customer = await atMenu();
  await customer.dtmf('5');
  await centre.rung('102', 'the agent is rung');
  await untilTone(customer, GONE_HZ);
});

test('what a caller leaves can be listened to', async () => {
  const customer = await atMenu();
  await customer.dtmf('4');
  await untilTone(customer, RATE_HZ);
  await customer.playTone(CALLER_HZ);
  const file = /ringmaster\/voicemail\//;
  await centre.until('it is recorded', () =>
    centre
      .events('announcement.started')
      .some(({ items }) => items.some((item) => 'name' in item && file.test(item.name))),
  );
  await customer.hears(4_500);
  await customer.hangup();
  await centre.untilClean();
  const agent = await Browser.ofAgent(centre, '101');
  const [left] = await listed(agent);
  expect(left).toMatchObject({ queueId: 'sales', agentId: null, fromNumber: CUSTOMER.from, heardAt: null });
  const sound = await agent.request('GET', `/voicemail/${left?.id}/audio`);
  expect(sound.status).toBe(200);
  expect(new Heard(parseWav(Buffer.from(await sound.arrayBuffer()))).hears(CALLER_HZ)).toBe(true);
  await agent.json('PUT', `/voicemail/${left?.id}`, { heard: true });
  expect((await agent.json('GET', '/voicemail?onlyNew=true')).body).toEqual([]);
  expect((await agent.json('DELETE', `/voicemail/${left?.id}`)).status).toBe(200);
  expect(await listed(agent, 0)).toEqual([]);
});

/** Once there are so many. */
async function listed(by: Browser, count = 1): Promise<readonly { readonly id: string }[]> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const { body } = await by.json<readonly { readonly id: string }[]>('GET', '/voicemail');
    if (body.length === count || Date.now() > deadline) return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
