/** By which rules for outgoing calls it is found out whether a person or a machine answers. */
import type { Knex } from 'knex';

export async function addMachineDetection(knex: Knex): Promise<void> {
  await knex.schema.alterTable('outgoing_rules', (table) => {
    table.boolean('detect_machines').notNullable().defaultTo(false);
  });
}
