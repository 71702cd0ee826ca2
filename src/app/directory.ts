/** What administrators configure besides queues and statuses: agents' accounts and devices, numbers and where they lead. */
import type { AgentId, Language, QueueId } from '../core/call/state.js';
import { PERSONAL_CALLBACK_RULE, type PersonalCallbackRule } from '../core/callback/rule.js';
import type { Destination } from '../core/queue/settings.js';
import { DEFAULT_FEATURE_CODES, type FeatureCode } from './feature-codes/features.js';

export type Role = 'agent' | 'supervisor' | 'administrator';

export interface Device {
  readonly id: string;
  /** The endpoint as the PBX knows it, e.g. `PJSIP/101`. */
  readonly address: string;
  /** Asked to answer by itself when the agent calls out from the desktop. */
  readonly autoAnswer: boolean;
}

export interface AgentAccount {
  readonly id: AgentId;
  readonly login: string;
  readonly name: string;
  /** Internal number, unique among agents and queues. */
  readonly number: string;
  readonly role: Role;
  readonly language: Language;
  /** Patterns of outside numbers the agent may dial: `X` a digit, a final `.` anything further, the rest literal. */
  readonly allow: readonly string[];
  readonly devices: readonly Device[];
  readonly disabled: boolean;
  /** Every conversation of this agent is recorded. */
  readonly record: boolean;
  /** May start, pause and stop recordings. */
  readonly mayRecord: boolean;
  /** Whose keys and trainer hold for the agent too; null: in no team. */
  readonly teamId: TeamId | null;
}

export type TeamId = string;

/** Agents who work together. An agent is in one team at most. */
export interface Team {
  readonly id: TeamId;
  /** Unique. */
  readonly name: string;
}

/** The part of the configuration's store that keeps them. */
export interface TeamStore {
  /** Creates or replaces. */
  saveTeam(team: Team): Promise<void>;
  /** Its keys and its trainer go too; its agents are in no team then. */
  removeTeam(id: TeamId): Promise<boolean>;
}

/** Calls from outside to this number go to `to`. */
export interface Route {
  readonly number: string;
  readonly to: Destination;
  /** Added to the queue's own priority. */
  readonly priority: number;
  /** Every conversation of calls to this number is recorded. */
  readonly record: boolean;
}

/** How an outside number is dialled: the first rule whose pattern matches. */
export interface OutgoingRule {
  readonly id: string;
  readonly position: number;
  readonly pattern: string;
  /** Leading characters taken off, then `prepend` is put in front. */
  readonly strip: number;
  readonly prepend: string;
  /** `{number}` stands for the number, e.g. `PJSIP/{number}@trunk`. */
  readonly address: string;
  /** Caller number shown outside; null: the agent's own. */
  readonly callerNumber: string | null;
  /** Every conversation of calls dialled by this rule is recorded. */
  readonly record: boolean;
  /** When the other party answers it is found out whether that is a person or a machine. */
  readonly detectMachines: boolean;
}

/** Whom an agent reaches who calls the trainer: set for the agent, for the agent's team, or for a queue whose call it is. */
export interface TrainerSetting {
  readonly of: 'agent' | 'team' | 'queue';
  readonly id: AgentId | TeamId | QueueId;
  readonly trainerId: AgentId;
}

/** The part of the configuration's store that keeps them. */
export interface TrainerStore {
  /** In place of the one before. */
  saveTrainer(setting: TrainerSetting): Promise<void>;
  removeTrainer(of: TrainerSetting['of'], id: string): Promise<boolean>;
}

/** What the parties hear when a recording begins. */
export type RecordingNotice = 'none' | 'beep' | 'announcement';

/** Settings of the whole centre. */
export interface CentreSettings {
  /** Status after login: Session start, or Ready at once. */
  readonly statusAfterLogin: string;
  /** Offers missed in a row before the No answer status; 0: never. */
  readonly missedLimit: number;
  /** How long an internal, personal or outgoing call rings, ms. */
  readonly directRingMs: number;
  /** Where calls from outside go whose number has no route. */
  readonly defaultRoute: Destination;
  readonly recordingNotice: RecordingNotice;
  /** Recordings older than this are removed; null: kept. */
  readonly recordingRetentionDays: number | null;
  /** Below this much free space recording does not begin, megabytes (of 1 000 000 bytes). */
  readonly recordingMinimumFreeMb: number;
  /** Agents may list and play recordings of their own conversations. */
  readonly agentsMayListen: boolean;
  /** What happens when an agent hangs up during a consult while the caller waits: the agent's phone rings again, or the two are joined. */
  readonly hangUpOnConsult: 'recall' | 'complete';
  /** How long the target of a transfer or a consult rings, ms. */
  readonly transferRingMs: number;
  /** Tones when a party joins or leaves a conference. */
  readonly conferenceSounds: boolean;
  /** Music class of the PBX for held parties of calls that came from no queue. */
  readonly holdMusic: string;
  /** Where numbers without a country code belong: two letters. */
  readonly defaultCountry: string;
  /** What callers hear whose number is blocked: the busy tone, or that the call is declined. */
  readonly blockedCallers: 'busy' | 'declined';
  /** How long a caller waits for the own manager who is not free, before others are asked, ms; 0: others are asked at once. */
  readonly managerWaitMs: number;
  /** Whose calls an agent may pick up or retrieve: those of own queues and of colleagues who serve one of them, or all. */
  readonly pickUpFrom: 'ownQueues' | 'all';
  /** Numbers dialled on an agent's phone that do something instead of calling somebody. */
  readonly featureCodes: readonly FeatureCode[];
  /** Numbers of the parking slots, from the first to the last. */
  readonly parkingFirstSlot: number;
  readonly parkingLastSlot: number;
  /** How long a call is parked before the agent who parked it is rung again, ms. */
  readonly parkingLimitMs: number;
  readonly personalCallbacks: PersonalCallbackRule;
  /** Where customers are whose time zone nobody has told. */
  readonly timeZone: string;
}

/** What a setting is that is not given: in the API, and in what an older version has stored. */
export const CENTRE_DEFAULTS = {
  recordingNotice: 'none',
  recordingRetentionDays: null,
  recordingMinimumFreeMb: 500,
  agentsMayListen: true,
  hangUpOnConsult: 'recall',
  transferRingMs: 30_000,
  conferenceSounds: true,
  holdMusic: 'default',
  defaultCountry: 'RU',
  blockedCallers: 'declined',
  managerWaitMs: 0,
  pickUpFrom: 'ownQueues',
  featureCodes: DEFAULT_FEATURE_CODES,
  parkingFirstSlot: 701,
  parkingLastSlot: 720,
  parkingLimitMs: 120_000,
  personalCallbacks: PERSONAL_CALLBACK_RULE,
  timeZone: 'Europe/Moscow',
} as const satisfies Partial<CentreSettings>;
