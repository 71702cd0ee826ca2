/** Settings of what connects the centre with other systems, and webhooks with what waits for them. */
import type { Knex } from 'knex';

export async function createIntegrations(knex: Knex): Promise<void> {
  await knex.schema.createTable('integration_settings', (table) => {
    table.integer('id').primary();
    table.text('settings').notNullable();
  });
  await knex('integration_settings').insert({ id: 1, settings: '{}' });
  await createWebhooks(knex);
}

async function createWebhooks(knex: Knex): Promise<void> {
  await knex.schema.createTable('webhooks', (table) => {
    table.text('id').primary();
    table.text('name').notNullable();
    table.text('settings').notNullable();
    table.bigInteger('dropped').notNullable();
  });
  // No foreign key: a webhook that is removed must never stand in the way of the journal, which writes here.
  await knex.schema.createTable('webhook_deliveries', (table) => {
    table.bigIncrements('position');
    table.text('delivery_id').notNullable().unique();
    table.text('webhook_id').notNullable();
    table.text('lane').notNullable();
    table.text('type').notNullable();
    table.bigInteger('at').notNullable();
    table.text('body').notNullable();
    table.text('state').notNullable();
    table.integer('attempts').notNullable();
    table.bigInteger('due_at').notNullable();
    table.text('code');
    table.bigInteger('died_at');
    table.index(['webhook_id', 'state', 'lane', 'position']);
  });
}
