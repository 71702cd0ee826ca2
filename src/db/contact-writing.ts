/** Writing contacts: in one transaction for all that are given, each of them written or refused by itself. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { changedFields, type Deed, type Noted } from '../app/changes.js';
import type { Contact, ContactId } from '../app/contacts/contact.js';
import type { ContactEntry, Written } from '../app/contacts/store.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import { noteChanges } from './change-log.js';
import { columnsOf, contactRow, contactsOf, deleteIndexes, fieldsOf, insertIndexes } from './contact-rows.js';

interface Owner {
  readonly id: ContactId;
  readonly name: string;
}

const ownerRow = z.object({ number: z.string(), id: z.string(), name: z.string() });

async function ownersOf(knex: Knex, numbers: readonly string[]): Promise<Map<string, Owner>> {
  if (numbers.length === 0) return new Map();
  const rows: unknown = await knex('contact_numbers')
    .join('contacts', 'contacts.id', 'contact_numbers.contact_id')
    .whereIn('contact_numbers.number', numbers)
    .select('contact_numbers.number', 'contacts.id', 'contacts.name');
  return new Map(
    z
      .array(ownerRow)
      .parse(rows)
      .map(({ number, id, name }) => [number, { id, name }]),
  );
}

/** What the entries are held against. */
interface Present {
  readonly contacts: ReadonlyMap<ContactId, Contact>;
  readonly groupIds: ReadonlySet<string>;
  /** Grows with every entry that is written. */
  readonly owners: Map<string, Owner>;
}

/** The transaction has the contacts to itself already. */
export async function writeContacts(
  change: Knex,
  entries: readonly ContactEntry[],
  deed: Deed,
): Promise<readonly (Written | Refusal)[]> {
  const rows: unknown = await change('contacts')
    .whereIn(
      'id',
      entries.map(({ id }) => id),
    )
    .select();
  const old = z.array(contactRow).parse(rows);
  const before = await contactsOf(change, rows);
  const present: Present = {
    contacts: new Map(before.map((contact) => [contact.id, contact])),
    groupIds: await knownGroups(
      change,
      entries.flatMap(({ fields }) => fields.groupIds),
    ),
    owners: await ownersOf(
      change,
      entries.flatMap(({ fields }) => fields.numbers.map(({ number }) => number)),
    ),
  };
  const results = entries.map((entry) => decided(present, entry, deed));
  const written = results.filter((result): result is Written => !isRefusal(result));
  const replaced = new Set(written.map(({ contact }) => contact.id));
  for (const row of old) if (replaced.has(row.id)) await deleteIndexes(change, row);
  await store(change, written, new Set(old.map(({ id }) => id)));
  await noteChanges(change, deed, written.map(noted));
  return results;
}

/** Those of the groups that there are. */
export async function knownGroups(change: Knex, ids: readonly string[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows: unknown = await change('contact_groups').whereIn('id', ids).select('id');
  const parsed = z.array(z.object({ id: z.string() })).parse(rows);
  return new Set(parsed.map(({ id }) => id));
}

function decided(present: Present, { id, fields, expects, version }: ContactEntry, deed: Deed): Written | Refusal {
  const found = present.contacts.get(id);
  const there = found === undefined ? 'new' : found.removedAt === null ? 'present' : 'removed';
  if (there !== expects) return refuse(expects === 'new' ? 'alreadyExists' : 'notFound', 'There is no such contact.');
  if (version !== null && found?.version !== version) {
    return refuse('changedMeanwhile', 'Somebody has changed the contact meanwhile.', { version: found?.version });
  }
  const unknown = fields.groupIds.find((groupId) => !present.groupIds.has(groupId));
  if (unknown !== undefined) return refuse('unknownReference', 'There is no such group.', { field: 'groupIds' });
  for (const { number } of fields.numbers) {
    const owner = present.owners.get(number);
    if (owner !== undefined && owner.id !== id) return numberTaken(number, owner);
  }
  for (const { number } of fields.numbers) present.owners.set(number, { id, name: fields.name });
  const contact: Contact = {
    ...fieldsOf(fields),
    id,
    version: (found?.version ?? 0) + 1,
    createdAt: found?.createdAt ?? deed.at,
    updatedAt: deed.at,
    removedAt: null,
  };
  return { contact, before: found ?? null };
}

function numberTaken(number: string, owner: Owner): Refusal {
  const details = { number, contactId: owner.id, name: owner.name };
  return refuse('numberTaken', 'Another contact has this number.', details);
}

async function store(change: Knex, written: readonly Written[], known: ReadonlySet<ContactId>): Promise<void> {
  const added = written.filter(({ contact }) => !known.has(contact.id)).map(({ contact }) => columnsOf(contact));
  if (added.length > 0) await change('contacts').insert(added);
  for (const { contact } of written) {
    if (known.has(contact.id)) await change('contacts').where({ id: contact.id }).update(columnsOf(contact));
  }
  await insertIndexes(
    change,
    written.map(({ contact }) => contact),
  );
}

function noted({ contact, before }: Written): Noted {
  const action = before === null ? 'added' : before.removedAt === null ? 'changed' : 'restored';
  const old = before === null || before.removedAt !== null ? {} : fieldsOf(before);
  return { entity: 'contact', entityId: contact.id, action, fields: changedFields(old, fieldsOf(contact)) };
}
