/** Who is the trainer of which agent, and of which queue. */
import type { Knex } from 'knex';

export async function createTrainers(knex: Knex): Promise<void> {
  await knex.schema.createTable('trainers', (table) => {
    // One of the two: whose trainer it is.
    table.text('agent_id').unique().references('agents.id').onDelete('CASCADE');
    table.text('queue_id').unique().references('queues.id').onDelete('CASCADE');
    table.text('trainer_id').notNullable().references('agents.id').onDelete('CASCADE');
    table.index(['trainer_id']);
  });
}
