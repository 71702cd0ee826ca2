/** What other systems know of the customers of live calls: the page to open, and the card that a lookup fills. */
import type { Call, CallId } from '../../core/call/state.js';
import type { IntegrationSettings } from '../integrations/settings.js';
import { callFields, type KnowsContacts, webAddress } from './fields.js';
import { type LookupParts, Lookups } from './lookups.js';
import type { CardValue, CrmView } from './view.js';

export interface CrmParts extends LookupParts {
  readonly settings: () => IntegrationSettings;
}

interface Known {
  readonly lookup: CrmView['lookup'];
  readonly card: readonly CardValue[];
}

const NOTHING: Known = { lookup: 'off', card: [] };

export class Crm {
  readonly #parts: CrmParts;
  readonly #lookups: Lookups;
  readonly #known = new Map<CallId, Known>();
  #settings: IntegrationSettings;
  #answered: (callId: CallId) => void = () => {};

  constructor(parts: CrmParts) {
    this.#parts = parts;
    this.#lookups = new Lookups(parts);
    this.#settings = parts.settings();
  }

  /** Told when what is known of a call has changed. */
  onAnswer(listener: (callId: CallId) => void): void {
    this.#answered = listener;
  }

  viewOf(call: Call, queueName: string, callers: KnowsContacts): CrmView {
    const { crmUrl, crmQueueUrls } = this.#parts.settings();
    const own = crmQueueUrls.find(({ queueId }) => queueId === call.marks.queueId);
    const template = own === undefined ? crmUrl : own.url;
    // Colleagues who call each other are no customers.
    const isCustomers = call.direction !== 'internal';
    const url = template === null || !isCustomers ? null : webAddress(template, callFields(call, queueName, callers));
    return { url, ...(this.#known.get(call.id) ?? NOTHING) };
  }

  /** Asks who it is, once for each call. */
  follow(call: Call, queueName: string, callers: KnowsContacts): void {
    if (call.phase === 'ended') {
      this.#known.delete(call.id);
      return;
    }
    const settings = this.#parts.settings();
    if (settings !== this.#settings) {
      this.#settings = settings;
      this.#lookups.forget();
    }
    const lookup = settings.crmLookup;
    if (lookup === null || this.#known.has(call.id) || call.direction === 'internal') return;
    const url = webAddress(lookup.url, callFields(call, queueName, callers));
    if (url === null) return;
    const card = this.#lookups.known(url);
    if (card !== null) {
      this.#known.set(call.id, { lookup: 'done', card });
      return;
    }
    this.#known.set(call.id, { lookup: 'asking', card: [] });
    void this.#lookups.ask(url, lookup).then((answer) => {
      // The call may have ended meanwhile.
      if (!this.#known.has(call.id)) return;
      this.#known.set(call.id, answer === null ? { lookup: 'failed', card: [] } : { lookup: 'done', card: answer });
      this.#answered(call.id);
    });
  }
}
