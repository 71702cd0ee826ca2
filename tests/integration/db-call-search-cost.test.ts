/** Every search goes along an index and reads no more than a page, whatever lies before and behind it: asked of the databases. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import type { CallFilter } from '../../src/app/history/filter.js';
import { connect } from '../../src/db/connection.js';
import { openDatabase } from '../../src/db/database.js';
import { CallSearch } from '../../src/db/history-search.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';

/** One call a second; each fifth has another agent and number. */
const CALLS = 30_000;
const ALL: CallFilter = { agentId: null, since: 0, until: CALLS, limit: 20 };
const LONG_MS = 60_000;

const SERIES = `WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n < ${CALLS - 1})`;
const FILL_CALLS = `INSERT INTO calls (id, direction, from_number, from_name, dialled, queue_id, agent_id, started_at, outcome,
 talked_ms, live) ${SERIES} SELECT 'call-' || n, 'inbound', '+7495' || (n % 5000), '', '800', 'queue-' || (n % 7),
 'agent-' || (n % 50), n, CASE WHEN n % 100 = 0 THEN 'lost' ELSE 'answered' END, n % 90000, 0 FROM series`;
const FILL_LEGS = `INSERT INTO call_legs (call_id, leg_id, role, agent_id, number, name, started_at, answered_at, left_at, cause,
 call_started_at) ${SERIES} SELECT 'call-' || n, 'leg-' || n, 'agent', 'agent-' || (n % 50), '' || (100 + n % 50), '', n, n, n, 16, n
 FROM series`;

const FILL_TAGS = `INSERT INTO call_tags (call_id, tag, agent_id, at, call_started_at) ${SERIES}
 SELECT 'call-' || n, CASE WHEN n % 500 = 3 THEN 'complaint' ELSE 'seen' END, 'agent-1', n, n FROM series`;

const SEARCHES: readonly (readonly [string, Partial<CallFilter>, readonly string[]])[] = [
  ['all calls', {}, ['started_at']],
  ['the next page', { after: 'call-15000' }, ['started_at']],
  ['an agent', { agentId: 'agent-3' }, ['calls_of_agent', 'call_legs_of_agent']],
  ['an agent, the next page', { agentId: 'agent-3', after: 'call-20003' }, ['calls_of_agent', 'call_legs_of_agent']],
  ['a number', { number: '+7495123' }, ['calls_from_number', 'calls_dialled', 'call_legs_of_number']],
  ['a prefix', { number: '+749512*' }, ['calls_from_number', 'calls_dialled', 'call_legs_of_number']],
  ['a number and an agent', { number: '+7495123', agentId: 'agent-23' }, ['calls_from_number', 'call_legs_of_number']],
  ['a common number and an agent', { number: '800', agentId: 'agent-3' }, ['calls_of_agent', 'call_legs_of_agent']],
  ['a common prefix', { number: '+7*' }, ['started_at']],
  ['a queue', { queueId: 'queue-3' }, ['calls_of_queue']],
  ['a tag', { tag: 'complaint' }, ['call_tags_of_tag']],
  ['a common tag, the next page', { tag: 'seen', after: 'call-15000' }, ['call_tags_of_tag']],
  ['a tag and an agent', { tag: 'complaint', agentId: 'agent-3' }, ['call_tags_of_tag']],
  ['a tag and a number', { tag: 'seen', number: '+7495123' }, ['calls_from_number']],
  ['an outcome', { outcome: 'lost' }, ['calls_of_outcome']],
];

describe.each(databaseKinds())('the cost of searching calls on $name', ({ name, create }) => {
  let place: TestDatabase;
  let knex: Knex;
  beforeAll(async () => {
    place = await create();
    const database = await openDatabase({ url: place.url }, quietLog);
    await database.close();
    knex = connect(place.url, quietLog).knex;
    await knex.raw(FILL_CALLS);
    await knex.raw(FILL_LEGS);
    await knex.raw(FILL_TAGS);
    // PostgreSQL learns by itself what its tables hold, in its own time; SQLite is never told.
    if (name === 'PostgreSQL') await knex.raw('VACUUM ANALYZE calls, call_legs, call_tags');
  }, LONG_MS);
  afterAll(async () => {
    await knex.destroy();
    await place.remove();
  });

  test.each(SEARCHES)('%s', async (_what, filter, indexes) => {
    const search = new CallSearch(knex);
    const query = await search.queryOf({ ...ALL, ...filter });
    if (name === 'SQLite') {
      const plan = await sqlitePlan(query);
      for (const index of indexes) expect(plan.join('\n')).toContain(index);
      expect(plan.filter((detail) => /^SCAN [clt]\b/.test(detail))).toEqual([]);
    } else {
      // It weighs what it knows of the data: which index is its choice, how much it reads for nothing is not.
      const { lines, passedOver } = await postgresPlan(query);
      expect(lines.filter((line) => line.includes('Seq Scan'))).toEqual([]);
      expect(passedOver).toBeLessThan(CALLS / 10);
    }
    expect(await search.find({ ...ALL, ...filter })).not.toHaveLength(0);
  });

  type Asked = Awaited<ReturnType<CallSearch['queryOf']>>;

  async function sqlitePlan(query: Asked): Promise<readonly string[]> {
    const rows: { detail: string }[] = await knex.raw(`EXPLAIN QUERY PLAN ${query?.sql}`, [...(query?.values ?? [])]);
    return rows.map(({ detail }) => detail);
  }

  async function postgresPlan(query: Asked) {
    const { rows } = await knex.raw(`EXPLAIN (ANALYZE, TIMING OFF) ${query?.sql}`, [...(query?.values ?? [])]);
    const lines: string[] = rows.map((row: Record<string, string>) => row['QUERY PLAN']);
    const removed = lines.map((line) => Number(/Rows Removed by Filter: (\d+)/.exec(line)?.[1] ?? 0));
    return { lines, passedOver: removed.reduce((sum, rows) => sum + rows, 0) };
  }
});
