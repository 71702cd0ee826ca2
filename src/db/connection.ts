/**
 * Connections: knex's pool for configuration, logins and reports, and a link of its own for the journal, so that a long report
 * never stands before a call.
 */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import createKnex, { type Knex } from 'knex';
import type sqlite3 from 'sqlite3';
import type { Log } from '../app/ports.js';
import { type SqliteLease, SqliteLink } from './journal/sqlite-link.js';
import { STANDS_STILL_MS } from './journal/stands-still.js';
import type { Link } from './journal/statement.js';

export interface Connections {
  readonly knex: Knex;
  readonly dialect: 'sqlite' | 'postgres';
  /** Once the schema is there. */
  openLink(): Promise<Link>;
}

/** A locked database holds one of Node's few worker threads this long; the writer then tries again by itself. */
const JOURNAL_BUSY_MS = 200;
const POOL_BUSY_MS = 5_000;
/** How long, and how often, a new connection tries to set itself up beside others. */
const PREPARE_MS = 5_000;
const PREPARE_AGAIN_MS = 20;

/** Fewer and larger checkpoints than the default 1 000 pages: calls rewrite the same pages again and again. */
const PRAGMAS = `PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;
 PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA cache_size = -16000;
 PRAGMA temp_store = MEMORY;`;

export function connect(url: string, log: Log): Connections {
  if (/^postgres(ql)?:/.test(url)) return connectPostgres(url, log);
  if (url.startsWith('sqlite:')) return connectSqlite(url.slice('sqlite:'.length), log);
  throw new Error('The database URL must begin with "sqlite:" or "postgres:".');
}

function connectPostgres(url: string, log: Log): Connections {
  const knex = createKnex({
    client: 'pg',
    // A lock that is not given, a server that is not reached: whoever asked is told, rather than kept waiting.
    connection: {
      connectionString: url,
      options: `-c lock_timeout=${POOL_BUSY_MS} -c idle_in_transaction_session_timeout=${STANDS_STILL_MS}`,
      connectionTimeoutMillis: POOL_BUSY_MS,
    },
    acquireConnectionTimeout: POOL_BUSY_MS,
    pool: { min: 0, max: 4 },
    log: knexLog(log),
    // Values (numbers, password hashes) must not get into error messages, and so into logs.
    compileSqlOnError: false,
  });
  const openLink = async () => {
    // Each database's package only where it is used: a start, and so each recovery, does not wait for the other.
    const { PostgresLink } = await import('./journal/postgres-link.js');
    return new PostgresLink(url, log);
  };
  return { knex, dialect: 'postgres', openLink };
}

function connectSqlite(path: string, log: Log): Connections {
  const inMemory = path === ':memory:';
  if (!inMemory) mkdirSync(dirname(path), { recursive: true });
  const knex = createKnex({
    client: 'sqlite3',
    connection: { filename: path },
    log: knexLog(log),
    useNullAsDefault: true,
    compileSqlOnError: false,
    pool: {
      // A database in memory is its connection: there is one, and it must stay.
      min: inMemory ? 1 : 0,
      max: inMemory ? 1 : 3,
      ...(inMemory ? { idleTimeoutMillis: 2 ** 31 - 1 } : {}),
      afterCreate: (connection: sqlite3.Database, done: (error: Error | null) => void) =>
        prepareConnection(connection, POOL_BUSY_MS).then(() => done(null), done),
    },
  });
  const openLink = async () => {
    if (!inMemory) return await openOwn(path);
    return await SqliteLink.open(sharedLease(knex));
  };
  return { knex, dialect: 'sqlite', openLink };
}

/**
 * Without it knex writes straight to the output, between the lines of the log. Whoever asked hears of the failure anyway, and says
 * what it means.
 */
function knexLog(log: Log): Knex.Logger {
  const tell = (message: unknown) => log.debug({ reason: String(message) }, 'knex says');
  return { warn: tell, error: tell, debug: tell, deprecate: (what, instead) => tell(`${what}: use ${instead}`) };
}

/** The journal borrows the only connection for each transaction. */
function sharedLease(knex: Knex): SqliteLease {
  return {
    take: () => knex.client.acquireConnection(),
    giveBack: (connection) => knex.client.releaseConnection(connection),
  };
}

async function openOwn(path: string): Promise<Link> {
  const { default: sqlite3 } = await import('sqlite3');
  const connection = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(path, (error) => (error === null ? resolve(opened) : reject(error)));
  });
  await prepareConnection(connection, JOURNAL_BUSY_MS);
  const link = await SqliteLink.open({ take: async () => connection, giveBack: async () => undefined });
  return {
    run: (statements) => link.run(statements),
    holds: () => link.holds(),
    close: async () => {
      await link.close();
      await new Promise<void>((resolve, reject) => {
        connection.close((error) => (error === null ? resolve() : reject(error)));
      });
    },
  };
}

async function prepareConnection(connection: sqlite3.Database, busyMs: number): Promise<void> {
  connection.configure('busyTimeout', busyMs);
  // Statements handed over together run in the order given.
  connection.serialize();
  const deadline = Date.now() + PREPARE_MS;
  for (;;) {
    const failure = await pragmas(connection);
    if (failure === null) return;
    // Two openers of a new database: one turns it to WAL, and SQLite does not let the other wait for that by itself.
    if (!/SQLITE_(BUSY|LOCKED)/.test(failure.message) || Date.now() > deadline) throw failure;
    await pause(PREPARE_AGAIN_MS);
  }
}

function pragmas(connection: sqlite3.Database): Promise<Error | null> {
  return new Promise((resolve) => {
    connection.exec(PRAGMAS, resolve);
  });
}
