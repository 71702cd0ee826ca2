/**
 * Why one statement for everything: each call into SQLite's thread costs some 55 µs of processor time, ten times what a small
 * INSERT itself takes. So the journal's statements are compiled, once a connection, into triggers of a temporary view: an
 * INSERT of many rows into the view (which statement, its values) runs them row by row, in order, in one call, as one
 * transaction, with every value bound as a parameter.
 */
import { SQL, type StatementName } from './sql.js';
import type { Statement, Value } from './statement.js';

const NAMES = Object.keys(SQL) as StatementName[];
const NUMBER_OF = new Map<StatementName, number>(NAMES.map((name, index) => [name, index]));
const WIDTH = Math.max(...Object.values(SQL).map((sql) => sql.split('?').length - 1));
const COLUMNS = Array.from({ length: WIDTH }, (_, index) => `v${index + 1}`);

/** Rows in one INSERT; more are several INSERTs between BEGIN and COMMIT. Bounds how many texts are prepared. */
export const ROWS_AT_MOST = 64;

/** To run once on the writing connection, when the schema is there. */
export const PREPARE_BATCH = [
  `CREATE TEMP VIEW batch AS SELECT NULL AS statement, ${COLUMNS.map((column) => `NULL AS ${column}`).join(', ')}`,
  ...NAMES.map(triggerOf),
].join(';\n');

function triggerOf(name: StatementName): string {
  let position = 0;
  const body = SQL[name].replaceAll('?', () => {
    position += 1;
    return `NEW.v${position}`;
  });
  return `CREATE TEMP TRIGGER batch_${name} INSTEAD OF INSERT ON batch WHEN NEW.statement = ${NUMBER_OF.get(name)}
 BEGIN ${body}; END`;
}

/** After its own row, before the next: a claim succeeded if it is now this call's. */
const TAKEN = `RETURNING statement = ${NUMBER_OF.get('takeClaim')} AS claim,
 EXISTS (SELECT 1 FROM claims WHERE agent_id = v1 AND call_id = v2) AS taken`;

export interface Batch {
  readonly sql: string;
  readonly values: readonly Value[];
}

/** One INSERT for at most ROWS_AT_MOST statements. */
export function batchOf(statements: readonly Statement[]): Batch {
  const row = `(?${',?'.repeat(WIDTH)})`;
  const values: Value[] = [];
  for (const statement of statements) {
    values.push(NUMBER_OF.get(statement.name) ?? null, ...statement.values);
    for (let missing = statement.values.length; missing < WIDTH; missing += 1) values.push(null);
  }
  const claims = statements.some((statement) => statement.name === 'takeClaim');
  return {
    sql: `INSERT INTO batch VALUES ${Array(statements.length).fill(row).join(',')}${claims ? ` ${TAKEN}` : ''}`,
    values,
  };
}

export function batchesOf(statements: readonly Statement[]): readonly Batch[] {
  const batches: Batch[] = [];
  for (let from = 0; from < statements.length; from += ROWS_AT_MOST)
    batches.push(batchOf(statements.slice(from, from + ROWS_AT_MOST)));
  return batches;
}
