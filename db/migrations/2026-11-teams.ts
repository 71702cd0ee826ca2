/** Teams of agents. The columns refer to them without a foreign key: SQLite can add none to a table that is there already. */
import type { Knex } from 'knex';

export async function createTeams(knex: Knex): Promise<void> {
  await knex.schema.createTable('teams', (table) => {
    table.text('id').primary();
    table.text('name').notNullable().unique();
  });
  await knex.schema.alterTable('agents', (table) => {
    table.text('team_id');
    table.index(['team_id']);
  });
  await knex.schema.alterTable('trainers', (table) => {
    // The third of those of which one is set.
    table.text('team_id');
    table.unique(['team_id']);
  });
}
