/**
 * What an agent is doing: the session, the status, and the calls that hold the agent.
 *
 *   logged out ──logIn──► Session start / Ready ──setStatus──► …
 *                                  │ an offer missed too often → No answer (system, may block)
 *                                  └ a queue call ends → Call handling until the timer, then the status before
 */
import type { AgentId, CallId, Instant } from '../call/state.js';

export type StatusId = string;

/** The statuses the system itself sets; each is an ordinary definition that the supervisor may rename. */
export const SYSTEM_STATUS = {
  sessionStart: 'sessionStart',
  ready: 'ready',
  notReady: 'notReady',
  working: 'working',
  wrapUp: 'callHandling',
  noAnswer: 'noAnswer',
} as const;

export interface StatusDefinition {
  readonly id: StatusId;
  readonly name: { readonly en: string; readonly ru: string };
  /** Agents in this status are offered calls from queues. */
  readonly receiving: boolean;
  /** Agents may choose it themselves. */
  readonly selectable: boolean;
  /** When the system sets it, the agent cannot change it; a supervisor must. */
  readonly blocking: boolean;
  /** Order in menus. */
  readonly position: number;
}

export type SetBy = 'agent' | 'supervisor' | 'system';

export interface AgentStatus {
  readonly id: StatusId;
  readonly since: Instant;
  readonly setBy: SetBy;
  /** The agent cannot change it. */
  readonly blocking: boolean;
  /** When it ends by itself, and what follows then. */
  readonly until: Instant | null;
  readonly next: StatusId | null;
  /** What follows had been made blocking by a supervisor, and will be so again (a block outlives wrap-up). */
  readonly nextBlocking?: boolean;
}

export interface Session {
  readonly id: string;
  readonly since: Instant;
}

export interface Agent {
  readonly id: AgentId;
  readonly seq: number;
  readonly session: Session | null;
  readonly status: AgentStatus | null;
  /** The call whose offer rings the agent now. */
  readonly offeredCallId: CallId | null;
  /** Calls the agent has a leg in (answered). */
  readonly callIds: readonly CallId[];
  /** Offers missed in a row. */
  readonly missed: number;
  /** No offer before this (delays after busy, rejected, no answer). */
  readonly offerableAt: Instant;
  /** Since when without a call: what "longest idle" compares. */
  readonly idleSince: Instant;
  /** When last offered a call: what "round robin" compares. */
  readonly lastOfferedAt: Instant;
  /** Queue calls answered in this session: what "fewest calls" compares. */
  readonly callsTaken: number;
}
