/** Searching among 100 000 contacts reads along indexes and looks at a bounded number of rows: asked of the databases. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Knex } from 'knex';
import { asked } from '../../src/app/contacts/words.js';
import { connect } from '../../src/db/connection.js';
import { byName, ContactSearch, fitting, howCommon, portion, type Statement } from '../../src/db/contact-search.js';
import { openDatabase } from '../../src/db/database.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';

const CONTACTS = 100_000;
const LONG_MS = 120_000;
/** Portions of the index of words that one search may read at most. */
const MOST_PORTIONS = 10;

const SERIES = `WITH RECURSIVE series(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM series WHERE n < ${CONTACTS - 1})`;
/** The first half lives in one town, the second in the other; nobody in both. */
const TOWN = `CASE WHEN n < ${CONTACTS / 2} THEN 'тверь' ELSE 'псков' END`;
const FIRST = "'имя' || (n % 500)";
const LAST = "'фамилия' || (n % 20000)";
const NUMBER = `(79160000000 + n * 37)`;
const DIGITS = `CAST(${NUMBER} AS text)`;
const ENDS = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((from) => `substr(${DIGITS}, ${from})`);
const FILL_CONTACTS = `INSERT INTO contacts (id, name, sort_name, company, email, note, client_code, custom, numbers, manager_id,
 words, version, created_at, updated_at) ${SERIES} SELECT 'c' || n, 'x', ${LAST}, '', '', '', '', '{}',
 '[{"number":"+' || ${DIGITS} || '","label":""}]', NULL,
 ' ' || ${ENDS.join(" || ' ' || ")} || ' ' || ${FIRST} || ' ' || ${LAST} || ' ' || ${TOWN}, 1, 0, 0 FROM series`;
const FILL_WORDS = [...ENDS, FIRST, LAST, TOWN].map(
  (word) => `INSERT INTO contact_words (word, contact_id) ${SERIES} SELECT ${word}, 'c' || n FROM series`,
);
const FILL_GROUP = `INSERT INTO contact_group_members (group_id, sort_name, contact_id) ${SERIES}
 SELECT 'vip', ${LAST}, 'c' || n FROM series WHERE n % 10 = 7`;

const IDS = Array.from({ length: 500 }, (_, index) => `c${index * 7}`);
const STATEMENTS: readonly (readonly [string, Statement, string])[] = [
  ['how common a word is', howCommon('имя'), 'contact_words'],
  ['the first portion', portion('имя', null), 'contact_words'],
  ['the next portion', portion('имя', { word: 'имя17', contactId: 'c5517' }), 'contact_words'],
  ['the other words', fitting(IDS, ['фамилия', 'тверь'], null), 'contacts'],
  ['the group', fitting(IDS, [], 'vip'), 'contact_group_members'],
  ['by name', byName(null, null, 50), 'contacts_by_name'],
  ['by name, the next page', byName(null, { sort_name: 'фамилия5', id: 'c5' }, 50), 'contacts_by_name'],
  ['a group by name', byName('vip', null, 50), 'contact_group_members'],
];

describe.each(databaseKinds())('the cost of searching contacts on $name', ({ name, create }) => {
  let place: TestDatabase;
  let knex: Knex;
  beforeAll(async () => {
    place = await create();
    const database = await openDatabase({ url: place.url }, quietLog);
    await database.close();
    knex = connect(place.url, quietLog).knex;
    for (const fill of [FILL_CONTACTS, ...FILL_WORDS, FILL_GROUP]) await knex.raw(fill);
    if (name === 'PostgreSQL') await knex.raw('VACUUM ANALYZE contacts, contact_words, contact_group_members');
  }, LONG_MS);
  afterAll(async () => {
    await knex.destroy();
    await place.remove();
  });

  test.each(STATEMENTS)('%s goes along an index', async (_what, { sql, values }, index) => {
    if (name === 'SQLite') {
      const rows: { detail: string }[] = await knex.raw(`EXPLAIN QUERY PLAN ${sql}`, [...values]);
      const plan = rows.map(({ detail }) => detail).join('\n');
      expect(plan).toContain(index);
      // A walk along an index in its order, as far as the page is long, is no reading of the whole.
      expect(plan).not.toMatch(/SCAN (?!\(|met)(?!contacts USING INDEX contacts_by_name)|TEMP B-TREE/);
    } else {
      const { rows } = await knex.raw(`EXPLAIN (ANALYZE, TIMING OFF) ${sql}`, [...values]);
      const plan = rows.map((row: Record<string, string>) => row['QUERY PLAN']).join('\n');
      // A group's few pages it may well read as a whole.
      expect(plan).not.toMatch(/Seq Scan on contact(s|_words)\b/);
      const passedOver = [...plan.matchAll(/Rows Removed by Filter: (\d+)/g)].map(([, count]) => Number(count));
      expect(Math.max(0, ...passedOver)).toBeLessThanOrEqual(IDS.length);
    }
  });

  const LIMIT = 50;
  const SEARCHES: readonly (readonly [string, number, number])[] = [
    // What is typed, how many are answered, how many portions are read at most.
    ['и', LIMIT, 1],
    ['фамилия123', LIMIT, 1],
    ['имя7 фамилия', LIMIT, 1],
    ['имя7 тверь', LIMIT, 4],
    ['фамилия19999 имя499', 5, 1],
    ['916', LIMIT, 1],
    ['+7 (916) 000-00-37', 1, 1],
    ['0000037', 1, 2],
    ['тверь псков', 0, MOST_PORTIONS],
    ['нет такого', 0, 1],
  ];

  test.each(SEARCHES)('%s: %i found, %i portions', async (typed, answered, portions) => {
    const read: string[] = [];
    const note = ({ sql }: { sql: string }) => void read.push(sql);
    knex.on('query', note);
    const search = new ContactSearch(knex);
    const startedAt = performance.now();
    const page = await search.find({ words: asked(typed), groupId: null, after: null, limit: LIMIT });
    const ms = performance.now() - startedAt;
    knex.off('query', note);
    if (process.env.RINGMASTER_TEST_LOG) process.stderr.write(`${name} "${typed}": ${ms.toFixed(1)} ms\n`);
    expect(page.contacts).toHaveLength(answered);
    expect(read.filter((sql) => sql.includes('ORDER BY word')).length).toBeLessThanOrEqual(portions);
    expect(read.length).toBeLessThanOrEqual(2 * portions + 6);
    // Broken off, rather than searched to the end: it says so.
    expect(page.more).toBe(answered === LIMIT || portions === MOST_PORTIONS);
  });
});
