/** Which controller commands the calls of an application of Asterisk: the one with the latest epoch. */
import type { Knex } from 'knex';

export async function createControllers(knex: Knex): Promise<void> {
  await knex.schema.createTable('controllers', (table) => {
    table.text('app').primary();
    table.bigInteger('epoch').notNullable();
    table.text('host').notNullable();
    table.bigInteger('pid').notNullable();
    table.bigInteger('renewed_at').notNullable();
    // The latest epoch whose controller has written everything and let go.
    table.bigInteger('released_epoch').notNullable();
  });
}
