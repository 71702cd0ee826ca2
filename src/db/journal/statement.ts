/** A parameterised statement, and what runs several of them as one: the seam between the journal and the two databases. */

export type Value = string | number | null;

export interface Statement {
  /** With `?` for each value. From a small, fixed set of texts, so each is prepared once. */
  readonly sql: string;
  readonly values: readonly Value[];
}

export interface Link {
  /** Runs all or none, in order, durably; resolves to the number of rows each returned. Rejects with what the database said. */
  run(statements: readonly Statement[]): Promise<readonly number[]>;
  close(): Promise<void>;
}

/** Rows in one INSERT at most: bounds the number of statement texts, and SQLite's number of values. */
const ROWS_AT_MOST = 16;

/** INSERTs of many rows: `head` up to VALUES, `tail` what follows the rows. All rows are equally long. */
export function insertRows(head: string, rows: readonly (readonly Value[])[], tail: string): Statement[] {
  const statements: Statement[] = [];
  for (let from = 0; from < rows.length; from += ROWS_AT_MOST) {
    const some = rows.slice(from, from + ROWS_AT_MOST);
    const width = some[0]?.length ?? 0;
    const row = `(${Array(width).fill('?').join(',')})`;
    statements.push({ sql: `${head} VALUES ${Array(some.length).fill(row).join(',')} ${tail}`, values: some.flat() });
  }
  return statements;
}

/** Why a write failed, in the terms the writer acts on. */
export class WriteFailure extends Error {
  constructor(
    /**
     * away: the database is locked, full or gone, try again. torn: the connection was lost in mid-write, so it may have been
     * written. duplicate: a row is there already. refused: this will never work.
     */
    readonly kind: 'away' | 'torn' | 'duplicate' | 'refused',
    override readonly cause: Error,
  ) {
    super(`${kind}: ${cause.message}`);
  }
}

/** Nothing more can be taken in, or the journal closed before the database came back. */
export class DatabaseUnavailable extends Error {
  readonly code = 'databaseUnavailable';
  constructor(reason: string) {
    super(`The database is unavailable: ${reason}`);
  }
}
