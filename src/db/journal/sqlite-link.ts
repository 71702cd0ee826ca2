/**
 * Writes to SQLite beneath knex, on one connection. As a rule a transaction is a single call into SQLite's thread
 * (sqlite-batch.ts says how); only a large one takes BEGIN, several calls, COMMIT.
 */
import type sqlite3 from 'sqlite3';
import { z } from 'zod';
import { type Batch, batchesOf, PREPARE_BATCH } from './sqlite-batch.js';
import { type Link, type Statement, WriteFailure } from './statement.js';

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
const returned = z.array(z.object({ claim: z.number(), taken: z.number() }));

export class SqliteLink implements Link {
  readonly #lease: SqliteLease;
  readonly #prepared = new Map<string, sqlite3.Statement>();

  constructor(lease: SqliteLease) {
    this.#lease = lease;
  }

  /** Once, before the first write, when the schema is there. */
  async prepare(): Promise<void> {
    const connection = await this.#lease.take();
    try {
      await new Promise<void>((resolve, reject) => {
        connection.exec(PREPARE_BATCH, (error: Error | null) => (error === null ? resolve() : reject(error)));
      });
    } finally {
      await this.#lease.giveBack(connection);
    }
  }

  async run(statements: readonly Statement[]): Promise<readonly boolean[]> {
    const connection = await this.#lease.take();
    try {
      const batches = batchesOf(statements);
      const [only] = batches;
      if (only === undefined) return [];
      return batches.length === 1 ? await this.#one(connection, only) : await this.#several(connection, batches);
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
    const finalized = [...this.#prepared.values()].map(
      (statement) => new Promise<void>((resolve) => statement.finalize(() => resolve())),
    );
    this.#prepared.clear();
    await Promise.all(finalized);
  }

  async #several(connection: sqlite3.Database, batches: readonly Batch[]): Promise<readonly boolean[]> {
    // IMMEDIATE: the lock is taken (or refused) at once, not in the middle of the work.
    await this.#one(connection, { sql: 'BEGIN IMMEDIATE', values: [] });
    try {
      const taken: boolean[] = [];
      for (const batch of batches) taken.push(...(await this.#one(connection, batch)));
      await this.#one(connection, { sql: 'COMMIT', values: [] });
      return taken;
    } catch (error) {
      await this.#one(connection, { sql: 'ROLLBACK', values: [] }).catch(() => undefined);
      throw error;
    }
  }

  #one(connection: sqlite3.Database, { sql, values }: Batch): Promise<readonly boolean[]> {
    return new Promise((resolve, reject) => {
      this.#statement(connection, sql).all(values, (error: Error | null, rows: unknown) => {
        if (error !== null) reject(error);
        else resolve(claimsIn(rows));
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

function claimsIn(rows: unknown): readonly boolean[] {
  if (!Array.isArray(rows) || rows.length === 0) return [];
  return returned
    .parse(rows)
    .filter((row) => row.claim === 1)
    .map((row) => row.taken === 1);
}

function failureOf(error: unknown): WriteFailure {
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
  if (AWAY.has(code)) return new WriteFailure('away', cause);
  return new WriteFailure(code === 'SQLITE_CONSTRAINT' ? 'duplicate' : 'refused', cause);
}
