/** Past calls over HTTP: searching, one call in full, and the CSV file, on real databases. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { CallFilter, CallRecord } from '../../src/app/history/filter.js';
import type { History } from '../../src/app/history/store.js';
import { type Database, openDatabase } from '../../src/db/database.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';
import { NOW } from '../support/fake-application.js';
import { type FakeService, startFakeService } from '../support/fake-service.js';
import { answered, callEntry, calledIn, ended, left, queued, rung, tagged } from '../support/journal-entries.js';

const HEADER =
  'id,direction,outcome,startedAt,connectedAt,endedAt,fromNumber,fromName,dialled,queueId,queueName,agentId,agentName,waitedMs,talkedMs,rating';
const HOUR_MS = 3_600_000;
/** Many rows in one test; a loaded machine needs its time. */
const LONG_MS = 60_000;
/** 22:12:20 in London. */
const AT = NOW - 60_000;

let service: FakeService;
/** One login each: checking a password is slow on purpose. */
let tokens: Map<string, Promise<string>>;
beforeEach(async () => {
  service = await startFakeService();
  tokens = new Map();
});
afterEach(() => service.close());

const useHistory = (history: Partial<History>) =>
  Object.assign(service.application, { history: { ...service.application.history, ...history } });
function token(agentId: string): Promise<string> {
  const known = tokens.get(agentId) ?? service.token(agentId);
  tokens.set(agentId, known);
  return known;
}
const get = async (path: string, agentId = 'vera') =>
  request(service.url)
    .get(`/api/v1/history/${path}`)
    .set('Authorization', `Bearer ${await token(agentId)}`);

describe.each(databaseKinds())('past calls on $name', ({ create }) => {
  let place: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    place = await create();
    database = await openDatabase({ url: place.url }, quietLog);
    const { history } = database;
    useHistory({ calls: (filter) => history.calls(filter), call: (id) => history.call(id) });
    await call('c1', 'anna', '+74951234567');
    await call('c2', 'boris', '5550100');
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  async function call(id: string, agentId: string, number: string) {
    const append = (seq: number, after: number, ...bodies: Parameters<typeof callEntry>[3][]) =>
      database.journal.append(callEntry(id, seq, AT + after, ...bodies));
    await append(1, 0, calledIn(id, number), queued('sales', AT), rung(id, agentId));
    await append(4, 5_000, ...answered(id, agentId, 'sales'));
    await append(6, 9_000, left(`${id}~caller`, 16), left(`${id}~${agentId}`, 16, agentId));
    await append(8, 9_000, ended('answered', 'sales', agentId, 5_000, 4_000));
  }

  test('an agent finds and reads the own calls only, a supervisor all', async () => {
    const ids = async (path: string, agentId: string) =>
      (await get(path, agentId)).body.map((each: { id: string }) => each.id);
    expect(await ids('calls', 'vera')).toEqual(['c2', 'c1']);
    expect(await ids('calls', 'anna')).toEqual(['c1']);
    expect(await ids('calls?number=5550100', 'anna')).toEqual([]);
    expect(await ids('calls?number=%2B7495*&queueId=sales&outcome=answered&minTalkedMs=4000', 'vera')).toEqual(['c1']);
    expect(await ids('calls?after=c2', 'vera')).toEqual(['c1']);
    expect((await get('calls/c2', 'anna')).status).toBe(404);
    expect((await get('calls/c2', 'vera')).status).toBe(200);
  });

  test('a tag narrows down the list and the file alike', async () => {
    await database.journal.append(callEntry('c1', 9, AT + 9_500, tagged('a complaint', 'anna')));
    const listed = await get('calls?tag=a%20complaint');
    expect(listed.body.map(({ id }: { id: string }) => id)).toEqual(['c1']);
    expect((await get('calls.csv?tag=a+complaint')).text.split('\r\n').slice(1)).toEqual([
      expect.stringMatching(/^c1,/),
      '',
    ]);
    expect((await get('calls?tag=a+complaint', 'boris')).body).toEqual([]);
    expect((await get('calls?tag=')).status).toBe(400);
    expect((await get('calls/c1', 'anna')).body.tags).toEqual([
      { tag: 'a complaint', agentId: 'anna', at: AT + 9_500 },
    ]);
  });

  test('one call is told in full', async () => {
    const { body } = await get('calls/c1', 'anna');
    expect(body).toMatchObject({
      id: 'c1',
      legs: [
        {
          id: 'c1~caller',
          number: '+74951234567',
          answeredAt: AT + 5_000,
          cause: { q850: 16, name: 'normalClearing' },
        },
        { id: 'c1~anna', agentId: 'anna', startedAt: AT, leftAt: AT + 9_000 },
      ],
      tags: [],
      recordings: [],
    });
    expect(body.timeline.map(({ what }: { what: string }) => what)).toEqual([
      'started',
      'waiting',
      'offered',
      'answered',
      'left',
      'left',
      'ended',
    ]);
  });

  test('the file has the same calls, with names and times in the zone asked for', async () => {
    const { status, headers, text } = await get('calls.csv?zone=Europe/Moscow', 'anna');
    expect([status, headers['content-type'], headers['content-disposition']]).toEqual([
      200,
      'text/csv; charset=utf-8; header=present',
      'attachment; filename="calls.csv"',
    ]);
    expect(text).toBe(
      `\uFEFF${HEADER}\r\nc1,inbound,answered,2023-11-15T01:12:20.000+03:00,2023-11-15T01:12:25.000+03:00,` +
        '2023-11-15T01:12:29.000+03:00,+74951234567,,800,sales,sales,anna,anna,5000,4000,\r\n',
    );
    const semicolons = await get('calls.csv?separator=%3B&number=5550100');
    expect(semicolons.text.split('\r\n')[1]).toMatch(/^c2;inbound;answered;.*;5550100;;800;sales;sales;boris;boris;/);
  });
});

describe('the file', () => {
  test('is refused as every other request is', async () => {
    const codeOf = async (query: string, agentId = 'vera') => {
      const { status, body } = await get(`calls.csv${query}`, agentId);
      return [status, body.error.code];
    };
    expect(await codeOf('?agentId=boris', 'anna')).toEqual([403, 'forbidden']);
    for (const query of [
      '?zone=Nowhere',
      '?separator=%09',
      '?limit=5',
      '?number=abc',
      '?number=*',
      '?since=x',
      '?since=5&since=6',
      '?refused=1',
      '?__proto__=1',
      `?since=0&until=${367 * 24 * HOUR_MS}`,
    ]) {
      expect([query, ...(await codeOf(query))]).toEqual([query, 400, 'invalidInput']);
    }
    const nobody = await request(service.url).get('/api/v1/history/calls.csv');
    expect([nobody.status, nobody.body.error.code]).toEqual([401, 'unauthenticated']);
  });

  test('a database that fails at once is a fault in the one shape', async () => {
    useHistory({ calls: () => Promise.reject(new Error('gone')) });
    expect(await get('calls.csv')).toMatchObject({ status: 500, body: { error: { code: 'internal' } } });
  });

  test('a database that fails on the way is a file cut short, and the client is told so', async () => {
    let pages = 0;
    useHistory({
      calls: (filter) => {
        pages += 1;
        return pages > 2 ? Promise.reject(new Error('gone')) : Promise.resolve(manyCalls(filter));
      },
    });
    await expect(get('calls.csv')).rejects.toThrow(/aborted/);
  });

  test(
    'of more than a hundred thousand calls has a hundred thousand, each once, and in the order of the search',
    async () => {
      useHistory({ calls: async (filter) => manyCalls(filter) });
      const { text } = await get('calls.csv');
      const rows = text.split('\r\n').slice(1, -1);
      expect(rows).toHaveLength(100_000);
      expect(rows.every((row, index) => row.startsWith(`c${index},`))).toBe(true);
    },
    LONG_MS,
  );

  test(
    'is read from the database no faster than the client takes it, and no further than the client wants',
    async () => {
      let pages = 0;
      let gone: () => void = () => undefined;
      const broken = new Promise<void>((resolve) => {
        gone = resolve;
      });
      service.log.warn = (_details, message) => void (message === 'an export broke off' && gone());
      let stalled = Promise.resolve();
      useHistory({
        calls: async (filter) => {
          pages += 1;
          stalled = new Promise((resolve) => setImmediate(resolve));
          return manyCalls(filter);
        },
      });
      const abort = new AbortController();
      const headers = { authorization: `Bearer ${await token('vera')}` };
      const response = await fetch(`${service.url}/api/v1/history/calls.csv`, { headers, signal: abort.signal });
      await response.body?.getReader().read();
      // Until nothing more is asked for: the buffers between here and there are full.
      for (let before = -1; before !== pages; ) {
        before = pages;
        await stalled;
        for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      }
      expect(pages).toBeLessThan(150);
      abort.abort();
      await broken;
      const atTheEnd = pages;
      await new Promise((resolve) => setImmediate(resolve));
      expect(pages).toBeLessThanOrEqual(atTheEnd + 1);
    },
    LONG_MS,
  );
});

/** Calls without end, 500 characters each. */
function manyCalls({ limit, after }: CallFilter): readonly CallRecord[] {
  const first = after === undefined ? 0 : Number(after.slice(1)) + 1;
  return Array.from({ length: limit }, (_, index) => ({
    id: `c${first + index}`,
    direction: 'inbound',
    fromNumber: '100',
    fromName: 'n'.repeat(500),
    dialled: '200',
    queueId: null,
    agentId: null,
    startedAt: AT,
    connectedAt: null,
    endedAt: null,
    outcome: null,
    waitedMs: null,
    talkedMs: null,
    rating: null,
  }));
}
