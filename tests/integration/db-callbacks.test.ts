/** Callbacks on real databases. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { statisticsOf } from '../../src/app/callbacks/statistics.js';
import { begun, type Callback } from '../../src/core/callback/callback.js';
import { type Database, openDatabase } from '../../src/db/database.js';
import { callback, DUE_AT } from '../support/callback-scene.js';
import { QUEUE } from '../support/configuration.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';

const ALL = { visibleTo: null, state: null, queueId: null, number: null, since: 0, until: 10 * DUE_AT, limit: 10 };

describe.each(databaseKinds())('on $name', (kind) => {
  let place: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    place = await kind.create();
    database = await openDatabase({ url: place.url }, quietLog);
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  test('the place in line that the customer left is kept', async () => {
    const left = { since: 123_456, priority: 7 };
    await database.callbacks.add(callback({ place: left }));
    expect((await database.callbacks.get('cb1'))?.place).toEqual(left);
    await database.callbacks.change('cb1', (each) => ({ ...each, place: null }));
    expect((await database.callbacks.due(DUE_AT, 1, []))[0]?.place).toBeNull();
  });

  test('a callback is kept as it was made, then as it became', async () => {
    const { callbacks } = database;
    await callbacks.add(callback());
    expect(await callbacks.get('cb1')).toEqual(callback({ seq: 1 }));
    const calling = await callbacks.change('cb1', (each) => begun(each, 'call-1', DUE_AT));
    expect(calling).toEqual({ ...begun(callback(), 'call-1', DUE_AT), seq: 2 });
    expect([await callbacks.calling(), await callbacks.due(DUE_AT, 10, [])]).toEqual([[calling], []]);
    expect([await callbacks.change('cb2', (each) => each), await callbacks.get('cb2')]).toEqual([null, null]);
  });

  test('what happens to it is told to those who watch, and to webhooks in the same transaction', async () => {
    const { callbacks, webhooks } = database;
    const hook = { id: 'h1', name: 'Hook', url: 'http://127.0.0.1:1/', secret: 'x'.repeat(16), timeoutMs: 1_000 };
    await webhooks.save({ ...hook, types: ['callback.*'], enabled: true }, { by: 'admin', at: 0 });
    const told: string[] = [];
    callbacks.onEvent(({ type, attempts }, after, before) =>
      told.push(`${type} ${attempts}: ${before?.seq ?? 'none'}, ${after.seq}`),
    );
    await callbacks.add(callback());
    await callbacks.change('cb1', (each) => each);
    await callbacks.change('cb1', (each) => ({ ...each, nextAt: DUE_AT + 1, updatedAt: 1 }));
    await callbacks.change('cb1', (each) => begun(each, 'call-1', DUE_AT));
    expect(told).toEqual(['callback.scheduled 0: none, 1', 'callback.changed 0: 1, 2', 'callback.calling 1: 2, 3']);
    expect((await webhooks.counts()).get('h1')?.waiting).toBe(3);
    const [first] = await webhooks.heads('h1', 10 * DUE_AT, 10);
    expect(first).toMatchObject({ type: 'callback.scheduled', lane: 'callback:cb1' });
    expect(first?.body).not.toContain('79161234567');
  });

  test('due ones come by urgency, then by time; those of later do not', async () => {
    const { callbacks } = database;
    await callbacks.add(callback({ id: 'low', priority: 'low', nextAt: DUE_AT - 9 }));
    await callbacks.add(callback({ id: 'second' }));
    await callbacks.add(callback({ id: 'first', nextAt: DUE_AT - 5 }));
    await callbacks.add(callback({ id: 'high', priority: 'high' }));
    await callbacks.add(callback({ id: 'later', nextAt: DUE_AT + 1 }));
    expect((await callbacks.due(DUE_AT, 10, [])).map(({ id }) => id)).toEqual(['high', 'first', 'second', 'low']);
    expect(await callbacks.nextDueAt()).toBe(DUE_AT - 9);
  });

  test('those of the coming hours come by time, from one moment on and before another', async () => {
    const { callbacks } = database;
    for (const at of [4, 2, 3, 1]) await callbacks.add(callback({ id: `at-${at}`, nextAt: DUE_AT + at }));
    await callbacks.add(begun(callback({ id: 'calling' }), 'call-1', DUE_AT + 2));
    const upcoming = async (limit: number) =>
      (await callbacks.upcoming(DUE_AT + 2, DUE_AT + 4, limit)).map(({ id }) => id);
    expect([await upcoming(10), await upcoming(1)]).toEqual([['at-2', 'at-3'], ['at-2']]);
  });

  test('those made from the calls of a number are found by it, and who is to be called back is known', async () => {
    const { callbacks } = database;
    const of = (number: string, id: string) => callback({ id, origin: { callId: `c-${id}`, number } });
    await callbacks.add(of('+7916', 'first'));
    await callbacks.add({ ...of('+7916', 'second'), dueAt: DUE_AT + 1 });
    await callbacks.add({ ...of('+7917', 'over'), state: 'closed', nextAt: null });
    await callbacks.add(callback());
    expect((await callbacks.ofOrigin('+7916')).map(({ id }) => id)).toEqual(['second', 'first']);
    expect((await callbacks.ofOrigin('+7917')).map(({ state }) => state)).toEqual(['closed']);
    expect(await callbacks.openOrigins()).toEqual(['+7916', '+7916']);
  });

  test('open ones are counted where there is a limit: a queue’s, and an agent’s personal ones', async () => {
    const { callbacks } = database;
    await callbacks.add(callback({ id: 'one' }));
    await callbacks.add(callback({ id: 'calling', state: 'calling', nextAt: null }));
    await callbacks.add(callback({ id: 'done', state: 'done', nextAt: null }));
    await callbacks.add(callback({ id: 'mine', queueId: null, agentId: 'anna' }));
    await callbacks.add(callback({ id: 'theirs', queueId: null, agentId: 'boris' }));
    expect([await callbacks.add(callback({ id: 'third' }), 2), await callbacks.get('third')]).toEqual([false, null]);
    expect(await callbacks.add(callback({ id: 'third' }), 3)).toBe(true);
    const takenOver = (each: Callback) => ({ ...each, queueId: null, agentId: 'anna' });
    expect(await callbacks.move('one', takenOver, 1)).toBe('tooMany');
    expect(await callbacks.get('one')).toMatchObject({ queueId: 'sales', seq: 1 });
    expect(await callbacks.move('mine', (each) => ({ ...each, name: 'Vera' }), 1)).toMatchObject({ name: 'Vera' });
    expect(await callbacks.move('one', takenOver, 2)).toMatchObject({ queueId: null, agentId: 'anna' });
  });

  test('of many who want the last places in the same instant as many get one as there are', async () => {
    const { callbacks, configuration } = database;
    await configuration.saveQueue({ ...QUEUE, id: 'sales' });
    const ids = Array.from({ length: 8 }, (_, each) => `c${each}`);
    const added = await Promise.all(ids.map((id) => callbacks.add(callback({ id }), 3)));
    expect(added.filter((each) => each)).toHaveLength(3);
    expect(await callbacks.list(ALL)).toHaveLength(3);
  });

  test('that its agent cannot be had is told as such, once', async () => {
    const { callbacks } = database;
    const told: string[] = [];
    callbacks.onEvent(({ type }) => told.push(type));
    await callbacks.add(callback({ queueId: null, agentId: 'anna' }));
    await callbacks.change('cb1', (each) => ({ ...each, overdueSince: 1 }));
    await callbacks.change('cb1', (each) => ({ ...each, agentId: 'boris', overdueSince: null }));
    expect(told).toEqual(['callback.scheduled', 'callback.overdue', 'callback.changed']);
  });

  test('figures of a period are read page by page, each callback once', async () => {
    const { callbacks } = database;
    const minute = (each: number) => ({ id: `c${each}`, dueAt: DUE_AT + (each % 3) });
    for (let each = 0; each < 7; each += 1) await callbacks.add(callback(minute(each)));
    const done = await callbacks.change('c1', (each) => begun(each, 'call-1', DUE_AT + 120_000));
    await callbacks.change('c1', (each) => ({ ...each, state: 'done' }));
    const pages: string[][] = [];
    let after = { dueAt: DUE_AT, id: '' };
    for (let page = await callbacks.page(after, DUE_AT + 2, 2); page.length > 0; ) {
      pages.push(page.map(({ id }) => id));
      after = page.at(-1) ?? after;
      page = await callbacks.page(after, DUE_AT + 2, 2);
    }
    expect(pages).toEqual([['c0', 'c3'], ['c6', 'c1'], ['c4']]);
    expect(done?.attempts).toHaveLength(1);
    const query = { since: DUE_AT, until: DUE_AT + 2, queueId: null, onTimeMs: 60_000 };
    expect(await statisticsOf(callbacks, query)).toMatchObject({
      ...{ scheduled: 5, open: 4, done: 1, doneOnTime: 0, attempts: 1, medianDelayMs: 119_999 },
      byQueue: [{ id: 'sales', scheduled: 5 }],
    });
  });

  test('of two who want the same attempt one gets it', async () => {
    const { callbacks } = database;
    await callbacks.add(callback());
    const attempts = ['call-1', 'call-2'].map((callId) =>
      callbacks.change('cb1', (each) => (each.state === 'scheduled' ? begun(each, callId, DUE_AT) : each)),
    );
    const [one, other] = await Promise.all(attempts);
    expect(one?.attempts).toEqual(other?.attempts);
    expect(one?.attempts).toHaveLength(1);
  });

  test('an agent sees the own ones and those of the own queues', async () => {
    const { callbacks } = database;
    await callbacks.add(callback({ id: 'queue', createdBy: 'boris' }));
    await callbacks.add(callback({ id: 'mine', queueId: null, agentId: 'anna', createdBy: 'boris' }));
    await callbacks.add(callback({ id: 'made', queueId: 'support', createdBy: 'anna' }));
    await callbacks.add(callback({ id: 'theirs', queueId: null, agentId: 'boris', createdBy: 'boris' }));
    const visible = await callbacks.list({ ...ALL, visibleTo: { agentId: 'anna', queueIds: ['sales'] } });
    expect(visible.map(({ id }) => id).sort()).toEqual(['made', 'mine', 'queue']);
    expect(await callbacks.list(ALL)).toHaveLength(4);
  });
});
