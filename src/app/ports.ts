/**
 * What nearly every part of the application needs from the outside: a log, a clock, and the journal that the database (`src/db`)
 * writes. What one noun needs is a port beside that noun: `configuration-store.ts`, `history/store.ts`, `phone-system.ts` …
 */
import type { AgentEvent } from '../core/agent/event.js';
import type { Agent } from '../core/agent/state.js';
import type { CallEvent } from '../core/call/event.js';
import type { AgentId, CallId, Instant } from '../core/call/state.js';

/** Structured log; pino satisfies it. Never give it numbers, digits or secrets: ids only. */
export interface Log {
  debug(details: object, message: string): void;
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
}

export interface Clock {
  now(): Instant;
}

export type JournalEntry =
  /** `over`: ended, and every leg has left; only then is there nothing to take up after a restart. */
  | { readonly stream: 'call'; readonly id: CallId; readonly events: readonly CallEvent[]; readonly over: boolean }
  /** `state` is the agent after the events: kept as the agent's snapshot. */
  | { readonly stream: 'agent'; readonly id: AgentId; readonly events: readonly AgentEvent[]; readonly state: Agent };

/** Another controller commands the calls: nothing that this one decides is written any more, and nothing is to be done about it. */
export class TakenOver extends Error {
  readonly code = 'takenOver';
  constructor() {
    super('Another controller has taken over.');
  }
}

/** The one ordered writer of everything that changes while calls run. */
export interface Journal {
  /**
   * Resolves when the events, and what is derived from them, are durable. Order of calls is order of writing; calls made meanwhile
   * share a transaction. A patient entry, on which nothing waits, may be held back a few milliseconds to share one. Rejects with
   * `TakenOver` when this controller is not the one any more.
   */
  append(entry: JournalEntry, patient?: boolean): Promise<void>;
  /** Takes the agent for the call unless another live claim stands; true if taken. In order with appends. */
  claim(agentId: AgentId, callId: CallId, now: Instant, expiresAt: Instant): Promise<boolean>;
  /** Gives the claim back if it is this call's. */
  release(agentId: AgentId, callId: CallId): Promise<void>;
  /** Waits until all that was handed in is written. */
  drain(): Promise<void>;
}
