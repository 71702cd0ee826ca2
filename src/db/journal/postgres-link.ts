/**
 * Writes to PostgreSQL beneath knex: one connection, prepared statements, and the whole transaction in one round trip
 * (pipelined). When a statement fails, those behind it fail too and PostgreSQL turns COMMIT into ROLLBACK.
 */
import pg from 'pg';
import type { Log } from '../../app/ports.js';
import { type Link, type Statement, type Value, WriteFailure } from './statement.js';

/** SQLSTATE classes that no other attempt will change: bad data, broken constraint, wrong statement, unsupported. */
const HOPELESS = new Set(['0A', '22', '23', '42']);
const CONNECT_WITHIN_MS = 5_000;

export class PostgresLink implements Link {
  readonly #url: string;
  readonly #log: Log;
  readonly #names = new Map<string, { readonly name: string; readonly text: string }>();
  #client: pg.Client | null = null;

  constructor(url: string, log: Log) {
    this.#url = url;
    this.#log = log;
  }

  async run(statements: readonly Statement[]): Promise<readonly number[]> {
    const client = this.#client ?? (await this.#connect());
    if (statements.length === 0) return [];
    const queries =
      statements.length === 1
        ? [...statements]
        : [{ sql: 'BEGIN', values: [] }, ...statements, { sql: 'COMMIT', values: [] }];
    // Every one must settle, also after a failure: the next transaction begins behind them.
    const results = await Promise.allSettled(queries.map((each) => this.#query(client, each.sql, each.values)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw this.#failureOf(failed.reason, client);
    const counts = results.map((result) => (result.status === 'fulfilled' ? result.value : 0));
    return statements.length === 1 ? counts : counts.slice(1, -1);
  }

  async close(): Promise<void> {
    const client = this.#client;
    this.#client = null;
    await client?.end();
  }

  async #connect(): Promise<pg.Client> {
    const settings = {
      connectionString: this.#url,
      pipeline: true,
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      application_name: 'ringmaster journal',
    };
    const client = new pg.Client(settings);
    client.on('error', (error) => {
      this.#log.warn({ reason: error.message }, 'journal connection lost');
      if (this.#client === client) this.#client = null;
    });
    try {
      await client.connect();
    } catch (error) {
      throw new WriteFailure('away', asError(error));
    }
    this.#client = client;
    return client;
  }

  async #query(client: pg.Client, sql: string, values: readonly Value[]): Promise<number> {
    const { name, text } = this.#named(sql);
    const result = await client.query({ name, text, values: [...values] });
    return result.rows.length;
  }

  /** PostgreSQL counts its values: `$1`, `$2`; a name lets the server prepare the text once a connection. */
  #named(sql: string): { readonly name: string; readonly text: string } {
    const known = this.#names.get(sql);
    if (known !== undefined) return known;
    let position = 0;
    const text = sql.replaceAll('?', () => {
      position += 1;
      return `$${position}`;
    });
    const named = { name: `j${this.#names.size}`, text };
    this.#names.set(sql, named);
    return named;
  }

  #failureOf(reason: unknown, client: pg.Client): WriteFailure {
    const cause = asError(reason);
    const code = cause instanceof pg.DatabaseError ? (cause.code ?? '') : '';
    if (code === '23505') return new WriteFailure('duplicate', cause);
    if (HOPELESS.has(code.slice(0, 2))) return new WriteFailure('refused', cause);
    // Class 40: the server undid it itself. Anything else: this connection cannot be trusted any more.
    if (code.startsWith('40')) return new WriteFailure('away', cause);
    if (this.#client === client) this.#client = null;
    client.end().catch(() => undefined);
    return new WriteFailure('torn', cause);
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
