/** Opens the database named by one URL, migrates it, and gives what the application needs of it. */

import type { Knex } from 'knex';
import type { CallbackStore } from '../app/callbacks/store.js';
import type { ConfigurationStore } from '../app/configuration-store.js';
import type { AddressBookStores } from '../app/contacts/address-book.js';
import type { History } from '../app/history/store.js';
import type { IntegrationStore } from '../app/integrations/settings.js';
import type { CredentialStore } from '../app/login/credential-store.js';
import type { MessageStore } from '../app/messages/store.js';
import type { Journal, Log } from '../app/ports.js';
import type { RecordingStore } from '../app/recordings/store.js';
import type { ScenarioStore } from '../app/scenarios/store.js';
import type { VoicemailStore } from '../app/scenarios/voicemail-store.js';
import type { SmsStore } from '../app/sms/store.js';
import type { WebhookStore } from '../app/webhooks/store.js';
import { StoredBlacklist } from './blacklist.js';
import { StoredCallbacks } from './callbacks.js';
import { StoredChangeLog } from './change-log.js';
import { StoredConfiguration } from './configuration.js';
import { connect } from './connection.js';
import { StoredContacts } from './contacts.js';
import { StoredCredentials } from './credentials.js';
import { DatabaseHistory } from './history.js';
import { StoredIntegrations } from './integration-settings.js';
import { DatabaseJournal } from './journal/journal.js';
import { LegRows } from './journal/leg-rows.js';
import { Writer } from './journal/writer.js';
import { Lease } from './lease.js';
import { StoredMessages } from './messages.js';
import { migrate } from './migrate.js';
import { StoredRecordings } from './recordings.js';
import { StoredScenarios } from './scenarios.js';
import { StoredSms } from './sms.js';
import { StoredTags } from './tag-definitions.js';
import { Tenure } from './tenure.js';
import { StoredVoicemails } from './voicemails.js';
import { WebhookOutbox } from './webhook-outbox.js';
import { StoredWebhooks } from './webhooks.js';

export interface Database {
  readonly journal: Journal;
  readonly history: History;
  readonly configuration: ConfigurationStore;
  readonly credentials: CredentialStore;
  readonly recordings: RecordingStore;
  readonly messages: MessageStore;
  readonly integrations: IntegrationStore;
  readonly sms: SmsStore;
  readonly addressBook: AddressBookStores;
  readonly scenarios: ScenarioStore;
  readonly webhooks: WebhookStore;
  readonly voicemails: VoicemailStore;
  readonly callbacks: CallbackStore;
  /** Waits until no other controller writes for this application; `onLost` is told when another takes over. */
  takeLease(app: string, onLost: () => void): Promise<Lease>;
  /** How long the oldest write that is not done waits, ms: more than a moment means locked, full or gone. */
  writeDelayMs(): number;
  /** Has anybody an account? Without reading them all. */
  hasAccounts(): Promise<boolean>;
  /** Rejects when the database does not answer. */
  ping(): Promise<void>;
  /** Writes what was handed in, then lets go of every connection. Waits 5 s at most for a database that is away. */
  close(): Promise<void>;
}

/** `sqlite:` and a path (or `:memory:`), or `postgres://…`. */
export async function openDatabase({ url }: { readonly url: string }, log: Log): Promise<Database> {
  const { knex, dialect, openLink } = connect(url, log);
  try {
    await migrate(knex, dialect);
    // A controller that died may have left claims of calls that are over; they would keep agents from calls until they expire.
    await knex.raw('DELETE FROM claims WHERE call_id NOT IN (SELECT id FROM calls WHERE live = 1)');
    const link = await openLink();
    const tenure = new Tenure();
    const writer = new Writer(link, log, tenure);
    const legs = new LegRows();
    const outbox = new WebhookOutbox();
    const webhooks = new StoredWebhooks(knex, outbox);
    // From the first event on: what is decided before they are started must not be missed.
    await webhooks.list();
    return {
      journal: new DatabaseJournal(writer, legs, outbox),
      history: new DatabaseHistory(knex, (id, events) => legs.resume(id, events)),
      ...stores(knex, outbox, tenure),
      webhooks,
      takeLease: async (app, onLost) => {
        const lease = await Lease.take(knex, app, log, onLost);
        tenure.begin(app, lease.epoch, () => lease.lost());
        return lease;
      },
      writeDelayMs: () => writer.delayMs,
      hasAccounts: async () => (await knex('agents').first('id')) !== undefined,
      ping: async () => {
        await knex.raw('SELECT 1');
      },
      close: async () => {
        await writer.close();
        await link.close();
        await knex.destroy();
      },
    };
  } catch (error) {
    await knex.destroy();
    throw error;
  }
}

/** Each noun's own store. What is told to webhooks is taken along in the transaction that writes it. */
function stores(knex: Knex, outbox: WebhookOutbox, tenure: Tenure) {
  return {
    configuration: new StoredConfiguration(knex),
    credentials: new StoredCredentials(knex),
    recordings: new StoredRecordings(knex),
    messages: new StoredMessages(knex),
    integrations: new StoredIntegrations(knex),
    addressBook: {
      contacts: new StoredContacts(knex),
      blacklist: new StoredBlacklist(knex),
      tags: new StoredTags(knex),
      changes: new StoredChangeLog(knex),
    },
    scenarios: new StoredScenarios(knex),
    sms: new StoredSms(knex, (change, event) => outbox.takeEvent(change, 'sms', event.smsId, event)),
    voicemails: new StoredVoicemails(knex),
    callbacks: new StoredCallbacks(
      knex,
      (change, event) => outbox.takeEvent(change, 'callback', event.callbackId, event),
      tenure,
    ),
  };
}
