/**
 * The journal of events and the tables derived from it in the same transaction. Nothing here refers to the configuration by
 * foreign key: history outlives accounts and queues, and the hot path pays for no look-up.
 */
import type { Knex } from 'knex';

async function createEvents(knex: Knex, sqlite: boolean): Promise<void> {
  // Without SQLite's hidden row id an event is one entry of one tree, next to the other events of its call.
  await knex.raw(`CREATE TABLE events (
    stream text NOT NULL, stream_id text NOT NULL, seq bigint NOT NULL,
    type text NOT NULL, v integer NOT NULL, at bigint NOT NULL, data text NOT NULL,
    PRIMARY KEY (stream, stream_id, seq))${sqlite ? ' WITHOUT ROWID' : ''}`);
  await knex.schema.createTable('claims', (table) => {
    table.text('agent_id').primary();
    table.text('call_id').notNullable().index();
    table.bigInteger('expires_at').notNullable();
  });
}

async function createCallTables(knex: Knex): Promise<void> {
  await knex.schema.createTable('calls', (table) => {
    table.text('id').primary();
    table.text('direction').notNullable();
    table.text('from_number').notNullable();
    table.text('from_name').notNullable();
    table.text('dialled').notNullable();
    table.text('queue_id');
    table.text('agent_id');
    table.bigInteger('started_at').notNullable().index();
    table.bigInteger('queued_at');
    table.bigInteger('connected_at');
    table.bigInteger('ended_at');
    table.text('outcome');
    table.bigInteger('waited_ms');
    table.bigInteger('talked_ms');
    table.integer('live').notNullable();
  });
  // Partial: only rows that have a queue or an agent, and only calls in progress, cost an entry.
  await knex.raw('CREATE INDEX calls_of_queue ON calls (queue_id, started_at) WHERE queue_id IS NOT NULL');
  await knex.raw('CREATE INDEX calls_of_agent ON calls (agent_id, started_at) WHERE agent_id IS NOT NULL');
  await knex.raw('CREATE INDEX calls_live ON calls (id) WHERE live = 1');
  await knex.schema.createTable('call_agents', (table) => {
    table.text('call_id').notNullable();
    table.text('agent_id').notNullable();
    table.text('queue_id');
    table.bigInteger('at').notNullable().index();
    table.text('outcome').notNullable();
    table.index(['agent_id', 'at']);
  });
  // A call reconnected after a hold is still answered once.
  await knex.raw(
    "CREATE UNIQUE INDEX call_agents_answered ON call_agents (call_id, agent_id) WHERE outcome = 'answered'",
  );
}

async function createAgentTables(knex: Knex): Promise<void> {
  await knex.schema.createTable('agent_states', (table) => {
    table.text('agent_id').primary();
    table.bigInteger('seq').notNullable();
    table.text('status_id');
    table.text('state').notNullable();
  });
  await knex.schema.createTable('agent_sessions', (table) => {
    table.text('id').primary();
    table.text('agent_id').notNullable();
    table.bigInteger('since').notNullable();
    table.bigInteger('until').index();
    table.index(['agent_id', 'since']);
    table.index(['since']);
  });
  await knex.schema.createTable('status_history', (table) => {
    table.text('agent_id').notNullable();
    table.text('status_id').notNullable();
    table.bigInteger('since').notNullable();
    table.bigInteger('until').index();
    table.text('set_by').notNullable();
    table.text('by_agent_id');
    table.index(['agent_id', 'since']);
    table.index(['since']);
  });
  // The one open row of an agent, closed when the next status begins.
  await knex.raw('CREATE INDEX status_history_open ON status_history (agent_id) WHERE until IS NULL');
}

export async function createCalls(knex: Knex): Promise<void> {
  await createEvents(knex, knex.client.config.client === 'sqlite3');
  await createCallTables(knex);
  await createAgentTables(knex);
}
