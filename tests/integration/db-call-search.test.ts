/** Legs of calls as rows, and searching past calls by number, agent, queue and the rest, page by page. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { CallFilter } from '../../src/app/history/filter.js';
import type { JournalEntry } from '../../src/app/ports.js';
import type { CallEventBody } from '../../src/core/call/event.js';
import { connect } from '../../src/db/connection.js';
import { type Database, openDatabase } from '../../src/db/database.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';
import {
  agentEntry,
  answered,
  callEntry,
  calledIn,
  ended,
  left,
  offerFailed,
  queued,
  rung,
  tagged,
  untagged,
} from '../support/journal-entries.js';

const T = 1_700_000_000_000;
const ALL: CallFilter = { agentId: null, since: 0, until: T + 1_000_000, limit: 100 };

describe.each(databaseKinds())('searching calls on $name', ({ create }) => {
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

  const tell = (id: string, seq: number, at: number, ...bodies: CallEventBody[]) =>
    database.journal.append(callEntry(id, seq, at, ...bodies));
  const entry = (id: string, seq: number, at: number, over: boolean, body: CallEventBody) =>
    database.journal.append({ ...callEntry(id, seq, at, body), over } as JournalEntry);
  const found = async (filter: Partial<CallFilter>) =>
    (await database.history.calls({ ...ALL, ...filter })).map(({ id }) => id);
  async function legRows() {
    const { knex } = connect(place.url, quietLog);
    try {
      return await knex('call_legs').orderBy(['call_id', 'leg_id']);
    } finally {
      await knex.destroy();
    }
  }
  const numeric = (rows: readonly Record<string, unknown>[], column: string) =>
    rows.map((row) => (row[column] === null ? null : Number(row[column])));

  /** Missed by anna, taken by boris. */
  async function queueCall(id: string, number: string, at = T, talkedMs = 60_000) {
    await tell(id, 1, at, calledIn(id, number), queued('sales', at), rung(id, 'anna', '101'));
    await tell(id, 4, at + 10, offerFailed('anna', 'sales'), rung(id, 'boris', '102'));
    await tell(id, 6, at + 20, left(`${id}~anna`, 19, 'anna'), ...answered(id, 'boris', 'sales'));
    await tell(id, 9, at + 70_000, left(`${id}~caller`, 16));
    await entry(id, 10, at + 70_001, false, ended('answered', 'sales', 'boris', 20, talkedMs));
    await entry(id, 11, at + 70_002, true, left(`${id}~boris`, 16, 'boris'));
  }

  test('every leg is one row, with its times and cause, the one that nobody answered too', async () => {
    await queueCall('c1', '+74951234567');
    const rows = await legRows();
    expect(rows).toMatchObject([
      {
        call_id: 'c1',
        leg_id: 'c1~anna',
        role: 'agent',
        agent_id: 'anna',
        number: '101',
        answered_at: null,
        cause: 19,
      },
      { call_id: 'c1', leg_id: 'c1~boris', role: 'agent', agent_id: 'boris', number: '102', cause: 16 },
      { call_id: 'c1', leg_id: 'c1~caller', role: 'caller', agent_id: null, number: '+74951234567', cause: 16 },
    ]);
    expect(numeric(rows, 'started_at')).toEqual([T, T + 10, T]);
    expect(numeric(rows, 'answered_at')).toEqual([null, T + 20, T + 20]);
    expect(numeric(rows, 'left_at')).toEqual([T + 20, T + 70_002, T + 70_000]);
    expect(numeric(rows, 'call_started_at')).toEqual([T, T, T]);
  });

  test('a controller that takes a call up after a restart still writes its legs in full', async () => {
    await tell('c1', 1, T, calledIn('c1', '200'), queued('sales', T), rung('c1', 'anna', '101'));
    await tell('c1', 4, T + 5, ...answered('c1', 'anna', 'sales'));
    await database.close();
    database = await openDatabase({ url: place.url }, quietLog);
    await database.history.load();
    await tell('c1', 6, T + 9, left('c1~caller', 16));
    const rows = await legRows();
    expect(rows).toMatchObject([{ leg_id: 'c1~caller', number: '200' }]);
    expect(numeric(rows, 'answered_at')).toEqual([T + 5]);
  });

  test('a bad entry beside it does not lose a leg, nor write it twice', async () => {
    await tell('c1', 1, T, calledIn('c1', '200'), queued('sales', T));
    const results = await Promise.allSettled([
      tell('c1', 2, T, queued('sales', T)),
      tell('c1', 3, T + 9, left('c1~caller', 16)),
      database.journal.append(agentEntry('a', 1, T, { type: 'agent.offered', callId: 'c1' })),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
    expect(await legRows()).toHaveLength(1);
  });

  test('a number finds the calls it made, the calls that dialled it, and the calls where it was rung', async () => {
    await queueCall('c1', '+74951234567');
    await queueCall('c2', '+78121234567', T + 1);
    await tell('live', 1, T + 2, calledIn('live', '+74959999999'));
    expect(await found({ number: '+74951234567' })).toEqual(['c1']);
    expect(await found({ number: '102' })).toEqual(['c2', 'c1']);
    expect(await found({ number: '800' })).toEqual(['live', 'c2', 'c1']);
    expect(await found({ number: '+7495*' })).toEqual(['live', 'c1']);
    expect(await found({ number: '+7495' })).toEqual([]);
    expect(await found({ number: '+74951234567', agentId: 'boris' })).toEqual(['c1']);
    expect(await found({ number: '+74951234567', agentId: 'anna' })).toEqual([]);
  });

  test('a prefix is taken byte by byte, whatever characters it ends in', async () => {
    for (const [index, number] of ['19', '1*', '1#5', '1+', '2', '1'].entries())
      await tell(`c${index}`, 1, T + index, calledIn(`c${index}`, number));
    expect(await found({ number: '1*' })).toEqual(['c5', 'c3', 'c2', 'c1', 'c0']);
    expect(await found({ number: '19*' })).toEqual(['c0']);
    expect(await found({ number: '1**' })).toEqual(['c1']);
    expect(await found({ number: '1#*' })).toEqual(['c2']);
    expect(await found({ number: '1+*' })).toEqual(['c3']);
  });

  test('a prefix that very many calls have finds the same', async () => {
    await Promise.all(
      Array.from({ length: 2_100 }, (_, index) =>
        tell(`m${index}`, 1, T + index, calledIn(`m${index}`, `+7495${index}`)),
      ),
    );
    await queueCall('c1', '+78121234567', T + 5_000);
    expect(await found({ number: '+7*', limit: 3 })).toEqual(['c1', 'm2099', 'm2098']);
    expect(await found({ number: '+7*', agentId: 'boris' })).toEqual(['c1']);
    expect(await found({ number: '+74952*', limit: 1000 })).toHaveLength(1 + 10 + 100 + 100);
  });

  test('an agent’s calls are those the agent spoke in, second or first, or made; each once', async () => {
    await queueCall('c1', '1');
    await tell('made', 1, T + 1, { ...calledIn('made', '103'), agentId: 'carla' } as CallEventBody);
    // Dora comes second, on two phones one after the other.
    await tell('c2', 1, T + 2, calledIn('c2', '5'), queued('sales', T + 2), rung('c2', 'boris'), rung('c2', 'dora'));
    await tell('c2', 5, T + 3, ...answered('c2', 'boris', 'sales'), ...answered('c2', 'dora', 'sales'));
    const again = rung('c2', 'dora') as CallEventBody & { type: 'call.offered' };
    const second = again.legs.map((leg) => ({ ...leg, id: 'c2~dora2' }));
    await tell('c2', 9, T + 4, left('c2~dora', 16, 'dora'), { ...again, legs: second });
    await tell('c2', 11, T + 5, { type: 'leg.answered', legId: 'c2~dora2' }, left('c2~dora2', 16, 'dora'));
    expect(await found({ agentId: 'boris' })).toEqual(['c2', 'c1']);
    expect(await found({ agentId: 'dora', limit: 2 })).toEqual(['c2']);
    expect(await found({ agentId: 'carla' })).toEqual(['made']);
    expect(await found({ agentId: 'anna' })).toEqual([]);
  });

  test('queue, direction, outcome and time in conversation narrow it down', async () => {
    await queueCall('c1', '1', T, 10_000);
    await queueCall('c2', '1', T + 1, 90_000);
    await tell('c3', 1, T + 2, calledIn('c3', '2'), queued('service', T), ended('abandoned', 'service', null, 9, 0));
    expect(await found({ queueId: 'sales' })).toEqual(['c2', 'c1']);
    expect(await found({ minTalkedMs: 60_000 })).toEqual(['c2']);
    expect(await found({ outcome: 'abandoned' })).toEqual(['c3']);
    expect(await found({ outcome: 'answered', queueId: 'sales', agentId: 'boris', number: '1' })).toEqual(['c2', 'c1']);
    expect(await found({ direction: 'outbound' })).toEqual([]);
    expect(await found({ since: T + 1, until: T + 2 })).toEqual(['c2']);
  });

  test('a tag finds the calls that were given it, each once, with whatever else is asked', async () => {
    await queueCall('c1', '1');
    await queueCall('c2', '2', T + 1);
    await tell('c3', 1, T + 2, calledIn('c3', '1'), tagged('complaint', 'anna'), tagged('Жалоба 😀', 'anna'));
    await tell('c1', 12, T + 80_000, tagged('complaint', 'boris'));
    await tell('c1', 13, T + 80_001, tagged('complaint', 'anna'));
    expect(await found({ tag: 'complaint' })).toEqual(['c3', 'c1']);
    expect(await found({ tag: 'Жалоба 😀' })).toEqual(['c3']);
    expect(await found({ tag: 'complain' })).toEqual([]);
    expect(await found({ tag: 'complaint', agentId: 'boris' })).toEqual(['c1']);
    expect(await found({ tag: 'complaint', number: '1*' })).toEqual(['c3', 'c1']);
    expect(await found({ tag: 'complaint', number: '102' })).toEqual(['c1']);
    expect(await found({ tag: 'complaint', outcome: 'answered' })).toEqual(['c1']);
    expect(await found({ tag: 'complaint', limit: 1, after: 'c3' })).toEqual(['c1']);
    expect(await found({ tag: 'complaint', since: T + 1 })).toEqual(['c3']);
    // Given and taken off in one breath, taken off and given again; and never given.
    await tell('c1', 14, T + 80_002, untagged('complaint', 'anna'), tagged('sale', 'anna'), untagged('sale', 'anna'));
    await tell('c2', 14, T + 80_003, untagged('complaint', 'anna'));
    expect(await found({ tag: 'complaint' })).toEqual(['c3']);
    expect(await found({ tag: 'sale' })).toEqual([]);
    await tell(
      'c1',
      17,
      T + 80_004,
      tagged('complaint', 'anna'),
      untagged('complaint', 'anna'),
      tagged('complaint', 'b'),
    );
    expect(await found({ tag: 'complaint' })).toEqual(['c3', 'c1']);
  });

  test('pages follow one another without gap or repeat, though many calls started at the same instant', async () => {
    const ids = Array.from({ length: 25 }, (_, index) => `c${String(index).padStart(2, '0')}`);
    for (const [index, id] of ids.entries()) await queueCall(id, '7', T + Math.floor(index / 10));
    const whole = [...ids].reverse();
    for (const filter of [{}, { agentId: 'boris' }, { number: '7' }, { number: '7*', agentId: 'boris' }]) {
      const read: string[] = [];
      for (;;) {
        const page = await found({ ...filter, limit: 4, ...(read.length === 0 ? {} : { after: read.at(-1) }) });
        read.push(...page);
        if (page.length < 4) break;
      }
      expect(read).toEqual(whole);
    }
    expect(await found({ after: 'no such call' })).toEqual([]);
  });

  test('one call is answered with its events in order', async () => {
    await queueCall('c1', '1');
    const call = await database.history.call('c1');
    expect(call?.record).toMatchObject({ id: 'c1', agentId: 'boris', outcome: 'answered' });
    expect(call?.events.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(await database.history.call('none')).toBeNull();
  });
});
