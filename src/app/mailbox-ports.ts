/** What a call's mailbox needs, and whom it tells. */
import type { CallEvent } from '../core/call/event.js';
import type { Call, CallId, LegId } from '../core/call/state.js';
import type { PhoneSystem } from './phone-system.js';
import type { Clock, Journal, Log } from './ports.js';

export interface MailboxListener {
  /** At once, in order, before anything is durable: the dispatcher's and the agents' ear. `before` is null for a new call. */
  decided(before: Call | null, after: Call, events: readonly CallEvent[]): void;
  /** Once the events are durable: for those who watch. */
  published(after: Call, events: readonly CallEvent[]): void;
  /** Ended, and nothing of it is left in Asterisk. */
  retired(id: CallId): void;
}

export interface MailboxPorts {
  readonly journal: Journal;
  readonly phones: PhoneSystem;
  readonly clock: Clock;
  readonly log: Log;
  readonly listener: MailboxListener;
  /** Keys that the leg presses are commands: the others are not to hear them. */
  readonly mayPress: (call: Call, legId: LegId) => boolean;
}
