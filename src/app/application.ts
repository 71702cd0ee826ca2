/**
 * The application as its doors (REST, Socket.IO, feature codes) see it. Every method that can be refused answers a Refusal value;
 * a thrown error is a fault. The command catalogue is the only caller besides `main.ts`.
 */
import type { AgentId, CallId, Instant } from '../core/call/state.js';
import type { Refusal } from '../core/refusal.js';
import type { Role } from './directory.js';
import type { ConfigurationStore, History, LoadedConfiguration } from './ports.js';
import type { AgentView, CallView, Change, QueueView, Snapshot } from './view.js';

export interface Viewer {
  readonly agentId: AgentId;
  readonly role: Role;
}

export interface AgentOperations {
  logIn(agentId: AgentId): Promise<AgentView | Refusal>;
  /** Refused with `inCall` while the agent has a call. */
  logOut(agentId: AgentId): Promise<AgentView | Refusal>;
  setStatus(agentId: AgentId, statusId: string): Promise<AgentView | Refusal>;
  /** A supervisor's: may set any status, blocking or not. */
  forceStatus(by: AgentId, agentId: AgentId, statusId: string, blocking: boolean): Promise<AgentView | Refusal>;
  endWrapUp(agentId: AgentId): Promise<AgentView | Refusal>;
}

export interface CallOperations {
  /** The agent's phones ring (or answer by themselves), then the number is dialled. */
  dial(agentId: AgentId, number: string): Promise<CallView | Refusal>;
  /** Ends the agent's part; with two parties that ends the call. Not the agent's call: `notFound`. */
  hangUp(agentId: AgentId, callId: CallId): Promise<CallView | Refusal>;
  setMuted(agentId: AgentId, callId: CallId, muted: boolean): Promise<CallView | Refusal>;
  /** A supervisor's: ends the whole call. */
  end(callId: CallId): Promise<CallView | Refusal>;
}

export interface Views {
  agent(id: AgentId): AgentView | null;
  queue(id: string): QueueView | null;
  call(id: CallId): CallView | null;
  /** Supervisors and administrators see all; an agent sees itself, its queues and its calls. */
  snapshot(viewer: Viewer): Snapshot;
  /** Called after what changed is durable. Returns the way to stop listening. */
  onChange(listener: (change: Change) => void): () => void;
}

export interface Health {
  readonly asterisk: 'connected' | 'connecting' | 'disconnected' | 'replaced';
  readonly database: 'ready' | 'unavailable';
  /** Plain sentences on what an administrator should mend, e.g. names that do not resolve. */
  readonly problems: readonly string[];
  readonly liveCalls: number;
  readonly agentsLoggedIn: number;
  readonly waitingCalls: number;
  readonly startedAt: Instant;
}

export interface Application {
  readonly agents: AgentOperations;
  readonly calls: CallOperations;
  readonly views: Views;
  readonly history: History;
  /** The configuration in force: the same object until it changes, so that readers may index it. */
  configuration(): LoadedConfiguration;
  /** Runs one change on the store, then takes the new configuration into force. ConfigurationConflict becomes a Refusal. */
  configure<T>(change: (store: ConfigurationStore) => Promise<T>): Promise<T | Refusal>;
  health(): Health;
  now(): Instant;
}
