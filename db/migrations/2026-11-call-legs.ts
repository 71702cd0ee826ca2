/**
 * The legs of calls, their tags, and what searching the history needs so that it costs the same however long history is. A leg or tag carries its
 * call's start, because that is the order in which calls are listed: one agent's or one number's calls are then read along an
 * index and no further than the page is long.
 */
import type { Knex } from 'knex';

export async function createCallLegs(knex: Knex): Promise<void> {
  const sqlite = knex.client.config.client === 'sqlite3';
  // Numbers are compared byte by byte: prefixes are ranges then, whatever the database's language is.
  const bytewise = sqlite ? 'COLLATE BINARY' : 'COLLATE "C"';
  await knex.raw(`CREATE TABLE call_legs (
    call_id text NOT NULL, leg_id text NOT NULL, role text NOT NULL, agent_id text,
    number text NOT NULL, name text NOT NULL,
    started_at bigint NOT NULL, answered_at bigint, left_at bigint NOT NULL, cause integer,
    call_started_at bigint NOT NULL,
    PRIMARY KEY (call_id, leg_id))${sqlite ? ' WITHOUT ROWID' : ''}`);
  // Partial: phones that only rang cost no entry.
  await knex.raw(`CREATE INDEX call_legs_of_agent ON call_legs (agent_id, call_started_at, call_id)
    WHERE agent_id IS NOT NULL AND answered_at IS NOT NULL`);
  await knex.raw(`CREATE INDEX call_legs_of_number ON call_legs (number ${bytewise}, call_started_at, call_id)`);
  await knex.raw(`CREATE INDEX calls_from_number ON calls (from_number ${bytewise}, started_at, id)`);
  await knex.raw(`CREATE INDEX calls_dialled ON calls (dialled ${bytewise}, started_at, id)`);
  // Each tag of a call once.
  await knex.raw(`CREATE TABLE call_tags (
    call_id text NOT NULL, tag text NOT NULL, agent_id text NOT NULL, at bigint NOT NULL, call_started_at bigint NOT NULL,
    PRIMARY KEY (call_id, tag))${sqlite ? ' WITHOUT ROWID' : ''}`);
  await knex.raw('CREATE INDEX call_tags_of_tag ON call_tags (tag, call_started_at, call_id)');
  // Most calls are answered: only the others are looked for by their outcome.
  await knex.raw(
    "CREATE INDEX calls_of_outcome ON calls (outcome, started_at) WHERE outcome IS NOT NULL AND outcome <> 'answered'",
  );
}
