/** What the address book needs of the database. Every change is durable, and noted in the log of changes, when it resolves. */
import type { Instant } from '../../core/call/state.js';
import type { Refusal } from '../../core/refusal.js';
import type { Deed } from '../changes.js';
import type {
  BlockedNumber,
  Contact,
  ContactCard,
  ContactFields,
  ContactGroup,
  ContactId,
  GroupId,
} from './contact.js';

/** A contact to be written as it is given. */
export interface ContactEntry {
  readonly id: ContactId;
  readonly fields: ContactFields;
  /** new: there is none of this id; present: it is replaced; removed: it comes back. */
  readonly expects: 'new' | 'present' | 'removed';
  /** The version that the change was made from; null: whatever it is, the last one who writes wins. */
  readonly version: number | null;
}

export interface Written {
  readonly contact: Contact;
  /** As it was; null for a new one. */
  readonly before: Contact | null;
}

export interface ContactPage {
  readonly contacts: readonly Contact[];
  /** There are more than were asked for, or the search was broken off. */
  readonly more: boolean;
}

export interface ContactQuery {
  /** What must be found: every word of one of these, tried in order. Empty: everything, by name. */
  readonly words: readonly (readonly string[])[];
  readonly groupId: GroupId | null;
  /** By name only: read on behind this contact. */
  readonly after: ContactId | null;
  readonly limit: number;
}

export interface ContactStore {
  /** Numbers and whose they are, in pages by number. */
  cards(
    after: string | null,
    limit: number,
  ): Promise<readonly { readonly number: string; readonly card: ContactCard }[]>;
  /** Null for a removed one. */
  find(id: ContactId): Promise<Contact | null>;
  findRemoved(id: ContactId): Promise<Contact | null>;
  /** Those that may still be restored, the last removed first. */
  removed(limit: number): Promise<readonly Contact[]>;
  search(query: ContactQuery): Promise<ContactPage>;
  /**
   * Each entry is written or refused by itself, in one transaction for all: `numberTaken` says which contact has a number,
   * `changedMeanwhile` which version there is, `unknownReference` which group there is not.
   */
  write(entries: readonly ContactEntry[], deed: Deed): Promise<readonly (Written | Refusal)[]>;
  /** Answers what was removed. */
  remove(id: ContactId, deed: Deed): Promise<Contact | null>;
  /** Forgets for good what was removed before that moment, also in the log of changes. */
  purge(before: Instant): Promise<number>;
  /** The names of all custom fields in use. */
  customNames(): Promise<readonly string[]>;
  groups(): Promise<readonly ContactGroup[]>;
  saveGroup(group: ContactGroup, deed: Deed): Promise<'saved' | 'alreadyExists'>;
  /** Its contacts stay. */
  removeGroup(id: GroupId, deed: Deed): Promise<boolean>;
}

export interface BlacklistStore {
  list(): Promise<readonly BlockedNumber[]>;
  /** Adds it or replaces who, why and until when; what was counted is kept. */
  save(blocked: BlockedNumber, deed: Deed): Promise<void>;
  remove(number: string, deed: Deed): Promise<boolean>;
  /** One more call was rejected. */
  count(number: string, at: Instant): Promise<void>;
}
