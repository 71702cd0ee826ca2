/** What administrators configure: accounts, devices, queues, members, statuses, numbers, and the tokens of open logins. */
import type { Knex } from 'knex';

async function createAccounts(knex: Knex): Promise<void> {
  await knex.schema.createTable('agents', (table) => {
    table.text('id').primary();
    table.text('login').notNullable().unique();
    table.text('name').notNullable();
    table.text('number').notNullable();
    table.text('role').notNullable();
    table.text('language').notNullable();
    table.text('allow').notNullable();
    table.boolean('disabled').notNullable();
    // Null until a password is set: nobody can log in with it.
    table.text('password_hash');
  });
  await knex.schema.createTable('devices', (table) => {
    table.text('id').primary();
    table.text('agent_id').notNullable().references('agents.id').onDelete('CASCADE');
    table.text('address').notNullable().unique();
    table.boolean('auto_answer').notNullable();
    table.integer('position').notNullable();
    table.index(['agent_id']);
  });
  await knex.schema.createTable('tokens', (table) => {
    table.text('token_hash').primary();
    table.text('agent_id').notNullable().references('agents.id').onDelete('CASCADE');
    table.bigInteger('created_at').notNullable();
    table.bigInteger('expires_at').notNullable();
    table.index(['agent_id']);
    table.index(['expires_at']);
  });
  // One number reaches one thing: shared by agents and queues.
  await knex.schema.createTable('internal_numbers', (table) => {
    table.text('number').primary();
    table.text('kind').notNullable();
    table.text('owner_id').notNullable();
    table.unique(['kind', 'owner_id']);
  });
}

async function createQueues(knex: Knex): Promise<void> {
  await knex.schema.createTable('queues', (table) => {
    table.text('id').primary();
    table.text('name').notNullable().unique();
    table.text('number');
    // Beside the settings for the statistics, which join on it.
    table.bigInteger('service_level_ms').notNullable();
    table.text('settings').notNullable();
  });
  await knex.schema.createTable('queue_members', (table) => {
    table.text('queue_id').notNullable().references('queues.id').onDelete('CASCADE');
    table.text('agent_id').notNullable().references('agents.id').onDelete('CASCADE');
    table.integer('priority').notNullable();
    table.primary(['queue_id', 'agent_id']);
    table.index(['agent_id']);
  });
}

async function createRest(knex: Knex): Promise<void> {
  await knex.schema.createTable('statuses', (table) => {
    table.text('id').primary();
    table.text('name_en').notNullable();
    table.text('name_ru').notNullable();
    table.boolean('receiving').notNullable();
    table.boolean('selectable').notNullable();
    table.boolean('blocking').notNullable();
    table.integer('position').notNullable();
  });
  await knex.schema.createTable('routes', (table) => {
    table.text('number').primary();
    table.text('destination').notNullable();
    table.integer('priority').notNullable();
  });
  await knex.schema.createTable('outgoing_rules', (table) => {
    table.text('id').primary();
    table.integer('position').notNullable();
    table.text('pattern').notNullable();
    table.integer('strip').notNullable();
    table.text('prepend').notNullable();
    table.text('address').notNullable();
    table.text('caller_number');
  });
  await knex.schema.createTable('centre_settings', (table) => {
    table.integer('id').primary();
    table.text('settings').notNullable();
    // Counts the changes of the whole configuration; every change bumps it first, which also puts writers in a row.
    table.bigInteger('version').notNullable();
  });
}

export async function createConfiguration(knex: Knex): Promise<void> {
  await createAccounts(knex);
  await createQueues(knex);
  await createRest(knex);
}
