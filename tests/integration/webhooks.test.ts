/** Webhooks from the journal to a real HTTP server that takes, fails, is slow, and is gone; on real databases. */
import { createHmac } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Database, openDatabase } from '../../src/db/database.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';
import { agentEntry, callEntry, connected, ended, queued, rung, started, tagged } from '../support/journal-entries.js';
import { type Asked, answer, hangUp, silence, WebServer } from '../support/web-server.js';
import { WebhookStory } from '../support/webhook-story.js';

jest.setTimeout(60_000);
const DEED = { by: 'admin', at: 1 };
const AT = Date.UTC(2026, 10, 22, 12);

interface Told {
  readonly id: string;
  readonly type: string;
  readonly sequence: number;
  readonly time: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly data: Record<string, unknown>;
}
const told = ({ body }: Asked): Told => JSON.parse(body) as Told;
const inShort = (asked: readonly Asked[]) =>
  asked.map(told).map(({ subject, sequence }) => `${subject.id} ${sequence}`);

describe.each(databaseKinds())('on $name', (kind) => {
  let place: TestDatabase;
  let database: Database;
  let server: WebServer;
  let story: WebhookStory;

  beforeEach(async () => {
    place = await kind.create();
    database = await openDatabase({ url: place.url }, quietLog);
    server = await WebServer.start();
    story = new WebhookStory(database);
    await story.webhooks.start();
  });
  afterEach(async () => {
    await story.stop();
    await server.stop();
    await database.close();
    await place.remove();
  });

  const wholeCall = (id: string) => [
    callEntry(id, 1, AT, started, queued('sales', AT), rung(id, 'anna')),
    callEntry(id, 4, AT + 5, connected('anna', 'sales', 5)),
    callEntry(id, 5, AT + 9, ended('answered', 'sales', 'anna', 5, 4)),
  ];
  const until = (count: number) => server.until(`${count} requests`, (asked) => asked.length >= count);

  test('a call is told event by event, signed, and nothing stays behind', async () => {
    const { secret, id: webhookId } = await story.add({ url: `${server.url}/hook?a=1` });
    await story.happens(...wholeCall('c1'));
    await story.untilWritten(5, 'delivered');
    expect(inShort(server.asked)).toEqual(['c1 1', 'c1 2', 'c1 3', 'c1 4', 'c1 5']);
    const [first] = server.asked;
    if (first === undefined) throw new Error('nothing was asked');
    expect(first).toMatchObject({ method: 'POST', url: '/hook?a=1' });
    expect(told(first)).toMatchObject({
      id: `${webhookId}.call.c1.1`,
      type: 'call.started',
      sequence: 1,
      time: '2026-11-22T12:00:00.000Z',
      subject: { kind: 'call', id: 'c1' },
      data: { callId: 'c1', direction: 'inbound', from: { number: '5550100' } },
    });
    const [, t = '', v1] = /^t=([0-9]+),v1=([0-9a-f]{64})$/.exec(String(first.headers['ringmaster-signature'])) ?? [];
    expect(v1).toBe(createHmac('sha256', secret).update(`${t}.${first.body}`).digest('hex'));
    expect(Math.abs(Number(t) - Date.now() / 1_000)).toBeLessThan(60);
    expect(first.headers['ringmaster-delivery']).toBe(told(first).id);
    expect(server.asked.some(({ body }) => body.includes('PJSIP'))).toBe(false);
    expect(await story.webhooks.list()).toMatchObject([{ id: webhookId, waiting: 0, dead: 0, dropped: 0 }]);
  });

  test('only the events that were asked for are kept and told', async () => {
    await story.add({ url: `${server.url}/ended`, types: ['call.ended'] });
    await story.add({ url: `${server.url}/agents`, types: ['agent.*'] });
    await story.add({ url: `${server.url}/off`, enabled: false });
    await story.happens(...wholeCall('c1'), agentEntry('anna', 1, AT, { type: 'agent.offered', callId: 'c1' }));
    await story.untilWritten(2, 'delivered');
    expect(server.asked.map((asked) => `${asked.url} ${told(asked).type}`).sort()).toEqual([
      '/agents agent.offered',
      '/ended call.ended',
    ]);
    expect((await story.webhooks.list()).map(({ waiting }) => waiting)).toEqual([0, 0, 0]);
  });

  test('what fails is tried again later under the same name, and what follows in the call waits for it', async () => {
    await story.add({ url: server.url });
    server.next.push(answer(500));
    await story.happens(...wholeCall('c1'));
    await story.untilWritten(1, 'failed 1 http:500');
    story.later(4_000);
    // Another call is told meanwhile.
    await story.happens(callEntry('c2', 1, AT, started));
    await story.untilWritten(1, 'delivered');
    expect(inShort(server.asked)).toEqual(['c1 1', 'c2 1']);
    story.later(2_000);
    await story.untilWritten(6, 'delivered');
    expect(inShort(server.asked)).toEqual(['c1 1', 'c2 1', 'c1 1', 'c1 2', 'c1 3', 'c1 4', 'c1 5']);
    const names = server.asked.filter((asked) => inShort([asked])[0] === 'c1 1').map(({ headers }) => headers);
    expect(new Set(names.map((headers) => headers['ringmaster-delivery'])).size).toBe(1);
    expect(names.map((headers) => headers['ringmaster-attempt'])).toEqual(['1', '2']);
  });

  test('a slow receiver keeps neither the journal nor another receiver waiting', async () => {
    const slow = await WebServer.start();
    slow.usual = silence;
    await story.add({ url: slow.url });
    await story.add({ url: server.url });
    for (const id of ['c1', 'c2', 'c3', 'c4', 'c5', 'c6']) await story.happens(...wholeCall(id));
    await story.untilWritten(30, 'delivered');
    expect(server.asked).toHaveLength(30);
    // No more than a few requests at once, one for each call.
    expect(slow.asked).toHaveLength(4);
    await slow.stop();
  });

  test('a receiver that fails whatever it is told is left alone, and told everything once it is back', async () => {
    await story.add({ url: server.url });
    server.usual = answer(500);
    const calls = Array.from({ length: 20 }, (_, index) => `c${index}`);
    await story.happens(...calls.map((id) => callEntry(id, 1, AT, started)));
    await story.untilWritten(8, 'failed');
    // A few were under way by then; nobody is asked again before a second has passed.
    await story.happens(callEntry('another', 1, AT, started));
    expect(await story.webhooks.list()).toMatchObject([{ waiting: 21 }]);
    expect(server.asked.length).toBeLessThanOrEqual(11);
    server.usual = answer(200);
    story.later(120_000);
    await story.untilWritten(21, 'delivered');
    expect(await story.webhooks.list()).toMatchObject([{ waiting: 0 }]);
  });

  test('no answer in time and a broken connection are failures', async () => {
    await story.add({ url: server.url, timeoutMs: 100 });
    server.next.push(silence, hangUp);
    await story.happens(callEntry('c1', 1, AT, started));
    await story.untilWritten(1, 'failed 1 timeout');
    story.later(10_000);
    await story.untilWritten(1, 'failed 2 ECONNRESET');
    story.later(20_000);
    await story.untilWritten(1, 'delivered');
  });

  test('what waited while the service was away is told after the restart, in order', async () => {
    const { url } = server;
    const { port } = server;
    await story.add({ url });
    await server.stop();
    await story.happens(...wholeCall('c1'));
    await story.untilWritten(1, 'failed 1 ECONNREFUSED');
    await story.stop();
    // Written by a service that ended before it could tell anybody.
    await database.journal.append(callEntry('c2', 1, AT, started));
    await database.close();
    server = await WebServer.start(port);
    database = await openDatabase({ url: place.url }, quietLog);
    story = new WebhookStory(database);
    story.aheadMs = 10_000;
    await story.webhooks.start();
    await story.untilWritten(6, 'delivered');
    expect(inShort(server.asked.filter(({ body }) => body.includes('"c1"')))).toEqual(
      [1, 2, 3, 4, 5].map((n) => `c1 ${n}`),
    );
  });

  test('after too many attempts a delivery is put aside, what follows goes on, and it can be tried again', async () => {
    const { id } = await story.add({ url: server.url });
    server.usual = (response, asked) => response.writeHead(told(asked).sequence === 1 ? 400 : 200).end();
    await story.happens(callEntry('c1', 1, AT, started, tagged('x', 'anna')));
    for (let attempt = 1; attempt < 15; attempt += 1) {
      await story.untilWritten(1, `failed ${attempt} http:400`);
      story.later(5_000_000);
    }
    await story.untilWritten(1, 'died 15 http:400');
    // After so many failures it is left alone for a minute.
    story.later(61_000);
    await story.untilWritten(1, 'delivered');
    const [letter] = await story.webhooks.dead({ webhookId: id, before: null, limit: 10 });
    expect(letter).toMatchObject({ id: `${id}.call.c1.1`, type: 'call.started', attempts: 15, code: 'http:400' });
    expect(await story.webhooks.list()).toMatchObject([{ waiting: 0, dead: 1 }]);
    expect(await story.webhooks.dead({ webhookId: 'other', before: null, limit: 10 })).toEqual([]);
    expect(await story.webhooks.retry({ webhookId: null, id: 'none' })).toMatchObject({ refused: 'notFound' });
    server.usual = answer(204);
    expect(await story.webhooks.retry({ webhookId: id, id: letter?.id ?? '' })).toBe(1);
    await story.untilWritten(2, 'delivered');
    expect(await story.webhooks.list()).toMatchObject([{ waiting: 0, dead: 0 }]);
  });

  test('a receiver that says it is gone is not asked again for it', async () => {
    await story.add({ url: server.url });
    server.usual = answer(410);
    await story.happens(callEntry('c1', 1, AT, started));
    await story.untilWritten(1, 'died 1 http:410');
  });

  test('a change takes the secret along, a removal takes everything that waits', async () => {
    const made = await story.add({ url: 'http://127.0.0.1:1/', secret: 'a-secret-of-my-own' });
    await story.happens(callEntry('c1', 1, AT, started));
    await story.untilWritten(1, 'failed 1');
    const { secret: _secret, id, ...settings } = made;
    const changed = await story.webhooks.change(id, { ...settings, url: server.url }, DEED);
    expect(changed).toMatchObject({ id, url: server.url, waiting: 1 });
    expect(JSON.stringify([changed, await story.webhooks.list()])).not.toContain('a-secret-of-my-own');
    story.later(10_000);
    await story.untilWritten(1, 'delivered');
    const [asked] = server.asked;
    const t = /^t=([0-9]+)/.exec(String(asked?.headers['ringmaster-signature']))?.[1] ?? '';
    const expected = createHmac('sha256', 'a-secret-of-my-own').update(`${t}.${asked?.body}`).digest('hex');
    expect(asked?.headers['ringmaster-signature']).toBe(`t=${t},v1=${expected}`);
    expect(await story.webhooks.remove(id, DEED)).toEqual({ removed: true });
    expect(await story.webhooks.remove(id, DEED)).toMatchObject({ refused: 'notFound' });
    await story.happens(callEntry('c2', 1, AT, started));
    expect(await database.webhooks.heads(id, Number.MAX_SAFE_INTEGER, 10)).toEqual([]);
    const everything = { since: 0, until: 2, entity: 'webhook', limit: 10 } as const;
    const history = await database.addressBook.changes.list(everything);
    expect(history.map(({ action, byAgentId, fields }) => [byAgentId, action, fields.url?.after ?? null])).toEqual([
      ['admin', 'removed', null],
      ['admin', 'changed', server.url],
      ['admin', 'added', 'http://127.0.0.1:1/'],
    ]);
    expect(JSON.stringify(history)).not.toContain('a-secret-of-my-own');
  });

  test('the test event tells at once what the receiver answered', async () => {
    const { id } = await story.add({ url: server.url });
    expect(await story.webhooks.test(id)).toEqual({ status: 200, code: null, gone: false });
    expect(server.asked.map(told)).toMatchObject([{ type: 'webhook.test', subject: { id } }]);
    server.usual = answer(403);
    expect(await story.webhooks.test(id)).toMatchObject({ status: 403, code: 'http:403' });
    expect(await story.webhooks.test('none')).toMatchObject({ refused: 'notFound' });
  });

  test('what waits is bounded: the oldest is dropped, and counted', async () => {
    const { id } = await story.add({ url: 'http://127.0.0.1:1/' });
    for (const call of ['c1', 'c2']) await story.happens(...wholeCall(call));
    await story.untilWritten(2, 'failed 1');
    const limits = { mostWaiting: 4, mostDead: 10, deadBefore: 0 };
    expect([...(await database.webhooks.trim(limits))]).toEqual([[id, 6]]);
    expect([...(await database.webhooks.trim(limits))]).toEqual([]);
    expect(await story.webhooks.list()).toMatchObject([{ waiting: 4, dropped: 6 }]);
    const left = await database.webhooks.heads(id, Number.MAX_SAFE_INTEGER, 10);
    expect(left.map(({ body }) => (JSON.parse(body) as Told).sequence)).toEqual([2]);
  });

  test('short messages are told like calls', async () => {
    await story.add({ url: server.url, types: ['sms.*'] });
    await database.sms.add({
      ...{ id: 's1', agentId: 'anna', callId: 'c1', templateId: null, number: '+79161234567', text: 'Hello' },
      ...{ createdAt: AT, updatedAt: AT, state: 'queued', code: null, attempts: 0, dueAt: AT, expiresAt: AT + 1 },
      ...{ reference: 1, parts: [{ state: 'waiting', gatewayId: null }], seq: 0 },
    });
    story.webhooks.happened('sms.queued');
    await until(1);
    expect(server.asked.map(told)).toMatchObject([
      { type: 'sms.queued', sequence: 1, subject: { kind: 'sms', id: 's1' }, data: { agentId: 'anna', callId: 'c1' } },
    ]);
    expect(server.asked[0]?.body).not.toContain('7916');
  });
});
