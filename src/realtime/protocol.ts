/**
 * What goes over Socket.IO, as types that clients may import.
 *
 *   connect {auth: {token}} ─► snapshot {seq: n} ─► change {seq: n+1} ─► change {seq: n+2} ─► …
 *   a gap (seq is not the last + 1) ─► the client emits snapshot.get and goes on from the new one.
 *
 *   Asterisk cannot be heard ─► stale {since} … fresh ─► snapshot     what is shown may be old; then everything anew
 *
 *   colleagues.watch ─► {watching: true} … colleague ─► colleague …      of no stream: not numbered
 *
 * Every view is whole, so a change is applied by replacing (or, for null and ended calls, removing) one thing.
 */
import type { ErrorBody } from '../app/catalogue/error.js';
import type { SmsView } from '../app/sms/view.js';
import type { AgentView, CallView, ColleagueView, ParkedView, QueueView, Snapshot } from '../app/view.js';
import type { AgentId, Instant } from '../core/call/state.js';
import type { Callback } from '../core/callback/callback.js';

/** Everything this login may see; the changes that follow are numbered from `seq`. */
export interface SnapshotMessage {
  readonly v: 1;
  readonly seq: number;
  readonly snapshot: Snapshot;
  /** Since when what is shown may be old, because Asterisk cannot be heard; null while it is not. */
  readonly staleSince: Instant | null;
}

/** Asterisk cannot be heard: until `fresh`, calls may have changed without anybody here knowing. Commands on calls are refused. */
export interface StaleMessage {
  readonly v: 1;
  readonly since: Instant;
}

/** Everything has been held against Asterisk again; a snapshot follows. */
export interface FreshMessage {
  readonly v: 1;
}

interface Numbered {
  readonly v: 1;
  readonly seq: number;
  readonly id: string;
}

export type ChangeMessage =
  | (Numbered & { readonly topic: 'agent'; readonly view: AgentView | null })
  | (Numbered & { readonly topic: 'queue'; readonly view: QueueView | null })
  | (Numbered & { readonly topic: 'parked'; readonly view: ParkedView | null })
  | (Numbered & { readonly topic: 'call'; readonly view: CallView | null })
  | (Numbered & { readonly topic: 'callback'; readonly view: Callback | null })
  | (Numbered & { readonly topic: 'sms'; readonly view: SmsView });

/** For those who watch colleagues: how one is now; null: is none any more. */
export interface ColleagueMessage {
  readonly v: 1;
  readonly id: AgentId;
  readonly view: ColleagueView | null;
}

/** A command of the catalogue; the same names, inputs and errors as over REST. */
export interface CommandMessage {
  readonly name: string;
  readonly input?: unknown;
}

export type Acknowledgement<T = unknown> =
  | { readonly ok: true; readonly result: T }
  | { readonly ok: false; readonly error: ErrorBody };

export interface ServerEvents {
  /** At connect, and when what this login may see has changed as a whole. */
  snapshot: (message: SnapshotMessage) => void;
  change: (message: ChangeMessage) => void;
  stale: (message: StaleMessage) => void;
  fresh: (message: FreshMessage) => void;
  colleague: (message: ColleagueMessage) => void;
}

export interface ClientEvents {
  command: (message: CommandMessage, acknowledge: (answer: Acknowledgement) => void) => void;
  /** Asked after a gap. */
  'snapshot.get': (acknowledge: (answer: Acknowledgement<SnapshotMessage>) => void) => void;
  /** From now on every change of a colleague is told; then ask `agent.colleagues`. Ends with the connection. */
  'colleagues.watch': (acknowledge: (answer: Acknowledgement<{ readonly watching: boolean }>) => void) => void;
  'colleagues.unwatch': (acknowledge: (answer: Acknowledgement<{ readonly watching: boolean }>) => void) => void;
}

/** Why the handshake was refused: `connect_error`'s `data`. */
export interface HandshakeRefusal {
  readonly error: ErrorBody;
}
