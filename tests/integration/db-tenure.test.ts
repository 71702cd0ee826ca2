// Whoever was taken for dead writes nothing behind the back of whoever came after.
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { begun } from '../../src/core/callback/callback.js';
import { connect } from '../../src/db/connection.js';
import { type Database, openDatabase } from '../../src/db/database.js';
import { Tenure } from '../../src/db/tenure.js';
import { callback, DUE_AT } from '../support/callback-scene.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';
import { agentEntry, callEntry, queued, started } from '../support/journal-entries.js';

const APP = 'ringmaster';
const T = 1_700_000_000_000;
const nobody = () => {};
const OVER = { code: 'takenOver' };

describe.each(databaseKinds())('of two controllers on $name', ({ create }) => {
  let stored: TestDatabase;
  let first: Database;
  let second: Database;
  let knex: Knex;

  beforeEach(async () => {
    stored = await create();
    first = await openDatabase({ url: stored.url }, quietLog);
    second = await openDatabase({ url: stored.url }, quietLog);
    knex = connect(stored.url, quietLog).knex;
  });
  afterEach(async () => {
    await Promise.all([first.close(), second.close(), knex.destroy()]);
    await stored.remove();
  });
  const began = (id: string) => callEntry(id, 1, T, started, queued('q', T));

  test('the one that has not let go in time writes nothing any more, and dials no callback; the other does', async () => {
    await first.takeLease(APP, nobody);
    await first.callbacks.add(callback());
    await first.journal.append(began('before'));
    await second.takeLease(APP, nobody);
    await expect(first.journal.append(began('late'))).rejects.toMatchObject(OVER);
    await expect(first.journal.append(agentEntry('a', 1, T))).rejects.toMatchObject(OVER);
    await expect(first.journal.claim('a', 'late', T, T + 1)).rejects.toMatchObject(OVER);
    const dialled = (database: Database) => database.callbacks.change('cb1', (each) => begun(each, 'call-1', DUE_AT));
    await expect(dialled(first)).rejects.toMatchObject(OVER);
    await second.journal.append(began('after'));
    expect(await second.journal.claim('a', 'after', T, T + 1)).toBe(true);
    expect((await dialled(second))?.attempts).toHaveLength(1);
    const { liveCalls, agents } = await second.history.load();
    expect([liveCalls.map(({ id }) => id).sort(), agents]).toEqual([['after', 'before'], []]);
  });

  test('the one whose write is refused knows from then on that it has been taken over, once', async () => {
    let told = 0;
    const lease = await first.takeLease(APP, () => {
      told += 1;
    });
    // What a successor does to it, between two renewals.
    await knex('controllers').update({ released_epoch: lease.epoch });
    const both = [first.journal.append(began('c1')), first.journal.append(began('c2'))];
    const outcomes = await Promise.allSettled(both);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect([told, lease.isSure, await lease.confirm()]).toEqual([1, false, false]);
  });

  test('a transaction that is under way is waited for, and then read', async () => {
    await first.takeLease(APP, nobody);
    // Nobody has to be waited for but the transaction.
    await knex('controllers').update({ pid: 2 ** 22 + 1 });
    const tenure = new Tenure();
    tenure.begin(APP, 1, nobody);
    const last = { stream: 'agent', stream_id: 'a', seq: 1, type: 'last', v: 1, at: T, data: '{}' };
    const change = await knex.transaction();
    await change('events').insert(last);
    await tenure.check(change);
    const taking = second.takeLease(APP, nobody);
    expect(await Promise.race([taking, pause(300, 'waits')])).toBe('waits');
    await change.commit();
    expect((await taking).epoch).toBe(2);
    await expect(knex.transaction((late) => tenure.check(late))).rejects.toMatchObject(OVER);
    expect(await knex('events').where({ type: 'last' })).toHaveLength(1);
  });
});
