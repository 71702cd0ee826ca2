// The database is locked for a while: calls in progress go on, nobody is left in silence, and everything is written afterwards.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import sqlite3 from 'sqlite3';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { expectTalking } from '../support/talking.js';

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
