/** Contacts as rows: parsed when read, and everything that is written for one. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Contact, ContactFields, ContactId, GroupId } from '../app/contacts/contact.js';
import { sortName, wordsOf } from '../app/contacts/words.js';
import { count, json } from './rows.js';

/** All that a contact consists of but its groups, which are rows of their own. */
export type ContactRow = Omit<Contact, 'groupIds'> & { readonly words: readonly string[] };

export const contactRow = z
  .object({
    id: z.string(),
    name: z.string(),
    company: z.string(),
    email: z.string(),
    note: z.string(),
    client_code: z.string(),
    custom: json(z.record(z.string(), z.string())),
    numbers: json(z.array(z.object({ number: z.string(), label: z.string() }))),
    manager_id: z.string().nullable(),
    words: z.string(),
    version: count,
    created_at: count,
    updated_at: count,
    removed_at: z.union([z.null(), count]),
  })
  .transform(
    ({ client_code, manager_id, words, created_at, updated_at, removed_at, ...rest }): ContactRow => ({
      ...rest,
      clientCode: client_code,
      managerId: manager_id,
      words: words.split(' ').filter((word) => word !== ''),
      createdAt: created_at,
      updatedAt: updated_at,
      removedAt: removed_at,
    }),
  );

const membershipRow = z.object({ contact_id: z.string(), group_id: z.string() });

/** The groups of these contacts. */
export async function groupsOf(knex: Knex, ids: readonly ContactId[]): Promise<ReadonlyMap<ContactId, GroupId[]>> {
  const groups = new Map<ContactId, GroupId[]>();
  if (ids.length === 0) return groups;
  const rows: unknown = await knex('contact_group_members')
    .whereIn('contact_id', ids)
    .orderBy('group_id')
    .select('contact_id', 'group_id');
  for (const { contact_id, group_id } of z.array(membershipRow).parse(rows)) {
    const known = groups.get(contact_id);
    if (known === undefined) groups.set(contact_id, [group_id]);
    else known.push(group_id);
  }
  return groups;
}

/** Contacts from their rows, in that order. */
export async function contactsOf(knex: Knex, rows: unknown): Promise<readonly Contact[]> {
  const parsed = z.array(contactRow).parse(rows);
  const groups = await groupsOf(
    knex,
    parsed.map(({ id }) => id),
  );
  return parsed.map(({ words: _words, ...row }) => ({ ...row, groupIds: groups.get(row.id) ?? [] }));
}

/** The columns of the contact's own row. */
export function columnsOf(contact: Contact): Record<string, string | number | null> {
  return {
    id: contact.id,
    name: contact.name,
    sort_name: sortName(contact),
    company: contact.company,
    email: contact.email,
    note: contact.note,
    client_code: contact.clientCode,
    custom: JSON.stringify(contact.custom),
    numbers: JSON.stringify(contact.numbers),
    manager_id: contact.managerId,
    // With a space before each: where a word begins can be looked for in the row then.
    words: wordsOf(contact)
      .map((word) => ` ${word}`)
      .join(''),
    version: contact.version,
    created_at: contact.createdAt,
    updated_at: contact.updatedAt,
    removed_at: contact.removedAt,
  };
}

/** What people see of it in the log of changes. */
export function fieldsOf(contact: ContactFields): ContactFields {
  const { name, company, email, note, clientCode, custom, numbers, groupIds, managerId } = contact;
  return { name, company, email, note, clientCode, custom, numbers, groupIds, managerId };
}

/** Rows of one statement: both databases have a limit of parameters. */
const CHUNK = 500;

/** The indexes over these contacts: numbers, words, groups. */
export async function insertIndexes(change: Knex, contacts: readonly Contact[]): Promise<void> {
  const all = {
    contact_numbers: contacts.flatMap(({ id, numbers }) => numbers.map(({ number }) => ({ number, contact_id: id }))),
    contact_words: contacts.flatMap((contact) => wordsOf(contact).map((word) => ({ word, contact_id: contact.id }))),
    contact_group_members: contacts.flatMap((contact) =>
      contact.groupIds.map((group_id) => ({ group_id, sort_name: sortName(contact), contact_id: contact.id })),
    ),
  };
  for (const [table, rows] of Object.entries<object[]>(all)) {
    for (let from = 0; from < rows.length; from += CHUNK) await change(table).insert(rows.slice(from, from + CHUNK));
  }
}

/** Takes the indexes of one contact away. */
export async function deleteIndexes(change: Knex, { id, words }: Pick<ContactRow, 'id' | 'words'>): Promise<void> {
  await change('contact_numbers').where({ contact_id: id }).delete();
  if (words.length > 0) await change('contact_words').whereIn('word', words).andWhere({ contact_id: id }).delete();
  await change('contact_group_members').where({ contact_id: id }).delete();
}
