/**
 * The address book: contacts, their numbers, groups, the words they are searched by; numbers that are blocked; the definitions of
 * tags; and who changed what. A contact's row has everything that is shown; numbers and words are indexes over it.
 */
import type { Knex } from 'knex';

async function createContactTables(knex: Knex, sqlite: boolean): Promise<void> {
  // Compared byte by byte: prefixes are ranges then, whatever the database's language is.
  const bytewise = sqlite ? '' : ' COLLATE "C"';
  const compact = sqlite ? ' WITHOUT ROWID' : '';
  await knex.raw(`CREATE TABLE contacts (
    id text PRIMARY KEY, name text NOT NULL, sort_name text${bytewise} NOT NULL, company text NOT NULL, email text NOT NULL,
    note text NOT NULL, client_code text NOT NULL, custom text NOT NULL, numbers text NOT NULL, manager_id text,
    words text NOT NULL, version integer NOT NULL,
    created_at bigint NOT NULL, updated_at bigint NOT NULL, removed_at bigint, left_groups text)`);
  await knex.raw('CREATE INDEX contacts_by_name ON contacts (sort_name, id) WHERE removed_at IS NULL');
  await knex.raw('CREATE INDEX contacts_removed ON contacts (removed_at, id) WHERE removed_at IS NOT NULL');
  // One number belongs to one contact; a removed contact has given its numbers back.
  await knex.raw(`CREATE TABLE contact_numbers (
    number text${bytewise} NOT NULL PRIMARY KEY, contact_id text NOT NULL)${compact}`);
  await knex.raw('CREATE INDEX contact_numbers_of_contact ON contact_numbers (contact_id)');
  await knex.raw(`CREATE TABLE contact_words (
    word text${bytewise} NOT NULL, contact_id text${bytewise} NOT NULL, PRIMARY KEY (word, contact_id))${compact}`);
  await knex.raw('CREATE TABLE contact_groups (id text PRIMARY KEY, name text NOT NULL UNIQUE)');
  // With the name that a group's members are listed by.
  await knex.raw(`CREATE TABLE contact_group_members (
    group_id text NOT NULL, sort_name text${bytewise} NOT NULL, contact_id text NOT NULL,
    PRIMARY KEY (group_id, sort_name, contact_id))${compact}`);
  await knex.raw('CREATE INDEX contact_group_members_of_contact ON contact_group_members (contact_id)');
}

export async function createContacts(knex: Knex): Promise<void> {
  await createContactTables(knex, knex.client.config.client === 'sqlite3');
  await knex.schema.createTable('blacklist', (table) => {
    table.text('number').primary();
    table.text('by_agent_id').notNullable();
    table.text('reason').notNullable();
    table.bigInteger('blocked_at').notNullable();
    // Null: for good.
    table.bigInteger('until');
    table.integer('calls').notNullable();
    table.bigInteger('last_call_at');
  });
  await knex.schema.createTable('tag_definitions', (table) => {
    table.text('id').primary();
    table.text('name').notNullable().unique();
    table.text('colour').notNullable();
  });
  await knex.schema.createTable('change_log', (table) => {
    table.bigIncrements('id');
    table.bigInteger('at').notNullable();
    table.text('by_agent_id').notNullable();
    table.text('entity').notNullable();
    table.text('entity_id').notNullable();
    table.text('action').notNullable();
    // What was before and is now, by field.
    table.text('fields').notNullable();
    table.index(['at', 'id']);
    table.index(['entity', 'entity_id', 'at', 'id']);
    table.index(['by_agent_id', 'at', 'id']);
  });
}
