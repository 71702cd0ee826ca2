/** The journal of everything that changes while calls run: each operation goes through the one ordered writer. */
import type { Journal, JournalEntry } from '../../app/ports.js';
import type { AgentId, CallId, Instant } from '../../core/call/state.js';
import type { LegRows } from './leg-rows.js';
import type { Writer } from './writer.js';

export class DatabaseJournal implements Journal {
  readonly #writer: Writer;
  readonly #legs: LegRows;

  constructor(writer: Writer, legs: LegRows) {
    this.#writer = writer;
    this.#legs = legs;
  }

  async append(entry: JournalEntry, patient = false): Promise<void> {
    await this.#writer.submit({ kind: 'append', entry, legs: this.#legs.statementsOf(entry) }, patient);
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
