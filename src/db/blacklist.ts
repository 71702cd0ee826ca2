/** The table of blocked numbers. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { changedFields, type Deed } from '../app/changes.js';
import type { BlockedNumber } from '../app/contacts/contact.js';
import type { BlacklistStore } from '../app/contacts/store.js';
import type { Instant } from '../core/call/state.js';
import { noteChanges } from './change-log.js';
import { count } from './rows.js';

const blockedRow = z
  .object({
    number: z.string(),
    by_agent_id: z.string(),
    reason: z.string(),
    blocked_at: count,
    until: z.union([z.null(), count]),
    calls: count,
    last_call_at: z.union([z.null(), count]),
  })
  .transform(
    ({ by_agent_id, blocked_at, last_call_at, ...rest }): BlockedNumber => ({
      ...rest,
      byAgentId: by_agent_id,
      blockedAt: blocked_at,
      lastCallAt: last_call_at,
    }),
  );

export class StoredBlacklist implements BlacklistStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(): Promise<readonly BlockedNumber[]> {
    const rows: unknown = await this.#knex('blacklist').orderBy([
      { column: 'blocked_at', order: 'desc' },
      { column: 'number' },
    ]);
    return z.array(blockedRow).parse(rows);
  }

  save(blocked: BlockedNumber, deed: Deed): Promise<void> {
    const { number, byAgentId, reason, blockedAt, until } = blocked;
    return this.#change(number, deed, async (change, before) => {
      const row = { number, by_agent_id: byAgentId, reason, blocked_at: blockedAt, until };
      await change('blacklist')
        .insert({ ...row, calls: 0, last_call_at: null })
        .onConflict('number')
        .merge(row);
      const fields = changedFields(before === null ? {} : shown(before), shown(blocked));
      return { action: before === null ? 'added' : 'changed', fields };
    }).then(() => undefined);
  }

  remove(number: string, deed: Deed): Promise<boolean> {
    return this.#change(number, deed, async (change, before) => {
      if (before === null) return null;
      await change('blacklist').where({ number }).delete();
      return { action: 'removed', fields: changedFields(shown(before), {}) };
    });
  }

  async count(number: string, at: Instant): Promise<void> {
    await this.#knex('blacklist').where({ number }).increment('calls', 1).update({ last_call_at: at });
  }

  /** True when something was changed, and noted. */
  #change(
    number: string,
    deed: Deed,
    work: (
      change: Knex,
      before: BlockedNumber | null,
    ) => Promise<{ action: 'added' | 'changed' | 'removed'; fields: ReturnType<typeof changedFields> } | null>,
  ): Promise<boolean> {
    return this.#knex.transaction(async (change) => {
      // Writing first takes the lock.
      await change('centre_settings').where({ id: 1 }).update({ id: 1 });
      const row: unknown = await change('blacklist').where({ number }).first();
      const noted = await work(change, row === undefined ? null : blockedRow.parse(row));
      if (noted === null) return false;
      await noteChanges(change, deed, [{ entity: 'blacklist', entityId: number, ...noted }]);
      return true;
    });
  }
}

function shown({ reason, until }: BlockedNumber): object {
  return { reason, until };
}
