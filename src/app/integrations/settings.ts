/** Settings of the connections with other systems: kept in the database, in force as soon as they are saved. */
import type { QueueId } from '../../core/call/state.js';
import type { Deed } from '../changes.js';

/** A name in the caller's card, and where its value is in the answer: keys and indexes joined by dots. */
export interface CardField {
  readonly name: string;
  readonly path: string;
}

/** Asks another system who calls. */
export interface CrmLookup {
  /** With fields in braces. */
  readonly url: string;
  readonly timeoutMs: number;
  /** How long an answer is used again; 0: never. */
  readonly cacheMs: number;
  readonly fields: readonly CardField[];
}

export interface IntegrationSettings {
  /** The company's name as short messages give it. */
  readonly company: string;
  /** The page that a desktop opens for a call, with fields in braces; null: none. */
  readonly crmUrl: string | null;
  /** Instead of it for calls of these queues. */
  readonly crmQueueUrls: readonly { readonly queueId: QueueId; readonly url: string | null }[];
  readonly crmLookup: CrmLookup | null;
}

export const INTEGRATION_DEFAULTS: IntegrationSettings = {
  company: '',
  crmUrl: null,
  crmQueueUrls: [],
  crmLookup: null,
};

export interface IntegrationStore {
  load(): Promise<IntegrationSettings>;
  save(settings: IntegrationSettings, deed: Deed): Promise<void>;
}

export interface SettingsOperations {
  get(): IntegrationSettings;
  save(settings: IntegrationSettings, deed: Deed): Promise<void>;
}

export class SettingsKeeper implements SettingsOperations {
  readonly #store: IntegrationStore;
  #inForce: IntegrationSettings = INTEGRATION_DEFAULTS;

  constructor(store: IntegrationStore) {
    this.#store = store;
  }

  async load(): Promise<void> {
    this.#inForce = await this.#store.load();
  }

  get(): IntegrationSettings {
    return this.#inForce;
  }

  async save(settings: IntegrationSettings, deed: Deed): Promise<void> {
    await this.#store.save(settings, deed);
    this.#inForce = settings;
  }
}
