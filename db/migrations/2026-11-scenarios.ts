/** Scenarios: the draft that is worked on, and every version that was published. Calls keep the version they began with. */
import type { Knex } from 'knex';

export async function createScenarios(knex: Knex): Promise<void> {
  await knex.schema.createTable('scenarios', (table) => {
    table.text('id').primary();
    table.text('draft').notNullable();
    // Null: never published.
    table.integer('version');
    table.bigInteger('changed_at').notNullable();
    table.text('changed_by').notNullable();
    // Versions stay for the calls that are in them.
    table.boolean('removed').notNullable();
  });
  await knex.schema.createTable('scenario_versions', (table) => {
    table.text('scenario_id').notNullable();
    table.integer('version').notNullable();
    table.text('content').notNullable();
    table.bigInteger('published_at').notNullable();
    table.text('published_by').notNullable();
    table.primary(['scenario_id', 'version']);
  });
  await knex.schema.createTable('voicemails', (table) => {
    table.text('id').primary();
    table.text('box_kind').notNullable();
    table.text('box_id').notNullable();
    table.text('call_id').notNullable();
    table.text('from_number').notNullable();
    table.text('from_name').notNullable();
    table.text('sound').notNullable();
    table.bigInteger('created_at').notNullable();
    table.bigInteger('duration_ms').notNullable();
    table.bigInteger('heard_at');
    table.text('heard_by');
    table.text('state').notNullable();
    table.index(['box_kind', 'box_id', 'created_at']);
    table.index(['created_at']);
  });
  await knex.schema.alterTable('calls', (table) => {
    // What the caller answered to the question how satisfied they were, 1 to 5.
    table.integer('rating');
  });
}
