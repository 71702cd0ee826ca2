/** Callbacks: `data` is the whole callback, the columns beside it are what is searched for. */
import type { Knex } from 'knex';

export async function createCallbacks(knex: Knex): Promise<void> {
  await knex.schema.createTable('callbacks', (table) => {
    table.text('id').primary();
    table.text('number').notNullable();
    table.text('origin_number');
    table.text('queue_id');
    table.text('agent_id');
    table.text('created_by').notNullable();
    table.bigInteger('due_at').notNullable();
    table.text('state').notNullable();
    table.bigInteger('next_at');
    table.integer('urgency').notNullable();
    table.text('lane').notNullable();
    table.text('data').notNullable();
    table.index(['due_at', 'id']);
    table.index(['number', 'due_at']);
  });
  // Those that are over stay, and there are many more of them.
  await knex.raw("CREATE INDEX callbacks_by_urgency ON callbacks (urgency, next_at, id) WHERE state = 'scheduled'");
  await knex.raw("CREATE INDEX callbacks_due ON callbacks (next_at, id) WHERE state = 'scheduled'");
  await knex.raw('CREATE INDEX callbacks_origin ON callbacks (origin_number, due_at) WHERE origin_number IS NOT NULL');
  await knex.raw(
    "CREATE INDEX callbacks_open ON callbacks (queue_id, agent_id) WHERE state IN ('scheduled', 'calling')",
  );
  await knex.raw("CREATE INDEX callbacks_calling ON callbacks (id) WHERE state = 'calling'");
}
