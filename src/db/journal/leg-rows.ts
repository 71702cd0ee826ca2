/**
 * One row for each leg of a call, written once, when the leg has gone: what a leg was (role, number, when it was dialled and
 * answered) is remembered here meanwhile, because its last event does not say it. A simple call costs two statements this way
 * instead of six. Calls in progress are few; a restart takes the memory up again from the stored events.
 */
import { type LegRecord, type Legs, noteLegs } from '../../app/history/legs.js';
import type { JournalEntry } from '../../app/ports.js';
import type { CallEvent } from '../../core/call/event.js';
import type { CallId, Instant } from '../../core/call/state.js';
import type { Statement } from './statement.js';

interface LiveCall {
  readonly startedAt: Instant;
  readonly legs: Legs;
}

export class LegRows {
  readonly #calls = new Map<CallId, LiveCall>();

  /** To be asked once for each entry, in the order handed in, however often its transaction is then tried. */
  statementsOf(entry: JournalEntry): readonly Statement[] {
    if (entry.stream !== 'call') return [];
    const statements: Statement[] = [];
    for (const event of entry.events) {
      const call = this.#callOf(event);
      if (call === undefined) continue;
      for (const leg of noteLegs(call.legs, event)) statements.push(rowOf(leg, event.callId, call.startedAt));
    }
    if (entry.over) this.#calls.delete(entry.id);
    return statements;
  }

  /** A call in progress found at start. */
  resume(callId: CallId, events: readonly CallEvent[]): void {
    if (this.#calls.has(callId)) return;
    for (const event of events) {
      const call = this.#callOf(event);
      if (call !== undefined) noteLegs(call.legs, event);
    }
  }

  #callOf(event: CallEvent): LiveCall | undefined {
    if (event.type === 'call.started') this.#calls.set(event.callId, { startedAt: event.at, legs: new Map() });
    return this.#calls.get(event.callId);
  }
}

function rowOf(leg: LegRecord, callId: CallId, callStartedAt: Instant): Statement {
  const { id, role, agentId, number, name, startedAt, answeredAt, leftAt, cause } = leg;
  return {
    name: 'insertLeg',
    values: [callId, id, role, agentId, number, name, startedAt, answeredAt, leftAt, cause, callStartedAt],
  };
}
