/** An address book in memory, for tests of what is above the database, and one in which nobody is known. */
import { type ChangeRecord, changedFields, type Deed } from '../../src/app/changes.js';
import type { AddressBookStores } from '../../src/app/contacts/address-book.js';
import type { Callers } from '../../src/app/contacts/callers.js';
import type { BlockedNumber, Contact, ContactGroup } from '../../src/app/contacts/contact.js';
import type { ContactEntry, ContactQuery, ContactStore, Written } from '../../src/app/contacts/store.js';
import { sortName, wordsOf } from '../../src/app/contacts/words.js';
import type { TagDefinition } from '../../src/app/tag-definitions.js';
import { type Refusal, refuse } from '../../src/core/refusal.js';

export const NO_CALLERS: Callers = { contactOf: () => null, isBlocked: () => false };

export class MemoryContacts implements ContactStore {
  readonly rows = new Map<string, Contact>();
  readonly #groups = new Map<string, ContactGroup>();

  async cards(after: string | null, limit: number) {
    return this.#present()
      .flatMap((card) => card.numbers.map(({ number }) => ({ number, card })))
      .filter(({ number }) => after === null || number > after)
      .sort((one, other) => (one.number < other.number ? -1 : 1))
      .slice(0, limit);
  }

  async find(id: string) {
    return this.#present().find((contact) => contact.id === id) ?? null;
  }

  async findRemoved(id: string) {
    return (await this.removed(Infinity)).find((contact) => contact.id === id) ?? null;
  }

  async removed(limit: number) {
    return [...this.rows.values()].filter(({ removedAt }) => removedAt !== null).slice(0, limit);
  }

  async search({ words, groupId, after, limit }: ContactQuery) {
    const has = (contact: Contact, word: string) => wordsOf(contact).some((each) => each.startsWith(word));
    const fits = (contact: Contact) =>
      (words.length === 0 || words.some((all) => all.every((word) => has(contact, word)))) &&
      (groupId === null || contact.groupIds.includes(groupId));
    const found = this.#present()
      .filter(fits)
      .sort((one, other) => (sortName(one) < sortName(other) ? -1 : 1));
    const from = after === null ? 0 : found.findIndex(({ id }) => id === after) + 1;
    return { contacts: found.slice(from, from + limit), more: found.length > from + limit };
  }

  async write(entries: readonly ContactEntry[], deed: Deed) {
    return entries.map((entry) => this.#written(entry, deed));
  }

  async remove(id: string, deed: Deed) {
    const contact = await this.find(id);
    if (contact !== null) this.rows.set(id, { ...contact, removedAt: deed.at });
    return contact;
  }

  async purge(before: number) {
    const old = [...this.rows.values()].filter(({ removedAt }) => removedAt !== null && removedAt < before);
    for (const { id } of old) this.rows.delete(id);
    return old.length;
  }

  async customNames() {
    return [...new Set(this.#present().flatMap(({ custom }) => Object.keys(custom)))].sort();
  }

  async groups() {
    return [...this.#groups.values()].sort((one, other) => (one.name < other.name ? -1 : 1));
  }

  async saveGroup(group: ContactGroup) {
    if ([...this.#groups.values()].some(({ id, name }) => name === group.name && id !== group.id)) {
      return 'alreadyExists' as const;
    }
    this.#groups.set(group.id, group);
    return 'saved' as const;
  }

  async removeGroup(id: string) {
    return this.#groups.delete(id);
  }

  #present(): readonly Contact[] {
    return [...this.rows.values()].filter(({ removedAt }) => removedAt === null);
  }

  #written({ id, fields, expects, version }: ContactEntry, deed: Deed): Written | Refusal {
    const before = this.rows.get(id) ?? null;
    const there = before === null ? 'new' : before.removedAt === null ? 'present' : 'removed';
    if (there !== expects) return refuse('notFound', 'There is no such contact.');
    if (version !== null && version !== before?.version) return refuse('changedMeanwhile', 'Changed.');
    if (fields.groupIds.some((each) => !this.#groups.has(each))) return refuse('unknownReference', 'No group.');
    for (const { number } of fields.numbers) {
      const owner = this.#present().find((each) => each.id !== id && each.numbers.some((own) => own.number === number));
      if (owner !== undefined)
        return refuse('numberTaken', 'Taken.', { number, contactId: owner.id, name: owner.name });
    }
    const createdAt = before?.createdAt ?? deed.at;
    const times = { createdAt, updatedAt: deed.at, removedAt: null };
    const contact = { ...fields, ...times, id, version: (before?.version ?? 0) + 1 };
    this.rows.set(id, contact);
    return { contact, before };
  }
}

function memoryTags(changes: ChangeRecord[]): AddressBookStores['tags'] {
  const tags = new Map<string, TagDefinition>();
  return {
    list: async () => [...tags.values()],
    named: async (name) => [...tags.values()].find((tag) => tag.name === name) ?? null,
    async save(tag, { by, at }) {
      if ([...tags.values()].some(({ id, name }) => name === tag.name && id !== tag.id)) return 'alreadyExists';
      const fields = changedFields(tags.get(tag.id) ?? {}, tag);
      const what = { entity: 'tag', entityId: tag.id, action: 'changed' } as const;
      changes.push({ id: changes.length, at, byAgentId: by, ...what, fields });
      tags.set(tag.id, tag);
      return 'saved';
    },
    remove: async (id) => tags.delete(id),
  };
}

/** Of its own changes it keeps those of tags only. */
export function memoryAddressBook(): AddressBookStores & { readonly contacts: MemoryContacts } {
  const changes: ChangeRecord[] = [];
  const blocked = new Map<string, BlockedNumber>();
  return {
    contacts: new MemoryContacts(),
    blacklist: {
      list: async () => [...blocked.values()],
      save: async (each) => void blocked.set(each.number, each),
      remove: async (number) => blocked.delete(number),
      async count(number, at) {
        const known = blocked.get(number);
        if (known !== undefined) blocked.set(number, { ...known, calls: known.calls + 1, lastCallAt: at });
      },
    },
    tags: memoryTags(changes),
    changes: {
      list: async ({ limit }) => changes.slice(0, limit),
      async note({ by, at }, noted) {
        changes.push({ id: changes.length, at, byAgentId: by, ...noted });
      },
    },
  };
}
