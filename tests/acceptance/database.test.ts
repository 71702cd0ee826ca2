// The database is locked for a while: calls in progress go on, nobody is left in silence, and everything is written afterwards.
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import sqlite3 from 'sqlite3';
import type { MessageOperations } from '../../src/app/application.js';
import { createExecutor } from '../../src/app/catalogue/execute.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { QUIET_LOG } from '../support/scripted-ari.js';
import { expectMusic, expectTalking } from '../support/talking.js';

jest.setTimeout(60_000);
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101'] });
});
afterAll(() => centre.stop());

/** Takes the write lock of the database file until `release`. */
async function lock(): Promise<{ release(): Promise<void> }> {
  const file = (centre.environment.DATABASE_URL ?? '').replace('sqlite:', '');
  const connection = new sqlite3.Database(file);
  const run = (sql: string) =>
    new Promise<void>((resolve, reject) => {
      connection.exec(sql, (error) => (error === null ? resolve() : reject(error)));
    });
  await run('PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE');
  return {
    release: async () => {
      await run('ROLLBACK');
      await new Promise<void>((resolve) => connection.close(() => resolve()));
    },
  };
}

test('a party hangs up while nothing can be written: the other is released within 2 s, readiness says so, history is whole', async () => {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const offered = await centre.lab.bank.phone('101').nextCall();
  await offered.answer();
  const call = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  const locked = await lock();
  await expectTalking(customer, offered);
  const before = Date.now();
  await customer.hangup();
  await offered.untilEnded();
  expect(Date.now() - before).toBeLessThan(2_000);
  await centre.until('readiness tells of it', () => centre.centre.health().database === 'unavailable');
  expect((await centre.record(call.id))?.endedAt).toBeNull();
  await locked.release();
  await centre.until('everything is written', () => centre.centre.health().liveCalls === 0);
  expect((await centre.record(call.id))?.outcome).toBe('answered');
  await centre.until('readiness is back', () => centre.centre.health().database === 'ready');
});

describe('commands while nothing can be written', () => {
  const post = async (path: string, body: object, token = '') => {
    const response = await fetch(`${centre.service.url}/api/v1${path}`, {
      method: path.startsWith('/configuration') || path === '/me/status' ? 'PUT' : 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify(body),
    });
    return { status: response.status, body: (await response.json()) as Readonly<Record<string, unknown>> };
  };
  const code = ({ body }: Awaited<ReturnType<typeof post>>) => (body.error as { code: string } | undefined)?.code;
  const LOGIN = { login: 'admin', password: 'administrator', session: false };

  test('what needs the database is refused with a code of its own and nothing hangs; a conversation is commanded; then all is well', async () => {
    const token = String((await post('/login', LOGIN)).body.token);
    await centre.ready('101');
    const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
    const offered = await centre.lab.bank.phone('101').nextCall();
    await offered.answer();
    const call = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
    const run = createExecutor({
      application: centre.centre,
      messages: {} as MessageOperations,
      logins: { revokeAll: async () => {}, setPin: async () => {} },
      log: QUIET_LOG,
    });
    const asAnna = (name: string, input: object) => run({ agentId: 'a101', role: 'agent' }, name, input);
    const locked = await lock();
    // Begun before anybody knows: answered all the same, and said to be on its way.
    expect(await asAnna('agent.setStatus', { statusId: 'notReady' })).toMatchObject({
      ok: false,
      error: { code: 'databaseUnavailable', details: { pending: true } },
    });
    expect(centre.centre.health().database).toBe('unavailable');
    const before = Date.now();
    expect(await asAnna('agent.setStatus', { statusId: 'ready' })).toMatchObject({
      error: { code: 'databaseUnavailable' },
    });
    expect(await asAnna('call.dial', { number: '102' })).toMatchObject({ error: { code: 'databaseUnavailable' } });
    expect(code(await post('/login', LOGIN))).toBe('databaseUnavailable');
    const status = {
      id: 'lunch',
      name: { en: 'Lunch', ru: 'Обед' },
      receiving: false,
      selectable: true,
      blocking: false,
    };
    expect(code(await post('/configuration/statuses/lunch', status, token))).toBe('databaseUnavailable');
    expect(Date.now() - before).toBeLessThan(1_000);
    // A conversation is commanded as ever; it is not confirmed before it is written.
    expect(await asAnna('call.hold', { callId: call.id })).toMatchObject({ error: { details: { pending: true } } });
    await expectMusic(customer);
    await locked.release();
    await centre.until('readiness is back', () => centre.centre.health().database === 'ready');
    await centre.until('the status is written', () => centre.status('101') === 'notReady');
    expect((await post('/login', LOGIN)).status).toBe(200);
    expect((await asAnna('call.resume', { callId: call.id })).ok).toBe(true);
    await expectTalking(customer, offered);
    await customer.hangup();
    await centre.untilClean();
  });
});
