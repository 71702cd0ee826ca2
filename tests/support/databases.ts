/** Databases for tests: a fresh SQLite file or a fresh PostgreSQL database each time, removed afterwards. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { Log } from '../../src/app/ports.js';

export interface TestDatabase {
  readonly url: string;
  remove(): Promise<void>;
}

export interface DatabaseKind {
  readonly name: string;
  create(): Promise<TestDatabase>;
}

export const quietLog: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

async function createSqlite(): Promise<TestDatabase> {
  const folder = await mkdtemp(join(tmpdir(), 'ringmaster-db-'));
  return {
    url: `sqlite:${join(folder, 'ringmaster.sqlite')}`,
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function createPostgres(server: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const administer = async (sql: string) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(sql);
    await client.end();
  };
  await administer(`CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, remove: () => administer(`DROP DATABASE ${name} WITH (FORCE)`) };
}

/**
 * SQLite, and PostgreSQL when RINGMASTER_TEST_POSTGRES holds a server's URL (`scripts/postgres run …` sets it). Without it the
 * PostgreSQL half is left out with a note, but in CI that is a failure.
 */
export function databaseKinds(): readonly DatabaseKind[] {
  const server = process.env.RINGMASTER_TEST_POSTGRES;
  const sqlite: DatabaseKind = { name: 'SQLite', create: createSqlite };
  if (server !== undefined && server !== '')
    return [sqlite, { name: 'PostgreSQL', create: () => createPostgres(server) }];
  if (process.env.CI === 'true') throw new Error('RINGMASTER_TEST_POSTGRES is not set: PostgreSQL must be tested.');
  process.stderr.write('NOTE: RINGMASTER_TEST_POSTGRES is not set: PostgreSQL is NOT tested.\n');
  return [sqlite];
}
