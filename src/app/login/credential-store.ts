/** Where accounts' secrets are kept. The database (`src/db`) implements it. */
import type { AgentId, Instant } from '../../core/call/state.js';

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
