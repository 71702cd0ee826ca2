/** Agents at phones that are nobody's or somebody else's: the PIN they log in with there, and where they are logged in. */
import type { Knex } from 'knex';

export async function createPhoneLogins(knex: Knex): Promise<void> {
  await knex.schema.alterTable('agents', (table) => {
    table.text('pin_hash').nullable();
  });
  await knex.schema.createTable('phone_logins', (table) => {
    table.text('address').primary();
    table.text('agent_id').notNullable().unique().references('agents.id').onDelete('CASCADE');
  });
}
