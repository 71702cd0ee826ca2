/**
 * Writes to SQLite beneath knex: prepared statements on one connection that nothing else uses. A statement alone commits by
 * itself; several are handed to SQLite's thread in one go between BEGIN and COMMIT, without waiting for each in turn.
 */
import type sqlite3 from 'sqlite3';
import { type Link, type Statement, type Value, WriteFailure } from './statement.js';

/** What an in-memory database must share with its readers; a file has a connection for writing alone. */
export interface SqliteLease {
  take(): Promise<sqlite3.Database>;
  giveBack(connection: sqlite3.Database): Promise<void>;
}

/** Locked, out of space or torn away: worth another try. */
const AWAY = new Set([
  'SQLITE_BUSY',
  'SQLITE_LOCKED',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_CANTOPEN',
  'SQLITE_NOMEM',
]);

export class SqliteLink implements Link {
  readonly #lease: SqliteLease;
  readonly #prepared = new Map<string, sqlite3.Statement>();
  #preparedOn: sqlite3.Database | null = null;

  constructor(lease: SqliteLease) {
    this.#lease = lease;
  }

  async run(statements: readonly Statement[]): Promise<readonly number[]> {
    const connection = await this.#lease.take();
    if (this.#preparedOn !== connection) {
      this.#prepared.clear();
      this.#preparedOn = connection;
    }
    try {
      return statements.length > 1
        ? await this.#together(connection, statements)
        : await this.#all(connection, statements);
    } catch (error) {
      throw failureOf(error);
    } finally {
      await this.#lease.giveBack(connection);
    }
  }

  async close(): Promise<void> {
    const finalized = [...this.#prepared.values()].map(
      (statement) => new Promise<void>((resolve) => statement.finalize(() => resolve())),
    );
    this.#prepared.clear();
    await Promise.all(finalized);
  }

  async #together(connection: sqlite3.Database, statements: readonly Statement[]): Promise<readonly number[]> {
    try {
      // IMMEDIATE: the lock is taken (or refused) at once, not in the middle of the work.
      const begin = this.#one(connection, 'BEGIN IMMEDIATE', []);
      const [, ...counts] = await settled([
        begin,
        ...statements.map((each) => this.#one(connection, each.sql, each.values)),
      ]);
      await this.#one(connection, 'COMMIT', []);
      return counts;
    } catch (error) {
      await this.#one(connection, 'ROLLBACK', []).catch(() => undefined);
      throw error;
    }
  }

  #all(connection: sqlite3.Database, statements: readonly Statement[]): Promise<readonly number[]> {
    return settled(statements.map((each) => this.#one(connection, each.sql, each.values)));
  }

  #one(connection: sqlite3.Database, sql: string, values: readonly Value[]): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#statement(connection, sql).all(values, (error: Error | null, rows: readonly unknown[] | undefined) => {
        if (error === null) resolve(rows?.length ?? 0);
        else reject(error);
      });
    });
  }

  #statement(connection: sqlite3.Database, sql: string): sqlite3.Statement {
    const known = this.#prepared.get(sql);
    if (known !== undefined) return known;
    const statement = connection.prepare(sql, (error: Error | null) => {
      // It must be prepared anew; whoever runs it is told the error by the run itself.
      if (error !== null) this.#prepared.delete(sql);
    });
    this.#prepared.set(sql, statement);
    return statement;
  }
}

/** Waits for every one, also when the first has failed: only then may the transaction be rolled back. */
async function settled(running: readonly Promise<number>[]): Promise<number[]> {
  const results = await Promise.allSettled(running);
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason;
    return result.value;
  });
}

function failureOf(error: unknown): WriteFailure {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (AWAY.has(code)) return new WriteFailure('away', cause);
  return new WriteFailure(code === 'SQLITE_CONSTRAINT' ? 'duplicate' : 'refused', cause);
}
