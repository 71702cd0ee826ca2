/**
 * Which webhooks are to be told of an event, and with which body: written in the transaction that writes the event, so that nothing is
 * lost between the two and nothing is told that did not happen.
 */
import type { Knex } from 'knex';
import type { DomainEvent } from '../app/event-stream.js';
import type { JournalEntry } from '../app/ports.js';
import type { Webhook } from '../app/webhooks/store.js';
import { matchesType } from '../core/webhook/retry.js';
import type { Statement } from './journal/statement.js';

type Kind = JournalEntry['stream'] | 'sms' | 'callback';

export class WebhookOutbox {
  #inForce: readonly Webhook[] = [];

  /** What is decided from now on is written for these. One that is turned off keeps what it has, and gets nothing new. */
  takeIntoForce(webhooks: readonly Webhook[]): void {
    this.#inForce = webhooks.filter(({ enabled }) => enabled);
  }

  statementsOf({ stream, id, events }: JournalEntry): readonly Statement[] {
    if (this.#inForce.length === 0) return [];
    return events.flatMap((event) =>
      this.#valuesOf(event, stream, id).map((values): Statement => ({ name: 'insertDelivery', values })),
    );
  }

  /** Of what is not in the journal. */
  async takeEvent(change: Knex, kind: 'sms' | 'callback', id: string, event: DomainEvent): Promise<void> {
    for (const values of this.#valuesOf(event, kind, id)) {
      const [delivery_id, webhook_id, lane, type, at, body, due_at] = values;
      await change('webhook_deliveries')
        .insert({ delivery_id, webhook_id, lane, type, at, body, due_at, state: 'waiting', attempts: 0 })
        .onConflict('delivery_id')
        .ignore();
    }
  }

  #valuesOf(event: DomainEvent, kind: Kind, id: string) {
    const { type, at, seq } = event;
    const meant = this.#inForce.filter(({ types }) => types.some((pattern) => matchesType(pattern, type)));
    const lane = `${kind}:${id}`;
    return meant.map((webhook) => {
      const deliveryId = `${webhook.id}.${kind}.${id}.${seq}`;
      return [deliveryId, webhook.id, lane, type, at, bodyOf(event, kind, id, deliveryId), at];
    });
  }
}

/** What the receiver reads. Addresses of phones are the PBX's own matter. */
function bodyOf(event: DomainEvent, kind: Kind, subjectId: string, id: string): string {
  const { type, at, seq: sequence, v: version, ...data } = event;
  const time = new Date(at).toISOString();
  const body = { id, type, version, time, sequence, subject: { kind, id: subjectId }, data };
  return JSON.stringify(body, (key, value: unknown) => (key === 'address' ? undefined : value));
}
