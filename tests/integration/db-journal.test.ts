/** The journal on real databases: order, one transaction for many, claims, and what a restart finds. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Database, openDatabase } from '../../src/db/database.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';
import {
  agentEntry,
  agentState,
  callEntry,
  connected,
  ended,
  offerFailed,
  queued,
  started,
} from '../support/journal-entries.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const T = 1_700_000_000_000;

describe.each(databaseKinds())('the journal on $name', ({ create }) => {
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
  const reopen = async () => {
    await database.close();
    database = await openDatabase({ url: place.url }, quietLog);
  };
  const claim = (agent: string, call: string, now: number, expiresAt: number) =>
    database.journal.claim(agent, call, now, expiresAt);

  test('a restart finds the live calls event by event, and the agents as they were', async () => {
    const entries = [
      callEntry('c2', 1, T + 1, started, queued('q', T + 1)),
      callEntry('c1', 1, T, started),
      callEntry('c1', 2, T + 2, queued('q', T + 2), { type: 'leg.ringing', legId: 'l' }),
      callEntry('gone', 1, T, started, ended('abandoned', 'q', null, 5, 0)),
    ];
    await Promise.all([
      ...entries.map((entry) => database.journal.append(entry)),
      database.journal.append(agentEntry('a', 1, T, { type: 'agent.offered', callId: 'c1' })),
      database.journal.append(agentEntry('a', 2, T, { type: 'agent.engaged', callId: 'c1', counted: true })),
    ]);
    await reopen();
    const { liveCalls, agents } = await database.history.load();
    expect(liveCalls).toEqual([
      { id: 'c1', events: [...(entries[1]?.events ?? []), ...(entries[2]?.events ?? [])] },
      { id: 'c2', events: entries[0]?.events },
    ]);
    expect(agents).toEqual([agentState('a', 2)]);
  });

  test('a thousand calls handed in at once are all written, far more than fit in one statement', async () => {
    const ids = Array.from({ length: 1000 }, (_, index) => `c${String(index).padStart(4, '0')}`);
    await Promise.all(ids.map((id) => database.journal.append(callEntry(id, 1, T, started, queued('q', T)))));
    const { liveCalls } = await database.history.load();
    expect(liveCalls.map((call) => call.id)).toEqual(ids);
    expect(liveCalls.every((call) => call.events.length === 2)).toBe(true);
  });

  test('writes are confirmed in the order they were handed in', async () => {
    const order: number[] = [];
    const append = (n: number) => database.journal.append(callEntry('c', n, T, { type: 'leg.ringing', legId: 'l' }));
    await Promise.all([1, 2, 3, 4, 5].map((n) => append(n).then(() => order.push(n))));
    expect(order).toEqual([1, 2, 3, 4, 5]);
  });

  test('an entry that cannot be written is refused alone, and leaves no half behind', async () => {
    await database.journal.append(callEntry('c', 1, T, started));
    const results = await Promise.allSettled([
      database.journal.append(callEntry('before', 1, T, started)),
      database.journal.append(callEntry('c', 1, T, started, queued('q', T))),
      claim('a', 'c', T, T + 1),
      database.journal.append(callEntry('after', 1, T, started)),
    ]);
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    const { liveCalls } = await database.history.load();
    expect(liveCalls.map((call) => [call.id, call.events.length]).sort()).toEqual([
      ['after', 1],
      ['before', 1],
      ['c', 1],
    ]);
  });

  test('drain returns when what was handed in before is written', async () => {
    const written = database.journal.append(callEntry('c', 1, T, started));
    await database.journal.drain();
    expect((await database.history.load()).liveCalls).toHaveLength(1);
    await written;
  });

  test('of two calls that want one agent at once, the first gets the agent', async () => {
    expect(await Promise.all([claim('a', 'c1', T, T + 100), claim('a', 'c2', T, T + 100)])).toEqual([true, false]);
    expect(await claim('a', 'c2', T + 99, T + 200)).toBe(false);
  });

  test('two controllers that want one agent at once: exactly one gets the agent', async () => {
    const other = await openDatabase({ url: place.url }, quietLog);
    for (let round = 0; round < 20; round += 1) {
      const taken = await Promise.all([
        claim(`a${round}`, 'c1', T, T + 100),
        other.journal.claim(`a${round}`, 'c2', T, T + 100),
      ]);
      expect(taken.filter(Boolean)).toHaveLength(1);
    }
    await other.close();
  });

  test('an expired claim stands in nobody’s way; the same call may claim again', async () => {
    expect(await claim('a', 'c1', T, T + 100)).toBe(true);
    expect(await claim('a', 'c1', T + 50, T + 150)).toBe(true);
    expect(await claim('a', 'c2', T + 120, T + 300)).toBe(false);
    expect(await claim('a', 'c2', T + 150, T + 300)).toBe(true);
  });

  test('only the call that holds the claim gives it back', async () => {
    await claim('a', 'c1', T, T + 100);
    await database.journal.release('a', 'c2');
    expect(await claim('a', 'c2', T, T + 100)).toBe(false);
    await database.journal.release('a', 'c1');
    expect(await claim('a', 'c2', T, T + 100)).toBe(true);
  });

  test('a failed offer frees the agent, and a claim handed in right behind it already sees that', async () => {
    await claim('a', 'c1', T, T + 100);
    const failed = database.journal.append(callEntry('c1', 1, T, offerFailed('a', 'q')));
    expect(await claim('a', 'c2', T, T + 100)).toBe(true);
    await failed;
  });

  test('a restart forgets claims of calls that are over, and keeps those of live calls', async () => {
    await database.journal.append(callEntry('live', 1, T, started, queued('q', T)));
    expect(await claim('a', 'live', T, T + DAY_MS)).toBe(true);
    expect(await claim('b', 'over', T, T + DAY_MS)).toBe(true);
    await reopen();
    expect(await claim('a', 'other', T, T + DAY_MS)).toBe(false);
    expect(await claim('b', 'other', T, T + DAY_MS)).toBe(true);
  });

  test('an agent who talks stays claimed past the offer’s expiry, until released', async () => {
    await claim('a', 'c1', T, T + 100);
    await database.journal.append(callEntry('c1', 1, T, connected('a', 'q', 10)));
    expect(await claim('a', 'c2', T + DAY_MS - 1, T + 2 * DAY_MS)).toBe(false);
    await database.journal.append(agentEntry('a', 1, T, { type: 'agent.released', callId: 'c1' }));
    expect(await claim('a', 'c2', T, T + 100)).toBe(true);
  });

  test('the end of a call frees every agent it held, but a leg that leaves frees none', async () => {
    await claim('a', 'c1', T, T + 1000);
    await claim('b', 'c1', T, T + 1000);
    await database.journal.append(callEntry('c1', 1, T, { type: 'leg.left', legId: 'l', cause: 16, agentId: 'a' }));
    expect(await claim('a', 'c2', T, T + 1000)).toBe(false);
    await database.journal.append(callEntry('c1', 2, T, ended('answered', 'q', 'a', 1, 2)));
    expect(await Promise.all([claim('a', 'c2', T, T + 9), claim('b', 'c2', T, T + 9)])).toEqual([true, true]);
  });

  test('nothing is taken in after closing', async () => {
    await database.close();
    await expect(claim('a', 'c1', T, T + 1)).rejects.toMatchObject({ code: 'databaseUnavailable' });
    database = await openDatabase({ url: place.url }, quietLog);
  });

  test('two controllers starting together on a new database both find it migrated', async () => {
    const fresh = await create();
    const both = await Promise.all([1, 2].map(() => openDatabase({ url: fresh.url }, quietLog)));
    for (const one of both) {
      expect((await one.configuration.load()).statuses).toHaveLength(6);
      await one.close();
    }
    await fresh.remove();
  });
});
