/** Password hashes of accounts, and the tokens of open logins: only their hash is kept. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { CredentialStore } from '../app/login/credential-store.js';
import type { AgentId, Instant } from '../core/call/state.js';

const secretRow = z.object({ id: z.string(), password_hash: z.string() });
const pinRow = z.object({ pin_hash: z.string().nullable() });
const ownerRow = z.object({ agent_id: z.string() });

export class StoredCredentials implements CredentialStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  /** Null also for an account that is disabled or has no password yet: neither can log in. */
  async passwordHash(login: string): Promise<{ readonly agentId: AgentId; readonly hash: string } | null> {
    const row: unknown = await this.#knex('agents')
      .where({ login, disabled: false })
      .whereNotNull('password_hash')
      .first('id', 'password_hash');
    if (row === undefined) return null;
    const { id, password_hash } = secretRow.parse(row);
    return { agentId: id, hash: password_hash };
  }

  async pinHash(agentId: AgentId): Promise<string | null> {
    const row: unknown = await this.#knex('agents').where({ id: agentId, disabled: false }).first('pin_hash');
    return row === undefined ? null : pinRow.parse(row).pin_hash;
  }

  async savePinHash(agentId: AgentId, hash: string | null): Promise<void> {
    await this.#knex('agents').where({ id: agentId }).update({ pin_hash: hash });
  }

  /** Clears away what has expired on the way, so the table stays as small as the number of open logins. */
  async saveToken(tokenHash: string, agentId: AgentId, createdAt: Instant, expiresAt: Instant): Promise<void> {
    await this.#knex('tokens').where('expires_at', '<=', createdAt).delete();
    await this.#knex('tokens').insert({
      token_hash: tokenHash,
      agent_id: agentId,
      created_at: createdAt,
      expires_at: expiresAt,
    });
  }

  async tokenOwner(tokenHash: string, now: Instant): Promise<AgentId | null> {
    const row: unknown = await this.#knex('tokens')
      .where({ token_hash: tokenHash })
      .andWhere('expires_at', '>', now)
      .first('agent_id');
    return row === undefined ? null : ownerRow.parse(row).agent_id;
  }

  async removeToken(tokenHash: string): Promise<void> {
    await this.#knex('tokens').where({ token_hash: tokenHash }).delete();
  }

  async removeTokensOf(agentId: AgentId): Promise<void> {
    await this.#knex('tokens').where({ agent_id: agentId }).delete();
  }
}
