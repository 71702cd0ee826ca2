/** Settings of what connects the centre with other systems, and who changed them. */
import type { Knex } from 'knex';

export async function createIntegrations(knex: Knex): Promise<void> {
  await knex.schema.createTable('integration_settings', (table) => {
    table.integer('id').primary();
    table.text('settings').notNullable();
  });
  await knex('integration_settings').insert({ id: 1, settings: '{}' });
  await knex.schema.createTable('integration_changes', (table) => {
    table.increments('position');
    table.bigInteger('at').notNullable();
    table.text('by_agent_id').notNullable();
    table.text('subject').notNullable();
    table.text('subject_id').notNullable();
    table.text('action').notNullable();
    // As it was saved, without secrets; null once removed.
    table.text('data');
  });
}
