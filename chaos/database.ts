/** The service's database: where it is, and how it is taken away from the service for a while. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import sqlite3 from 'sqlite3';
import { projectRoot } from '../lab/install.js';

/** Gives back what was taken away. */
type GiveBack = () => Promise<void>;

export interface ChaosDatabase {
  readonly url: string;
  /** Another program holds it: nothing can be written until it lets go. */
  lock(): Promise<GiveBack>;
  /** The server dies, as by a power cut. Null: there is no server that could. */
  readonly crash: (() => Promise<GiveBack>) | null;
  /** The server ends every connection, and takes new ones at once. */
  readonly disconnect: (() => Promise<void>) | null;
}

export function sqliteDatabase(folder: string): ChaosDatabase {
  const path = join(folder, 'chaos.sqlite');
  const lock = async () => {
    const database = new sqlite3.Database(path);
    await once(database, 'open');
    await executed(database, 'PRAGMA busy_timeout = 5000; BEGIN IMMEDIATE');
    return async () => {
      await executed(database, 'ROLLBACK');
      database.close();
    };
  };
  return { url: `sqlite:${path}`, lock, crash: null, disconnect: null };
}

function executed(database: sqlite3.Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    database.exec(sql, (error) => (error === null ? resolve() : reject(error)));
  });
}

/** A server of the run's own. `ends` takes the way to end it. */
export async function postgresDatabase(ends: (() => Promise<unknown>)[]): Promise<ChaosDatabase> {
  const url = (await script('start')).trim();
  ends.push(() => script('stop', url));
  const lock = async () => {
    const client = await connected(url);
    // Reading is locked, too: more than any other program would do.
    await client.query('BEGIN; LOCK TABLE events, calls, agent_states, claims IN ACCESS EXCLUSIVE MODE');
    return async () => {
      await client.query('ROLLBACK');
      await client.end();
    };
  };
  const crash = async () => {
    await script('crash', url);
    return async () => {
      await script('resume', url);
    };
  };
  const disconnect = async () => {
    const client = await connected(url);
    await client.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()');
    await client.end();
  };
  return { url, lock, crash, disconnect };
}

async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  return client;
}

async function script(...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(join(projectRoot, 'scripts/postgres'), [...args]);
  return stdout;
}
