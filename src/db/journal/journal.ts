/** The journal of everything that changes while calls run: each operation goes through the one ordered writer. */
import type { Journal, JournalEntry } from '../../app/ports.js';
import type { AgentId, CallId, Instant } from '../../core/call/state.js';
import type { WebhookOutbox } from '../webhook-outbox.js';
import type { LegRows } from './leg-rows.js';
import type { Writer } from './writer.js';

export class DatabaseJournal implements Journal {
  readonly #writer: Writer;
  readonly #legs: LegRows;
  readonly #webhooks: WebhookOutbox;

  constructor(writer: Writer, legs: LegRows, webhooks: WebhookOutbox) {
    this.#writer = writer;
    this.#legs = legs;
    this.#webhooks = webhooks;
  }

  async append(entry: JournalEntry, patient = false): Promise<void> {
    const [legs, deliveries] = [this.#legs.statementsOf(entry), this.#webhooks.statementsOf(entry)];
    await this.#writer.submit({ kind: 'append', entry, legs, deliveries }, patient);
  }

  claim(agentId: AgentId, callId: CallId, now: Instant, expiresAt: Instant): Promise<boolean> {
    return this.#writer.submit({ kind: 'claim', agentId, callId, now, expiresAt });
  }

  async release(agentId: AgentId, callId: CallId): Promise<void> {
    await this.#writer.submit({ kind: 'release', agentId, callId });
  }

  drain(): Promise<void> {
    return this.#writer.drain();
  }
}
