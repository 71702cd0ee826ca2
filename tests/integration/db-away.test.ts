/** A database that is away for a while: nothing is lost, order is kept, and memory has a limit. */
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import pg from 'pg';
import sqlite3 from 'sqlite3';
import { type Database, openDatabase } from '../../src/db/database.js';
import { WAITING_AT_MOST } from '../../src/db/journal/writer.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';
import { callEntry, started } from '../support/journal-entries.js';

const ringing = { type: 'leg.ringing', legId: 'l' } as const;

/** Lets nobody else write until the returned function is called. */
async function lock(url: string): Promise<() => Promise<void>> {
  if (url.startsWith('postgres')) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('BEGIN');
    await client.query('LOCK TABLE events IN ACCESS EXCLUSIVE MODE');
    return () => client.end();
  }
  const connection = new sqlite3.Database(url.slice('sqlite:'.length));
  const exec = (sql: string) =>
    new Promise<void>((resolve, reject) => {
      connection.exec(sql, (error) => (error === null ? resolve() : reject(error)));
    });
  await exec('PRAGMA busy_timeout = 2000; BEGIN IMMEDIATE');
  return async () => {
    await exec('COMMIT');
    await new Promise<void>((resolve) => connection.close(() => resolve()));
  };
}

describe.each(databaseKinds())('$name away for a while', ({ create }) => {
  let place: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    place = await create();
    database = await openDatabase({ url: place.url }, quietLog);
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  test('while it is locked nothing is confirmed; then all is written in order', async () => {
    const unlock = await lock(place.url);
    const order: number[] = [];
    const writes = Array.from({ length: 30 }, (_, n) =>
      database.journal.append(callEntry('c', n + 1, 1, n === 0 ? started : ringing)).then(() => order.push(n + 1)),
    );
    // A reader gets through meanwhile on SQLite; on PostgreSQL a ping does. Either takes longer than an unhindered write.
    await database.ping();
    expect(order).toEqual([]);
    await unlock();
    await Promise.all(writes);
    expect(order).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
    const [call] = (await database.history.load()).liveCalls;
    expect(call?.events.map((event) => event.seq)).toEqual(order);
  });

  test('more than the limit is rejected as databaseUnavailable, what was taken in is kept', async () => {
    const unlock = await lock(place.url);
    const accepted: Promise<void>[] = [database.journal.append(callEntry('c', 1, 1, started))];
    // In one turn nothing can be written, so exactly the limit is waiting.
    while (accepted.length < WAITING_AT_MOST) {
      accepted.push(database.journal.append(callEntry('c', accepted.length + 1, 1, ringing)));
    }
    await expect(database.journal.append(callEntry('x', 1, 1, started))).rejects.toMatchObject({
      code: 'databaseUnavailable',
    });
    await unlock();
    await Promise.all(accepted);
    const { liveCalls } = await database.history.load();
    expect(liveCalls.map((call) => [call.id, call.events.length])).toEqual([['c', WAITING_AT_MOST]]);
  });

  test('a journal connection that is cut is made anew, and each event is there once', async () => {
    if (!place.url.startsWith('postgres')) {
      // SQLite has no connection that others can cut: the same promise is that a second opener changes nothing.
      const other = await openDatabase({ url: place.url }, quietLog);
      await Promise.all([database.journal.append(callEntry('c', 1, 1, started)), other.journal.claim('a', 'c', 1, 2)]);
      await other.close();
      expect((await database.history.load()).liveCalls).toHaveLength(1);
      return;
    }
    await database.journal.append(callEntry('c', 1, 1, started));
    const client = new pg.Client({ connectionString: place.url });
    await client.connect();
    const writes: Promise<void>[] = [];
    for (let round = 0; round < 20; round += 1) {
      for (let n = 0; n < 10; n += 1)
        writes.push(database.journal.append(callEntry('c', writes.length + 2, 1, ringing)));
      await client.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'ringmaster journal' AND datname = current_database()",
      );
    }
    await Promise.all(writes);
    await client.end();
    const [call] = (await database.history.load()).liveCalls;
    expect(call?.events.map((event) => event.seq)).toEqual(Array.from({ length: 201 }, (_, n) => n + 1));
  });
});

test('a server that is not there is told to whoever asks, in the log, and nowhere else', async () => {
  const told: string[] = [];
  const written: unknown[] = [];
  const writes = (['log', 'warn', 'error'] as const).map((level) =>
    jest.spyOn(console, level).mockImplementation((...words) => void written.push(words)),
  );
  const log = { ...quietLog, debug: (_details: object, message: string) => void told.push(message) };
  await expect(openDatabase({ url: 'postgres://nobody@localhost/nothing?host=/nowhere' }, log)).rejects.toThrow();
  for (const write of writes) write.mockRestore();
  expect(told).toContain('knex says');
  expect(written).toEqual([]);
});
