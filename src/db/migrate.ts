/**
 * Brings the schema up to date when the database is opened. Everything happens in one transaction whose first statement takes
 * a lock, so of two controllers that start together one migrates and the other finds it done; a crash leaves nothing half made.
 */
import type { Knex } from 'knex';
import { migrations, type NamedMigration } from '../../db/migrations/index.js';

/** Any fixed number: what PostgreSQL's advisory lock goes by. */
const LOCK_NUMBER = 5_038_001;

const migrationSource: Knex.MigrationSource<NamedMigration> = {
  getMigrations: async () => [...migrations],
  getMigrationName: (migration) => migration.name,
  getMigration: async (migration) => ({
    up: migration.up,
    down: () => Promise.reject(new Error('Migrations go forward only: restore a backup instead.')),
  }),
};

export async function migrate(knex: Knex, dialect: 'sqlite' | 'postgres'): Promise<void> {
  // SQLite locks with the first write of a transaction; this table exists to be written to.
  if (dialect === 'sqlite') await knex.raw('CREATE TABLE IF NOT EXISTS migration_gate (entered integer)');
  await knex.transaction(async (transaction) => {
    if (dialect === 'sqlite') await transaction.raw('DELETE FROM migration_gate');
    else await transaction.raw('SELECT pg_advisory_xact_lock(?)', [LOCK_NUMBER]);
    await transaction.migrate.latest({ migrationSource });
  });
}
