/** The log of who changed what. Entries are written in the transaction of the change; they are never changed, only forgotten. */
import type { Knex } from 'knex';
import { z } from 'zod';
import {
  CHANGED_ENTITIES,
  type ChangeFilter,
  type ChangeLog,
  type ChangeRecord,
  type Deed,
  type Noted,
} from '../app/changes.js';
import { count, json } from './rows.js';

const changeRow = z
  .object({
    id: count,
    at: count,
    by_agent_id: z.string(),
    entity: z.enum(CHANGED_ENTITIES),
    entity_id: z.string(),
    action: z.enum(['added', 'changed', 'removed', 'restored']),
    fields: json(z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() }))),
  })
  .transform(
    ({ by_agent_id, entity_id, ...rest }): ChangeRecord => ({
      ...rest,
      byAgentId: by_agent_id,
      entityId: entity_id,
    }),
  );

/** Notes changes in their own transaction. */
export async function noteChanges(change: Knex, deed: Deed, noted: readonly Noted[]): Promise<void> {
  if (noted.length === 0) return;
  await change('change_log').insert(
    noted.map(({ entity, entityId, action, fields }) => ({
      at: deed.at,
      by_agent_id: deed.by,
      entity,
      entity_id: entityId,
      action,
      fields: JSON.stringify(fields),
    })),
  );
}

/** That they were changed stays; what was in them goes. */
export async function forgetFields(change: Knex, entity: Noted['entity'], entityIds: readonly string[]): Promise<void> {
  await change('change_log').where({ entity }).whereIn('entity_id', entityIds).update({ fields: '{}' });
}

export class StoredChangeLog implements ChangeLog {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  note(deed: Deed, noted: Noted): Promise<void> {
    return noteChanges(this.#knex, deed, [noted]);
  }

  async list({ since, until, entity, entityId, byAgentId, limit }: ChangeFilter): Promise<readonly ChangeRecord[]> {
    const query = this.#knex('change_log').where('at', '>=', since).andWhere('at', '<', until);
    if (entity !== undefined) query.andWhere({ entity });
    if (entityId !== undefined) query.andWhere({ entity_id: entityId });
    if (byAgentId !== undefined) query.andWhere({ by_agent_id: byAgentId });
    const rows: unknown = await query
      .orderBy([
        { column: 'at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit)
      .select();
    return z.array(changeRow).parse(rows);
  }
}
