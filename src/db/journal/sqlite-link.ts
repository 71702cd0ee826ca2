/** Writes to SQLite beneath knex: one connection, and a transaction is a single call into SQLite's thread (see sqlite-batch.ts). */
import type sqlite3 from 'sqlite3';
import { z } from 'zod';
import { batchOf, PREPARE_BATCH, RUN_BATCH, RUN_BATCH_WITH_CLAIMS } from './sqlite-batch.js';
import { type Link, type Statement, WriteFailure } from './statement.js';

/** What an in-memory database must share with its readers; a file has a connection for writing alone. */
export interface SqliteLease {
  take(): Promise<sqlite3.Database>;
  giveBack(connection: sqlite3.Database): Promise<void>;
}

interface Prepared {
  readonly plain: sqlite3.Statement;
  readonly withClaims: sqlite3.Statement;
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
const returned = z.array(z.object({ claim: z.number(), taken: z.number() }));

export class SqliteLink implements Link {
  readonly #lease: SqliteLease;
  readonly #prepared: Prepared;

  private constructor(lease: SqliteLease, prepared: Prepared) {
    this.#lease = lease;
    this.#prepared = prepared;
  }

  /** When the schema is there. */
  static async open(lease: SqliteLease): Promise<SqliteLink> {
    const connection = await lease.take();
    try {
      await new Promise<void>((resolve, reject) => {
        connection.exec(PREPARE_BATCH, (error: Error | null) => (error === null ? resolve() : reject(error)));
      });
      const plain = await prepare(connection, RUN_BATCH);
      const withClaims = await prepare(connection, RUN_BATCH_WITH_CLAIMS);
      return new SqliteLink(lease, { plain, withClaims });
    } finally {
      await lease.giveBack(connection);
    }
  }

  async run(statements: readonly Statement[]): Promise<readonly boolean[]> {
    const connection = await this.#lease.take();
    try {
      const claims = statements.some((statement) => statement.name === 'takeClaim');
      return claims ? await this.#runWithClaims(statements) : await this.#runPlain(statements);
    } catch (error) {
      throw failureOf(error);
    } finally {
      await this.#lease.giveBack(connection);
    }
  }

  /** SQLite always says whether it has committed, so the question does not arise. */
  holds(): Promise<boolean> {
    return Promise.resolve(false);
  }

  async close(): Promise<void> {
    for (const statement of [this.#prepared.plain, this.#prepared.withClaims])
      await new Promise<void>((resolve) => {
        statement.finalize(() => resolve());
      });
  }

  #runPlain(statements: readonly Statement[]): Promise<readonly boolean[]> {
    return new Promise((resolve, reject) => {
      this.#prepared.plain.run(batchOf(statements), (error: Error | null) => {
        if (error === null) resolve([]);
        else reject(error);
      });
    });
  }

  #runWithClaims(statements: readonly Statement[]): Promise<readonly boolean[]> {
    return new Promise((resolve, reject) => {
      this.#prepared.withClaims.all(batchOf(statements), (error: Error | null, rows: unknown) => {
        if (error === null) resolve(claimsIn(rows));
        else reject(error);
      });
    });
  }
}

function prepare(connection: sqlite3.Database, sql: string): Promise<sqlite3.Statement> {
  return new Promise((resolve, reject) => {
    const statement = connection.prepare(sql, (error: Error | null) => {
      if (error === null) resolve(statement);
      else reject(error);
    });
  });
}

function claimsIn(rows: unknown): readonly boolean[] {
  return returned
    .parse(rows)
    .filter((row) => row.claim === 1)
    .map((row) => row.taken === 1);
}

function failureOf(error: unknown): WriteFailure {
  const cause = error instanceof Error ? error : new Error(String(error));
  // Asked of the error as it came: a native module's errors need not be instances of this realm's Error.
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (AWAY.has(code)) return new WriteFailure('away', cause);
  // SQLite gives what a trigger raises no code of its own.
  if (cause.message.endsWith(': takenOver')) return new WriteFailure('takenOver', cause);
  return new WriteFailure(code === 'SQLITE_CONSTRAINT' ? 'duplicate' : 'refused', cause);
}
