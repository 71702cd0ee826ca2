/** The address book's tables. One change at a time: each takes a lock before it reads, so that what it found still holds. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Deed } from '../app/changes.js';
import { changedFields } from '../app/changes.js';
import type { Contact, ContactCard, ContactGroup, ContactId, GroupId } from '../app/contacts/contact.js';
import type { ContactEntry, ContactPage, ContactQuery, ContactStore, Written } from '../app/contacts/store.js';
import type { Instant } from '../core/call/state.js';
import type { Refusal } from '../core/refusal.js';
import { forgetFields, noteChanges } from './change-log.js';
import { contactRow, contactsOf, deleteIndexes, fieldsOf, groupsOf } from './contact-rows.js';
import { ContactSearch } from './contact-search.js';
import { knownGroups, writeContacts } from './contact-writing.js';
import { json } from './rows.js';

const cardRow = z.object({
  number: z.string(),
  id: z.string(),
  name: z.string(),
  manager_id: z.string().nullable(),
});
const idRow = z.object({ id: z.string() });
const groupRow = z.object({ id: z.string(), name: z.string() });
const customRow = z.object({ id: z.string(), custom: json(z.record(z.string(), z.string())) });
/** The groups that a removed contact was in. */
const leftRow = z.object({ left_groups: json(z.array(z.string())) });
const PAGE = 2_000;

export class StoredContacts implements ContactStore {
  readonly #knex: Knex;
  readonly #search: ContactSearch;

  constructor(knex: Knex) {
    this.#knex = knex;
    this.#search = new ContactSearch(knex);
  }

  async cards(after: string | null, limit: number) {
    const query = this.#knex('contact_numbers').join('contacts', 'contacts.id', 'contact_numbers.contact_id');
    if (after !== null) query.where('contact_numbers.number', '>', after);
    const found: unknown = await query
      .orderBy('contact_numbers.number')
      .limit(limit)
      .select('contact_numbers.number', 'contacts.id', 'contacts.name', 'contacts.manager_id');
    const rows = z.array(cardRow).parse(found);
    const groups = await groupsOf(this.#knex, [...new Set(rows.map(({ id }) => id))]);
    return rows.map(({ number, id, name, manager_id: managerId }) => {
      const card: ContactCard = { id, name, managerId, groupIds: groups.get(id) ?? [] };
      return { number, card };
    });
  }

  async find(id: ContactId): Promise<Contact | null> {
    return (
      (await contactsOf(this.#knex, await this.#knex('contacts').where({ id }).whereNull('removed_at')))[0] ?? null
    );
  }

  async findRemoved(id: ContactId): Promise<Contact | null> {
    const row: unknown = await this.#knex('contacts').where({ id }).whereNotNull('removed_at').first();
    if (row === undefined) return null;
    const [contact] = await contactsOf(this.#knex, [row]);
    const groupIds = await knownGroups(this.#knex, leftRow.parse(row).left_groups);
    return contact === undefined ? null : { ...contact, groupIds: [...groupIds] };
  }

  async removed(limit: number): Promise<readonly Contact[]> {
    const rows: unknown = await this.#knex('contacts')
      .whereNotNull('removed_at')
      .orderBy([
        { column: 'removed_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit);
    return await contactsOf(this.#knex, rows);
  }

  search(query: ContactQuery): Promise<ContactPage> {
    return this.#search.find(query);
  }

  write(entries: readonly ContactEntry[], deed: Deed): Promise<readonly (Written | Refusal)[]> {
    return this.#change((change) => writeContacts(change, entries, deed));
  }

  remove(id: ContactId, deed: Deed): Promise<Contact | null> {
    return this.#change(async (change) => {
      const rows: unknown = await change('contacts').where({ id }).whereNull('removed_at');
      const [contact] = await contactsOf(change, rows);
      if (contact === undefined) return null;
      for (const row of z.array(contactRow).parse(rows)) await deleteIndexes(change, row);
      await change('contacts')
        .where({ id })
        .update({ removed_at: deed.at, left_groups: JSON.stringify(contact.groupIds) });
      const fields = changedFields(fieldsOf(contact), {});
      await noteChanges(change, deed, [{ entity: 'contact', entityId: id, action: 'removed', fields }]);
      return contact;
    });
  }

  purge(before: Instant): Promise<number> {
    return this.#change(async (change) => {
      const rows: unknown = await change('contacts').where('removed_at', '<', before).limit(PAGE).select('id');
      const ids = z
        .array(idRow)
        .parse(rows)
        .map(({ id }) => id);
      if (ids.length === 0) return 0;
      await forgetFields(change, 'contact', ids);
      return await change('contacts').whereIn('id', ids).delete();
    });
  }

  async customNames(): Promise<readonly string[]> {
    const names = new Set<string>();
    for (let after: string | null = ''; after !== null; ) {
      const rows: unknown = await this.#knex('contacts')
        .where('id', '>', after)
        .whereNull('removed_at')
        .orderBy('id')
        .limit(PAGE)
        .select('id', 'custom');
      const page = z.array(customRow).parse(rows);
      for (const { custom } of page) for (const name of Object.keys(custom)) names.add(name);
      after = page.length < PAGE ? null : (page.at(-1)?.id ?? null);
    }
    return [...names].sort();
  }

  async groups(): Promise<readonly ContactGroup[]> {
    return z.array(groupRow).parse(await this.#knex('contact_groups').orderBy(['name', 'id']).select());
  }

  saveGroup({ id, name }: ContactGroup, deed: Deed): Promise<'saved' | 'alreadyExists'> {
    return this.#change(async (change) => {
      const other: unknown = await change('contact_groups').where({ name }).whereNot({ id }).first('id');
      if (other !== undefined) return 'alreadyExists';
      const before = groupRow.optional().parse(await change('contact_groups').where({ id }).first());
      await change('contact_groups').insert({ id, name }).onConflict('id').merge();
      const fields = changedFields(before ?? {}, { id, name });
      const action = before === undefined ? 'added' : 'changed';
      await noteChanges(change, deed, [{ entity: 'group', entityId: id, action, fields }]);
      return 'saved';
    });
  }

  removeGroup(id: GroupId, deed: Deed): Promise<boolean> {
    return this.#change(async (change) => {
      const before = groupRow.optional().parse(await change('contact_groups').where({ id }).first());
      if (before === undefined) return false;
      await change('contact_group_members').where({ group_id: id }).delete();
      await change('contact_groups').where({ id }).delete();
      const fields = changedFields(before, {});
      await noteChanges(change, deed, [{ entity: 'group', entityId: id, action: 'removed', fields }]);
      return true;
    });
  }

  /** The first statement takes a lock, on both databases: of two changes one sees what the other wrote. */
  #change<T>(work: (change: Knex) => Promise<T>): Promise<T> {
    return this.#knex.transaction(async (change) => {
      await change('centre_settings').where({ id: 1 }).update({ id: 1 });
      return await work(change);
    });
  }
}
