/** The configuration as it is kept, and as it is read as a whole. The database (`src/db`) implements the store. */
import type { StatusDefinition } from '../core/agent/state.js';
import type { AgentId, QueueId } from '../core/call/state.js';
import type { KeyScope, KeySet } from '../core/option/option.js';
import type { QueueMember, QueueSettings } from '../core/queue/settings.js';
import type { Scenario, ScenarioRef } from '../core/scenario/scenario.js';
import type {
  AgentAccount,
  CentreSettings,
  OutgoingRule,
  Route,
  Team,
  TeamStore,
  TrainerSetting,
  TrainerStore,
} from './directory.js';

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
  readonly teams: readonly Team[];
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
    /** What uses it, where the field alone does not say. */
    readonly usedBy: string | null = null,
  ) {
    super(`${code}: ${field}`);
  }
}

/** Configuration kept in the database. Each write is durable when it resolves; throws ConfigurationConflict. */
export interface ConfigurationStore extends TrainerStore, TeamStore {
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
