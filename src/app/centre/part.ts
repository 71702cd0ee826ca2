/**
 * What a part of the centre may be told, and when. A part takes what concerns it; in which order the parts are told is said once, in
 * `order.ts`. So a new part is made in one place and joined in another, and nothing else need know of it.
 *
 *   open ──► start ──► connected ⇄ disconnected … ──► close ──► stop
 *                      configured, callPublished, agentPublished at any time between
 */
import type { AgentEvent } from '../../core/agent/event.js';
import type { Agent } from '../../core/agent/state.js';
import type { CallEvent } from '../../core/call/event.js';
import type { Call } from '../../core/call/state.js';
import type { SettingsInForce } from '../settings-in-force.js';

export interface Part {
  /** Reads what is stored. Nothing is commanded before `start`. */
  open?(): Promise<void>;
  start?(): void;
  /** Asterisk can be commanded (again). `restarted`: it was started anew since, so every former call is gone. */
  connected?(restarted: boolean): void;
  disconnected?(): void;
  /** Another configuration has come into force. */
  configured?(before: SettingsInForce, after: SettingsInForce): void;
  /** What a call has decided is durable. */
  callPublished?(call: Call, events: readonly CallEvent[]): void;
  /** What an agent has decided is durable. */
  agentPublished?(agent: Agent, events: readonly AgentEvent[]): void;
  /** Begins nothing new: the process is about to stop, or another controller has taken over. */
  close?(): void;
  /** Ends its timers; whatever it has still to write is handed in. */
  stop?(): void | Promise<void>;
}
