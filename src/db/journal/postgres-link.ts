/**
 * Writes to PostgreSQL beneath knex: one connection, prepared statements, and the whole transaction in one round trip
 * (pipelined). When a statement fails, those behind it fail too and PostgreSQL turns COMMIT into ROLLBACK.
 */
import pg from 'pg';
import type { Log } from '../../app/ports.js';
import { HOLD_LEASE, SQL, type StatementName } from './sql.js';
import { STANDS_STILL_MS } from './stands-still.js';
import { type Link, type Statement, WriteFailure } from './statement.js';

/** SQLSTATE classes that no other attempt will change: bad data, broken constraint, wrong statement, unsupported. */
const HOPELESS = new Set(['0A', '22', '23', '42']);
const BEGIN = { text: 'BEGIN', name: 'begin', values: [] };
const COMMIT = { text: 'COMMIT', name: 'commit', values: [] };
const STORED = 'SELECT 1 FROM events WHERE stream = $1 AND stream_id = $2 AND seq = $3 AND data = $4';
const CONNECT_WITHIN_MS = 5_000;
const DIVISION_BY_ZERO = '22012';

export class PostgresLink implements Link {
  readonly #url: string;
  readonly #log: Log;
  readonly #texts = numbered();
  #client: pg.Client | null = null;

  constructor(url: string, log: Log) {
    this.#url = url;
    this.#log = log;
  }

  async run(statements: readonly Statement[]): Promise<readonly boolean[]> {
    const client = this.#client ?? (await this.#connect());
    const work = statements.map(({ name, values }) => ({ text: this.#texts[name], name, values: [...values] }));
    // One statement is a transaction by itself.
    const queries = work.length === 1 ? work : [BEGIN, ...work, COMMIT];
    // Every one must settle, also after a failure: the next transaction begins behind them.
    const results = await Promise.allSettled(queries.map((query) => client.query(query)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) throw this.#failureOf(failed.reason, client);
    const changed = results.map((result) => (result.status === 'fulfilled' ? (result.value.rowCount ?? 0) : 0));
    const ofWork = work.length === 1 ? changed : changed.slice(1, -1);
    return ofWork.filter((_, index) => statements[index]?.name === 'takeClaim').map((rows) => rows > 0);
  }

  async holds(events: readonly Statement[]): Promise<boolean> {
    const client = this.#client ?? (await this.#connect());
    for (const { values } of events) {
      const [stream, id, seq, , , , data] = values;
      const { rowCount } = await client.query(STORED, [stream, id, seq, data]);
      if (rowCount !== 1) return false;
    }
    return true;
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
      // Whoever stops still in the middle of a transaction must not keep a successor waiting.
      idle_in_transaction_session_timeout: STANDS_STILL_MS,
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

  #failureOf(reason: unknown, client: pg.Client): WriteFailure {
    const cause = asError(reason);
    const code = cause instanceof pg.DatabaseError ? (cause.code ?? '') : '';
    if (code === '23505') return new WriteFailure('duplicate', cause);
    // No other statement of the journal divides.
    if (code === DIVISION_BY_ZERO) return new WriteFailure('takenOver', cause);
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

/** PostgreSQL counts its values, `$1`, `$2`; named, each text is prepared once a connection. */
function numbered(): Record<StatementName, string> {
  const texts: Record<string, string> = {};
  for (const [name, sql] of Object.entries({ ...SQL, holdLease: HOLD_LEASE.postgres })) {
    let position = 0;
    texts[name] = sql.replaceAll('?', () => {
      position += 1;
      return `$${position}`;
    });
  }
  return texts as Record<StatementName, string>;
}
