/** What keys do during a call: one row for each owner's keys. */
import type { Knex } from 'knex';

export async function createKeySets(knex: Knex): Promise<void> {
  await knex.schema.createTable('key_sets', (table) => {
    table.text('scope').notNullable();
    // A queue, an agent, or `centre`: no foreign key can say so.
    table.text('owner_id').notNullable();
    table.text('settings').notNullable();
    table.primary(['scope', 'owner_id']);
  });
}
