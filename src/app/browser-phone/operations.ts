/** What the doors see of phones in browsers. */
import type { AgentId, CallId } from '../../core/call/state.js';
import type { Refusal } from '../../core/refusal.js';
import type { Viewer } from '../application.js';

/** A server that tells a browser its public address (STUN), or passes its voice on (TURN); as WebRTC writes it. */
export interface IceServer {
  readonly urls: readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

export interface BrowserPhoneSettings {
  /** Where browsers reach the PBX's WebSocket themselves; null: through us. */
  readonly url: string | null;
  readonly iceServers: readonly IceServer[];
}

/** What a page needs to be the agent's phone until the session ends, or another page asks for the same. */
export interface PhoneCredentials {
  /** Of the SIP WebSocket: whole, or a path on the server that gave this; such a path is good once, and for half a minute. */
  readonly url: string;
  readonly uri: string;
  readonly username: string;
  readonly password: string;
  readonly displayName: string;
  readonly iceServers: readonly IceServer[];
}

/** Whoever showed a good ticket. */
export interface PhoneAdmission {
  readonly agentId: AgentId;
  /** Aborted when the phone is over; the reason is `ended`, `superseded` (by another page) or `stopped`. */
  readonly over: AbortSignal;
}

export interface BrowserPhoneOperations {
  credentials(viewer: Viewer): Promise<PhoneCredentials | Refusal>;
  /** The agent's page was loaded anew, and is registered: it is called for each conversation that the page before had. Answers those calls. */
  resume(agentId: AgentId): readonly CallId[];
}
