/** Callbacks on databases that come and go while they are due: each number is dialled once, and each result is written. */
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import sqlite3 from 'sqlite3';
import { CallbackScheduler } from '../../src/app/callbacks/scheduler.js';
import { PERSONAL_CALLBACK_RULE, QUEUE_CALLBACK_RULE } from '../../src/core/callback/rule.js';
import { turnOf } from '../../src/core/callback/turn.js';
import { type Database, openDatabase } from '../../src/db/database.js';
import { callback, callEnded, DUE_AT } from '../support/callback-scene.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';

const MANY = 30;
const LIMIT_MS = 60_000;
const ALL = { visibleTo: null, state: null, queueId: null, number: null, since: 0, until: 10 * DUE_AT, limit: 100 };

describe.each(databaseKinds())('$name comes and goes', (kind) => {
  let place: TestDatabase;
  let database: Database;
  let scheduler: CallbackScheduler;
  let dialled: string[];
  let known: Set<string>;
  let disturb: Disturbance | null = null;

  beforeEach(async () => {
    place = await kind.create();
    database = await openDatabase({ url: place.url }, quietLog);
    dialled = [];
    known = new Set();
    scheduler = newScheduler();
  });
  afterEach(async () => {
    await disturb?.end();
    await scheduler.stop();
    await database.close();
    await place.remove();
  });

  function newScheduler(): CallbackScheduler {
    let calls = 0;
    return new CallbackScheduler({
      ...{ store: database.callbacks, log: quietLog, clock: { now: () => DUE_AT } },
      history: { call: async () => null },
      takers: {
        turn: (each) => turnOf(each, 0),
        queueRule: () => QUEUE_CALLBACK_RULE,
        personalRule: () => PERSONAL_CALLBACK_RULE,
        capacity: () => ({ free: ['agent1', 'agent2', 'agent3'], size: 3, seeking: 0 }),
        agentNow: () => 'free',
      },
      dispatch: () => undefined,
      mayDial: () => true,
      newCallId: () => `call-${++calls}`,
      isKnown: (callId) => known.has(callId),
      customerSince: async () => 'nothing',
      endCall: () => undefined,
      dial: ({ number }, callId) => {
        dialled.push(number);
        known.add(callId);
        // The call goes on for a moment, and they talk.
        setImmediate(() => scheduler.heard({ ...callEnded('answered'), callId, seq: 1, at: DUE_AT, v: 1 }));
        return 'begun';
      },
    });
  }

  test('many are due meanwhile: each is dialled once, and done', async () => {
    for (let each = 0; each < MANY; each += 1)
      await database.callbacks.add(callback({ id: `cb${each}`, number: `${each}` }));
    scheduler.start();
    disturb = await disturbance(place.url);
    const deadline = Date.now() + LIMIT_MS;
    for (let round = 0; ; round += 1) {
      if (round < 10) await disturb.strike();
      scheduler.wake();
      await pause(20);
      const all = await database.callbacks.list(ALL).catch(() => []);
      if (round >= 10 && all.length === MANY && all.every(({ state }) => state === 'done')) break;
      if (Date.now() > deadline) throw new Error(JSON.stringify(all.filter(({ state }) => state !== 'done')));
    }
    expect([...dialled].sort()).toEqual(Array.from({ length: MANY }, (_, each) => `${each}`).sort());
    const all = await database.callbacks.list(ALL);
    expect(all.map(({ attempts }) => attempts.length)).toEqual(Array.from({ length: MANY }, () => 1));
  }, 90_000);
});

interface Disturbance {
  strike(): Promise<void>;
  end(): Promise<void>;
}

/** PostgreSQL: every connection is cut. SQLite: nobody else can write for a moment. */
async function disturbance(url: string): Promise<Disturbance> {
  if (url.startsWith('postgres')) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const others = 'datname = current_database() AND pid <> pg_backend_pid()';
    return {
      strike: async () =>
        void (await client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${others}`)),
      end: () => client.end(),
    };
  }
  const connection = new sqlite3.Database(url.slice('sqlite:'.length));
  const exec = (sql: string) =>
    new Promise<void>((resolve, reject) => {
      connection.exec(sql, (error) => (error === null ? resolve() : reject(error)));
    });
  await exec('PRAGMA busy_timeout = 5000');
  return {
    async strike() {
      await exec('BEGIN EXCLUSIVE');
      await pause(30);
      await exec('COMMIT');
    },
    end: () => new Promise<void>((resolve) => connection.close(() => resolve())),
  };
}
