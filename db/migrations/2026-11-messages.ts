/** Prepared voice messages: one row for each file, also while the file is being made or taken away. */
import type { Knex } from 'knex';

export async function createMessages(knex: Knex): Promise<void> {
  await knex.schema.createTable('messages', (table) => {
    table.text('id').primary();
    // Null: shared. No foreign key: the file must be taken away before the row is.
    table.text('agent_id');
    table.text('name').notNullable();
    table.text('sound').notNullable();
    table.bigInteger('duration_ms').notNullable();
    table.bigInteger('bytes').notNullable();
    table.bigInteger('created_at').notNullable();
    table.text('state').notNullable();
  });
  // Withdrawn messages have given their name back.
  await knex.raw(
    "CREATE UNIQUE INDEX messages_name ON messages (COALESCE(agent_id, ''), name) WHERE state <> 'withdrawn'",
  );
}
