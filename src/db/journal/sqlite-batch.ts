/**
 * Why one statement for everything: each call into SQLite's thread costs more processor time than a small INSERT itself, and
 * each bound value costs again. So the journal's statements are compiled, once a connection, into triggers of a temporary
 * view. One INSERT into the view, whose only parameter is a JSON array of rows `[which statement, …its values]`, runs them row
 * by row, in order, in one call, as one transaction; values are data all the way and never part of a statement's text.
 */
import { HOLD_LEASE, SQL, type StatementName } from './sql.js';
import type { Statement } from './statement.js';

const TEXTS: Readonly<Record<StatementName, string>> = { ...SQL, holdLease: HOLD_LEASE.sqlite };
const NAMES = Object.keys(TEXTS) as StatementName[];
const NUMBER_OF = new Map<StatementName, number>(NAMES.map((name, index) => [name, index]));

/** To run once on the writing connection, when the schema is there. */
export const PREPARE_BATCH = [
  'CREATE TEMP VIEW batch AS SELECT NULL AS statement, NULL AS given',
  ...NAMES.map(triggerOf),
].join(';\n');

function triggerOf(name: StatementName): string {
  let position = 0;
  const body = TEXTS[name].replaceAll('?', () => {
    position += 1;
    return `(NEW.given ->> ${position})`;
  });
  return `CREATE TEMP TRIGGER batch_${name} INSTEAD OF INSERT ON batch WHEN NEW.statement = ${NUMBER_OF.get(name)}
 BEGIN ${body}; END`;
}

export const RUN_BATCH = 'INSERT INTO batch SELECT value ->> 0, value FROM json_each(?)';

/** Returns after each row, before the next: a claim succeeded if it is now this call's. */
export const RUN_BATCH_WITH_CLAIMS = `${RUN_BATCH} RETURNING statement = ${NUMBER_OF.get('takeClaim')} AS claim,
 EXISTS (SELECT 1 FROM claims WHERE agent_id = given ->> 1 AND call_id = given ->> 2) AS taken`;

/** The parameter. */
export function batchOf(statements: readonly Statement[]): string {
  return JSON.stringify(statements.map(({ name, values }) => [NUMBER_OF.get(name), ...values]));
}
