/**
 * What the application needs from the outside, as interfaces: the database (`src/db`) and Asterisk (`src/ari`) implement them,
 * tests may too.
 */
import type { AgentEvent } from '../core/agent/event.js';
import type { Agent, StatusDefinition } from '../core/agent/state.js';
import type { CallEvent } from '../core/call/event.js';
import type { AgentId, CallId, Instant, QueueId } from '../core/call/state.js';
import type { KeyScope, KeySet } from '../core/option/option.js';
import type { QueueMember, QueueSettings } from '../core/queue/settings.js';
import type { Scenario, ScenarioRef } from '../core/scenario/scenario.js';
import type { AgentAccount, CentreSettings, OutgoingRule, Route, TrainerSetting, TrainerStore } from './directory.js';
import type { CallFilter, CallRecord, HistoryFilter } from './history/filter.js';

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

/** The one ordered writer of everything that changes while calls run. */
export interface Journal {
  /**
   * Resolves when the events, and what is derived from them, are durable. Order of calls is order of writing; calls made meanwhile
   * share a transaction. A patient entry, on which nothing waits, may be held back a few milliseconds to share one.
   */
  append(entry: JournalEntry, patient?: boolean): Promise<void>;
  /** Takes the agent for the call unless another live claim stands; true if taken. In order with appends. */
  claim(agentId: AgentId, callId: CallId, now: Instant, expiresAt: Instant): Promise<boolean>;
  /** Gives the claim back if it is this call's. */
  release(agentId: AgentId, callId: CallId): Promise<void>;
  /** Waits until all that was handed in is written. */
  drain(): Promise<void>;
}

export interface StoredState {
  /** Events of every call that has not ended (or has legs not yet gone), oldest first. */
  readonly liveCalls: readonly { readonly id: CallId; readonly events: readonly CallEvent[] }[];
  readonly agents: readonly Agent[];
}

/** Counters of one queue since an instant, from history. */
export interface QueueTotals {
  readonly queueId: QueueId;
  readonly offered: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Ended because Asterisk was started anew, answered or not. */
  readonly lost: number;
  /** Not among the offered: sent to the PBX's fallback at once, because there was too much to do. */
  readonly turnedAway: number;
  readonly answeredWithinServiceLevel: number;
  /** Sum over answered calls, ms. */
  readonly waitedMs: number;
  readonly talkedMs: number;
  readonly rated: number;
  readonly ratings: number;
}

export interface AgentTotals {
  readonly agentId: AgentId;
  readonly sessions: number;
  readonly loggedInMs: number;
  /** Milliseconds in each status. */
  readonly statusMs: Readonly<Record<string, number>>;
  readonly answered: number;
  readonly missed: number;
  readonly talkedMs: number;
}

/** A stretch of time an agent was logged in; `until` null: still is. */
export interface SessionRecord {
  readonly id: string;
  readonly agentId: AgentId;
  readonly since: Instant;
  readonly until: Instant | null;
}

/** A stretch of time an agent was in a status, and who set it. */
export interface StatusRecord {
  readonly agentId: AgentId;
  readonly statusId: string;
  readonly since: Instant;
  readonly until: Instant | null;
  readonly setBy: string;
  /** The supervisor who forced it, or null. */
  readonly byAgentId: AgentId | null;
}

/** Reading what was written: at start, and for statistics. */
export interface History {
  load(): Promise<StoredState>;
  queueTotals(since: Instant, until: Instant): Promise<readonly QueueTotals[]>;
  agentTotals(since: Instant, until: Instant, agentId: AgentId | null): Promise<readonly AgentTotals[]>;
  calls(filter: CallFilter): Promise<readonly CallRecord[]>;
  /** One call with everything that happened in it. */
  call(id: CallId): Promise<{ readonly record: CallRecord; readonly events: readonly CallEvent[] } | null>;
  sessions(filter: HistoryFilter): Promise<readonly SessionRecord[]>;
  statuses(filter: HistoryFilter): Promise<readonly StatusRecord[]>;
}

export interface PublishedScenario extends ScenarioRef {
  readonly scenario: Scenario;
}

export interface LoadedConfiguration {
  readonly agents: readonly AgentAccount[];
  readonly queues: readonly QueueSettings[];
  readonly members: readonly QueueMember[];
  readonly statuses: readonly StatusDefinition[];
  readonly routes: readonly Route[];
  readonly outgoingRules: readonly OutgoingRule[];
  readonly centre: CentreSettings;
  /** What keys do during a call. */
  readonly keySets: readonly KeySet[];
  /** Those that are published, as they are now. */
  readonly scenarios: readonly PublishedScenario[];
  readonly phoneLogins: readonly PhoneLogin[];
  readonly trainers: readonly TrainerSetting[];
}

/** An agent is logged in at a phone of the PBX, and that is the only one that rings for the agent. */
export interface PhoneLogin {
  /** The endpoint, e.g. `PJSIP/105`. */
  readonly address: string;
  readonly agentId: AgentId;
}

/** Refused by the database because another row already has it, or something refers to it. */
export class ConfigurationConflict extends Error {
  constructor(
    readonly code: 'alreadyExists' | 'stillInUse' | 'unknownReference',
    readonly field: string,
  ) {
    super(`${code}: ${field}`);
  }
}

/** Configuration kept in the database. Each write is durable when it resolves; throws ConfigurationConflict. */
export interface ConfigurationStore extends TrainerStore {
  load(): Promise<LoadedConfiguration>;
  /** Creates or replaces. `passwordHash` undefined keeps the present one. */
  saveAgent(account: AgentAccount, passwordHash?: string): Promise<void>;
  /** Removes the account, its devices, memberships and tokens; history stays. */
  removeAgent(id: AgentId): Promise<boolean>;
  saveQueue(queue: QueueSettings): Promise<void>;
  removeQueue(id: QueueId): Promise<boolean>;
  saveMember(member: QueueMember): Promise<void>;
  removeMember(queueId: QueueId, agentId: AgentId): Promise<boolean>;
  saveStatus(status: StatusDefinition): Promise<void>;
  removeStatus(id: string): Promise<boolean>;
  saveRoute(route: Route): Promise<void>;
  removeRoute(number: string): Promise<boolean>;
  saveOutgoingRule(rule: OutgoingRule): Promise<void>;
  removeOutgoingRule(id: string): Promise<boolean>;
  saveCentre(settings: CentreSettings): Promise<void>;
  saveKeySet(set: KeySet): Promise<void>;
  removeKeySet(scope: KeyScope, ownerId: string): Promise<boolean>;
  /** The agent is at this phone, and at no other; whoever was there before is not. */
  savePhoneLogin(login: PhoneLogin): Promise<void>;
  removePhoneLogin(agentId: AgentId): Promise<void>;
}

/** Accounts' secrets and the tokens of open logins. Tokens are opaque; only their hash is kept. */
export interface CredentialStore {
  passwordHash(login: string): Promise<{ readonly agentId: AgentId; readonly hash: string } | null>;
  /** Null also for an account that is disabled or has no PIN: it cannot log in at a phone. */
  pinHash(agentId: AgentId): Promise<string | null>;
  /** Null: no PIN any more. */
  savePinHash(agentId: AgentId, hash: string | null): Promise<void>;
  saveToken(tokenHash: string, agentId: AgentId, createdAt: Instant, expiresAt: Instant): Promise<void>;
  /** The agent whose unexpired token this is, or null. */
  tokenOwner(tokenHash: string, now: Instant): Promise<AgentId | null>;
  removeToken(tokenHash: string): Promise<void>;
  removeTokensOf(agentId: AgentId): Promise<void>;
}

/**
 * Sound files that Asterisk records and plays: WAV (8 kHz, 16 bit, mono), by their name as Asterisk knows it, without extension,
 * relative to its recording folder, e.g. `ringmaster/2026-11-22/x`. Names are ours: never taken from a client.
 */
export interface SoundFiles {
  /** Can files be put there (a folder shared with Asterisk), not only read? */
  readonly writable: boolean;
  /** Null when there is no such file. */
  stat(name: string): Promise<{ readonly bytes: number } | null>;
  /** Bytes from `start` to `end`, both included; the whole file without a range. Null when there is no such file. */
  read(name: string, range?: { readonly start: number; readonly end: number }): Promise<NodeJS.ReadableStream | null>;
  /** @throws when it is not writable, or the disk is full. */
  write(name: string, wav: Uint8Array): Promise<void>;
  /** True also when there was none. */
  remove(name: string): Promise<boolean>;
  /** Writes the true length into the header of a file cut short by a crash; answers the length in ms, or null when there is no such file. */
  repair(name: string): Promise<number | null>;
  /** Null when it cannot be known. */
  freeBytes(): Promise<number | null>;
}

/** Where the files are does not answer; thrown by SoundFiles. */
export class SoundFilesUnavailable extends Error {}

/** A voice message prepared beforehand, to be played into a call. */
export interface VoiceMessage {
  readonly id: string;
  /** Whose it is; null: shared by all. */
  readonly agentId: AgentId | null;
  /** Unique among its owner's. */
  readonly name: string;
  /** The file as Asterisk knows it: see SoundFiles. */
  readonly sound: string;
  /** 0 while it is made. */
  readonly durationMs: number;
  readonly bytes: number;
  readonly createdAt: Instant;
  /** `recording`: being recorded by phone, or being uploaded; there is nothing to play yet. */
  readonly state: 'ready' | 'recording';
}

/**
 * The list of prepared messages. What is withdrawn is gone for everyone at once, but its row stays, for this store's `withdrawn`
 * only, until the file is gone too: a crash between the two leaves nothing behind.
 */
export interface MessageStore {
  /** The agent's own and the shared ones, by name. */
  list(agentId: AgentId): Promise<readonly VoiceMessage[]>;
  find(id: string): Promise<VoiceMessage | null>;
  /** Of one owner's messages at most `most`, each with a name of its own. */
  add(message: VoiceMessage, most: number): Promise<'added' | 'alreadyExists' | 'tooMany'>;
  rename(id: string, name: string): Promise<'renamed' | 'alreadyExists' | 'notFound'>;
  /** False when it was withdrawn meanwhile. */
  ready(id: string, durationMs: number, bytes: number): Promise<boolean>;
  /** False when there is none, or it is not in this state any more. */
  withdraw(id: string, state: VoiceMessage['state']): Promise<boolean>;
  /** Withdraws what began before that moment and was never finished, and what belongs to accounts that are gone. */
  withdrawAbandoned(before: Instant): Promise<void>;
  withdrawn(): Promise<readonly Pick<VoiceMessage, 'id' | 'sound'>[]>;
  /** Deletes the row of a withdrawn message. */
  forget(id: string): Promise<void>;
}
