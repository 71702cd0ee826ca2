/** Tags that are not used any more, and are still shown with the calls that have them. */
import type { Knex } from 'knex';

export async function addDisabledTags(knex: Knex): Promise<void> {
  await knex.schema.alterTable('tag_definitions', (table) => {
    table.boolean('enabled').notNullable().defaultTo(true);
  });
}
