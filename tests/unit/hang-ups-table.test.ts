/** The table in docs/hang-ups.md and the acceptance tests tell of the same rows. */
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const TESTS = 'tests/acceptance';
const rowsIn = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, row]) => row ?? '');
const unique = (rows: readonly string[]) => [...new Set(rows)].sort();

test('every row of the table is a test, and every test is a row', () => {
  const table = rowsIn(readFileSync('docs/hang-ups.md', 'utf8'), /^\| ([A-Z]\d+) \|/gm);
  const files = readdirSync(TESTS).filter((name) => name.startsWith('hang-ups') || name === 'line-races.test.ts');
  const tested = files.flatMap((name) => rowsIn(readFileSync(`${TESTS}/${name}`, 'utf8'), /['"]([A-Z]\d+) /g));
  expect(table.length).toBe(new Set(table).size);
  expect(table.length).toBeGreaterThan(50);
  expect(unique(tested)).toEqual(unique(table));
});
