/** Finding the callbacks that are due costs the same, however many are scheduled for later or are over: asked of the databases. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { StoredCallbacks } from '../../src/db/callbacks.js';
import { connect } from '../../src/db/connection.js';
import { openDatabase } from '../../src/db/database.js';
import { Tenure } from '../../src/db/tenure.js';
import { callback, DUE_AT } from '../support/callback-scene.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';

const SCHEDULED = 100_000;
const LONG_MS = 120_000;
const PRIORITIES = ['high', 'medium', 'low'] as const;

/** One a second from an hour on, and as many that are over. */
const FILL = `INSERT INTO callbacks (id, number, queue_id, created_by, due_at, state, next_at, urgency, lane, data)
 WITH RECURSIVE series(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM series WHERE n < ${2 * SCHEDULED})
 SELECT 'filler-' || n, '7916' || n, 'sales', 'anna', ${DUE_AT} + (n % ${SCHEDULED}) * 1000 + 3600000,
 CASE WHEN n <= ${SCHEDULED} THEN 'scheduled' ELSE 'done' END,
 CASE WHEN n <= ${SCHEDULED} THEN ${DUE_AT} + n * 1000 + 3600000 END, n % 3, 'queue:sales medium', '{}' FROM series`;

describe.each(databaseKinds())('on $name, with a hundred thousand scheduled', ({ name, create }) => {
  let place: TestDatabase;
  let knex: Knex;
  let callbacks: StoredCallbacks;
  beforeAll(async () => {
    place = await create();
    await (await openDatabase({ url: place.url }, quietLog)).close();
    knex = connect(place.url, quietLog).knex;
    callbacks = new StoredCallbacks(knex, async () => undefined, new Tenure());
    await knex.raw(FILL);
    for (let each = 0; each < 12; each += 1)
      await callbacks.add(
        callback({ id: `due-${each}`, priority: PRIORITIES[each % 3] ?? 'low', nextAt: DUE_AT - each }),
      );
    if (name === 'PostgreSQL') await knex.raw('VACUUM ANALYZE callbacks');
  }, LONG_MS);
  afterAll(async () => {
    await knex.destroy();
    await place.remove();
  });

  test('those that are due are found, and no others are read', async () => {
    const query = () => callbacks.dueQuery(DUE_AT, 100, ['queue:none medium']);
    expect(await callbacks.due(DUE_AT, 100, ['queue:none medium'])).toHaveLength(12);
    const plan = await planOf(query());
    if (name === 'SQLite') {
      const reads = plan.filter((line) => line.includes(' callbacks'));
      expect(reads).toHaveLength(3);
      for (const line of reads) expect(line).toMatch(/SEARCH callbacks USING INDEX callbacks_by_urgency .*next_at/);
    } else expect(rowsRead(plan)).toBeLessThanOrEqual(12 * 6);
  });

  test('when the next one is due is read from an index', async () => {
    expect(await callbacks.nextDueAt()).toBe(DUE_AT - 11);
    const plan = await planOf(knex('callbacks').where({ state: 'scheduled' }).min('next_at'));
    if (name === 'SQLite') expect(plan.join('\n')).toMatch(/callbacks USING (COVERING )?INDEX callbacks_due/);
    else expect(rowsRead(plan)).toBeLessThanOrEqual(10);
  });

  async function planOf(query: Knex.QueryBuilder): Promise<readonly string[]> {
    const { sql, bindings } = query.toSQL().toNative();
    if (name === 'SQLite') {
      const rows: { detail: string }[] = await knex.raw(`EXPLAIN QUERY PLAN ${sql}`, [...bindings]);
      return rows.map(({ detail }) => detail);
    }
    const { rows } = await knex.raw(`EXPLAIN (ANALYZE, TIMING OFF) ${query.toQuery()}`);
    return rows.map((row: Record<string, string>) => row['QUERY PLAN'] ?? '');
  }

  /** By all steps of the plan together, and passed over. */
  function rowsRead(plan: readonly string[]): number {
    const of = (line: string) =>
      Number(/actual rows=([\d.]+)/.exec(line)?.[1] ?? 0) + Number(/Removed by Filter: (\d+)/.exec(line)?.[1] ?? 0);
    return plan.reduce((sum, line) => sum + of(line), 0);
  }
});
