/** The address book's operations. Changes are made one after another, so that what is in memory is what was written last. */
import { randomBytes } from 'node:crypto';
import type { AgentId, Instant } from '../../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { Deed } from '../changes.js';
import type { Clock } from '../ports.js';
import { CardIndex } from './card-index.js';
import {
  type Contact,
  type ContactCard,
  type ContactFields,
  type ContactGroup,
  type ContactId,
  type GroupId,
  NO_FIELDS,
} from './contact.js';
import { Notes, type NumberNote, withNote, withoutNote } from './notes.js';
import type { PhoneNumbers } from './phone-number.js';
import type { ContactEntry, ContactPage, ContactStore } from './store.js';
import { asked } from './words.js';

export interface ContactsParts {
  readonly store: ContactStore;
  readonly numbers: PhoneNumbers;
  readonly clock: Clock;
  /** Is there such an account? */
  readonly isAgent: (id: AgentId) => boolean;
}

export interface ContactSearchInput {
  readonly text: string;
  readonly groupId: GroupId | null;
  readonly after: ContactId | null;
  readonly limit: number;
}

/** A removed contact may be restored for so long. */
export const RESTORABLE_MS = 30 * 24 * 3_600_000;
const NO_CONTACT = refuse('notFound', 'There is no such contact.');
const NOTHING_TO_TAKE_BACK = refuse('notFound', 'There is nothing to take back.');
const PAGE = 1_000;
const ID_BYTES = 9;

export class Contacts {
  readonly #parts: ContactsParts;
  readonly #cards = new CardIndex();
  readonly #notes = new Notes();
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: ContactsParts) {
    this.#parts = parts;
  }

  /** Reads every number; in pages, so that nothing else has to wait for long. Changes wait until it is done. */
  load(): Promise<void> {
    return this.#inTurn(async () => {
      for (let after: string | null = null, more = true; more; ) {
        const page: Awaited<ReturnType<ContactStore['cards']>> = await this.#parts.store.cards(after, PAGE);
        for (const { number, card } of page) this.#cards.add(number, card);
        after = page.at(-1)?.number ?? null;
        more = page.length === PAGE;
      }
    });
  }

  contactOf(number: string): ContactCard | null {
    if (this.#cards.size === 0) return null;
    return this.#cards.of(this.#parts.numbers.normalise(number));
  }

  search({ text, ...rest }: ContactSearchInput): Promise<ContactPage> {
    const words = asked(text);
    if (words.length === 0 && text.trim() !== '') return Promise.resolve({ contacts: [], more: false });
    return this.#parts.store.search({ words, ...rest });
  }

  async get(id: ContactId): Promise<Contact | Refusal> {
    return (await this.#parts.store.find(id)) ?? NO_CONTACT;
  }

  async ofNumber(number: string): Promise<Contact | Refusal> {
    const card = this.contactOf(number);
    return card === null ? NO_CONTACT : await this.get(card.id);
  }

  add(by: AgentId, fields: ContactFields): Promise<Contact | Refusal> {
    return this.#write(by, { id: newContactId(), fields, expects: 'new', version: null });
  }

  /** Replaces the contact. With a `version` only if that is still the present one, else whatever it is. */
  save(by: AgentId, id: ContactId, fields: ContactFields, version: number | null): Promise<Contact | Refusal> {
    return this.#write(by, { id, fields, expects: 'present', version });
  }

  /** The number's contact, or a new one, is put into the group, or gets the personal manager. */
  note(by: AgentId, number: string, more: NumberNote): Promise<Contact | Refusal> {
    return this.#inTurn(async () => {
      const card = this.contactOf(number);
      const found = card === null ? null : await this.#parts.store.find(card.id);
      const known = found === null ? null : this.#withoutGone(found);
      const entry: ContactEntry = {
        id: known?.id ?? newContactId(),
        fields: withNote(known ?? { ...NO_FIELDS, numbers: [{ number, label: '' }] }, more),
        expects: known === null ? 'new' : 'present',
        version: known?.version ?? null,
      };
      const written = await this.#writeNow(by, entry);
      if (!isRefusal(written)) this.#notes.keep({ by, before: known, after: written });
      return written;
    });
  }

  /**
   * What `note` has done is undone, whatever else has changed since; a contact that was new and is as it was made is removed. By whoever
   * has noted it; `version`: which the contact got by it.
   */
  takeBack(by: AgentId, id: ContactId, version: number): Promise<Contact | 'removed' | Refusal> {
    return this.#inTurn(async () => {
      const note = this.#notes.find(by, id, version);
      const present = note === null ? null : await this.#parts.store.find(id);
      if (note === null || present === null) return NOTHING_TO_TAKE_BACK;
      const isUntouched = note.before === null && present.version === version;
      if (isUntouched && (await this.#removeNow(by, id))) return 'removed';
      const fields = withoutNote(this.#withoutGone(present), note);
      if (fields === null) return NOTHING_TO_TAKE_BACK;
      const written = await this.#writeNow(by, { id, fields, expects: 'present', version: present.version });
      if (!isRefusal(written)) this.#notes.forget(note);
      return written;
    });
  }

  /** Several at once: each is written or refused by itself. */
  writeAll(by: AgentId, entries: readonly ContactEntry[]): Promise<readonly (Contact | Refusal)[]> {
    return this.#inTurn(() => this.#writeAllNow(by, entries));
  }

  /** It can be restored for a while; its numbers are free at once. */
  remove(by: AgentId, id: ContactId): Promise<boolean> {
    return this.#inTurn(() => this.#removeNow(by, id));
  }

  /** Refused with `numberTaken` where somebody else has got one of its numbers meanwhile. */
  restore(by: AgentId, id: ContactId): Promise<Contact | Refusal> {
    return this.#inTurn(async () => {
      const removed = await this.#parts.store.findRemoved(id);
      if (removed === null) return NO_CONTACT;
      return await this.#writeNow(by, { id, fields: this.#withoutGone(removed), expects: 'removed', version: null });
    });
  }

  removed(limit: number): Promise<readonly Contact[]> {
    return this.#parts.store.removed(limit);
  }

  customNames(): Promise<readonly string[]> {
    return this.#parts.store.customNames();
  }

  groups(): Promise<readonly ContactGroup[]> {
    return this.#parts.store.groups();
  }

  async saveGroup(by: AgentId, group: ContactGroup): Promise<ContactGroup | Refusal> {
    const saved = await this.#parts.store.saveGroup(group, this.#deed(by));
    return saved === 'saved' ? group : refuse('alreadyExists', 'Another group has this name.', { field: 'name' });
  }

  removeGroup(by: AgentId, id: GroupId): Promise<boolean> {
    return this.#inTurn(async () => {
      const removed = await this.#parts.store.removeGroup(id, this.#deed(by));
      if (removed) this.#cards.withoutGroup(id);
      return removed;
    });
  }

  /** What is wrong with the fields by themselves, or the fields as they are kept. */
  checked(fields: ContactFields): ContactFields | Refusal {
    const numbers = new Map<string, string>();
    for (const { number, label } of fields.numbers) {
      const normalised = this.#parts.numbers.normalise(number);
      if (normalised === '') return refuse('numberInvalid', 'This is no telephone number.', { number });
      if (!numbers.has(normalised)) numbers.set(normalised, label);
    }
    if (fields.name === '' && fields.company === '' && numbers.size === 0) {
      return refuse('invalidInput', 'A contact needs a name, a company or a number.', { field: 'name' });
    }
    if (fields.managerId !== null && !this.#parts.isAgent(fields.managerId)) {
      return refuse('unknownReference', 'There is no such agent.', { field: 'managerId' });
    }
    const groupIds = [...new Set(fields.groupIds)];
    return { ...fields, groupIds, numbers: [...numbers].map(([number, label]) => ({ number, label })) };
  }

  async #removeNow(by: AgentId, id: ContactId): Promise<boolean> {
    const deed = this.#deed(by);
    const removed = await this.#parts.store.remove(id, deed);
    if (removed !== null) this.#cards.replace(removed, null);
    await this.#forget(deed.at);
    return removed !== null;
  }

  #write(by: AgentId, entry: ContactEntry): Promise<Contact | Refusal> {
    return this.#inTurn(() => this.#writeNow(by, entry));
  }

  async #writeNow(by: AgentId, entry: ContactEntry): Promise<Contact | Refusal> {
    const [result = NO_CONTACT] = await this.#writeAllNow(by, [entry]);
    return result;
  }

  async #writeAllNow(by: AgentId, entries: readonly ContactEntry[]): Promise<readonly (Contact | Refusal)[]> {
    const checked = entries.map((entry) => ({ entry, fields: this.checked(entry.fields) }));
    const good = checked.flatMap(({ entry, fields }) => (isRefusal(fields) ? [] : [{ ...entry, fields }]));
    const results = good.length === 0 ? [] : await this.#parts.store.write(good, this.#deed(by));
    const written = results[Symbol.iterator]();
    return checked.map(({ fields }) => {
      if (isRefusal(fields)) return fields;
      const result = written.next().value ?? NO_CONTACT;
      if (isRefusal(result)) return result;
      this.#cards.replace(result.before, result.contact);
      return result.contact;
    });
  }

  /** What is done for a number must not fail because its manager's account was removed. */
  #withoutGone(contact: Contact): Contact {
    const { managerId } = contact;
    return managerId === null || this.#parts.isAgent(managerId) ? contact : { ...contact, managerId: null };
  }

  async #forget(now: Instant): Promise<void> {
    await this.#parts.store.purge(now - RESTORABLE_MS);
  }

  #deed(by: AgentId): Deed {
    return { by, at: this.#parts.clock.now() };
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = result.catch(() => undefined);
    return result;
  }
}

/** Short, since every word of a contact names it; 72 random bits. */
export function newContactId(): ContactId {
  return randomBytes(ID_BYTES).toString('base64url');
}
