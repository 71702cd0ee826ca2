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
}
