/** The address book as the application has it: contacts, blocked numbers, tags, and who changed what. */
import type { CallEvent } from '../../core/call/event.js';
import type { AgentId, Call } from '../../core/call/state.js';
import type { ChangeLog } from '../changes.js';
import type { Clock, Log } from '../ports.js';
import type { SettingsInForce } from '../settings-in-force.js';
import type { TagStore } from '../tag-definitions.js';
import { Blacklist } from './blacklist.js';
import type { Callers } from './callers.js';
import { Contacts } from './contacts.js';
import { PhoneNumbers } from './phone-number.js';
import type { BlacklistStore, ContactStore } from './store.js';

export interface AddressBookStores {
  readonly contacts: ContactStore;
  readonly blacklist: BlacklistStore;
  readonly tags: TagStore;
  readonly changes: ChangeLog;
}

export interface AddressBookParts {
  readonly stores: AddressBookStores;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: () => Pick<SettingsInForce, 'agents' | 'centre'>;
}

export class AddressBook implements Callers {
  readonly contacts: Contacts;
  readonly blacklist: Blacklist;
  readonly tags: TagStore;
  readonly changes: ChangeLog;
  readonly #log: Log;
  #ready: Promise<void> = Promise.resolve();

  constructor({ stores, clock, log, settings }: AddressBookParts) {
    const numbers = new PhoneNumbers(() => settings().centre.defaultCountry);
    const isAgent = (id: AgentId) => settings().agents.has(id);
    this.contacts = new Contacts({ store: stores.contacts, numbers, clock, isAgent });
    this.blacklist = new Blacklist({ store: stores.blacklist, numbers, clock, log });
    this.#log = log;
    this.tags = stores.tags;
    this.changes = stores.changes;
  }

  /**
   * What calls are asked about, into memory. Answers once blocked numbers are known; live calls do not wait for the contacts, which may
   * be many: `ready` says when they are there.
   */
  async open(): Promise<void> {
    await this.blacklist.load();
    this.#ready = this.contacts.load();
    this.#ready.catch((error: unknown) => {
      this.#log.error({ error: String(error) }, 'contacts could not be read: callers are not known by name');
    });
  }

  get ready(): Promise<void> {
    return this.#ready;
  }

  /** Counts the calls that were rejected. */
  callPublished(call: Call, events: readonly CallEvent[]): void {
    for (const event of events) {
      if (event.type === 'call.ended' && event.outcome === 'blocked') {
        this.blacklist.counted(call.from.number, event.at);
      }
    }
  }

  contactOf(number: string) {
    return this.contacts.contactOf(number);
  }

  isBlocked(number: string): boolean {
    return this.blacklist.isBlocked(number);
  }
}
