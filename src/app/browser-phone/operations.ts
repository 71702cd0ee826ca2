/** What the doors see of phones in browsers. */
import type { AgentId, CallId } from '../../core/call/state.js';
import type { Refusal } from '../../core/refusal.js';
import type { Viewer } from '../application.js';
import type { IceServer, PhoneCredentials } from './credentials.js';

export interface BrowserPhoneSettings {
  /** Where browsers reach the PBX's WebSocket themselves; null: through us. */
  readonly url: string | null;
  readonly iceServers: readonly IceServer[];
}

/** Whoever showed a good ticket. */
export interface PhoneAdmission {
  readonly agentId: AgentId;
  /** Aborted when the phone is over; the reason is `ended`, `superseded` (by another page) or `stopped`. */
  readonly over: AbortSignal;
  /** Is there a conversation at this phone? Asked often. */
  talks(): boolean;
  /** To be told that the WebSocket has closed. */
  closed(): void;
  /** To be told that nothing has answered, and that something answers again. */
  quiet(): void;
  answers(): void;
}

export interface BrowserPhoneOperations {
  credentials(viewer: Viewer): Promise<PhoneCredentials | Refusal>;
  /** The agent's page was loaded anew, and is registered: it is called for each conversation that the page before had. Answers those calls. */
  resume(agentId: AgentId): readonly CallId[];
}
