/**
 * Recordings of conversations and who took part, and which accounts, numbers and rules are recorded. A party's row repeats when
 * its recording began, so that listing an agent's or a number's recordings by time is a walk along one index.
 */
import type { Knex } from 'knex';

async function createRecordingTables(knex: Knex): Promise<void> {
  await knex.schema.createTable('recordings', (table) => {
    table.text('id').primary();
    table.text('name').notNullable();
    table.text('call_id').notNullable().index();
    table.text('conversation_id').notNullable();
    table.text('queue_id');
    table.bigInteger('started_at').notNullable();
    table.bigInteger('ended_at');
    table.bigInteger('duration_ms');
    table.text('outcome').notNullable();
    table.index(['started_at', 'id']);
  });
  await knex.raw(
    'CREATE INDEX recordings_of_queue ON recordings (queue_id, started_at, id) WHERE queue_id IS NOT NULL',
  );
  // The hourly look for what is due or was left open must not pass over millions that are neither.
  await knex.raw("CREATE INDEX recordings_open ON recordings (started_at, id) WHERE outcome = 'recording'");
  await knex.raw(
    "CREATE INDEX recordings_stored ON recordings (started_at, id) WHERE outcome IN ('kept', 'failed', 'lost')",
  );
  // Prefixes of numbers are ranges only where text is compared byte by byte; SQLite does so anyway.
  const bytewise = knex.client.config.client === 'pg' ? ' COLLATE "C"' : '';
  await knex.raw(`CREATE TABLE recording_parties (
    recording_id text NOT NULL, position integer NOT NULL, started_at bigint NOT NULL,
    agent_id text, number text${bytewise} NOT NULL, name text NOT NULL)`);
  await knex.schema.alterTable('recording_parties', (table) => {
    table.index(['recording_id', 'position']);
    table.index(['number', 'started_at', 'recording_id']);
  });
  await knex.raw(`CREATE INDEX recording_parties_of_agent ON recording_parties (agent_id, started_at, recording_id)
   WHERE agent_id IS NOT NULL`);
}

export async function createRecordings(knex: Knex): Promise<void> {
  await createRecordingTables(knex);
  for (const owner of ['agents', 'routes', 'outgoing_rules'])
    await knex.schema.alterTable(owner, (table) => {
      table.boolean('record').notNullable().defaultTo(false);
    });
  await knex.schema.alterTable('agents', (table) => {
    table.boolean('may_record').notNullable().defaultTo(false);
  });
}
