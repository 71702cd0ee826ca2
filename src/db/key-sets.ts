/** The table of keys: one row for each owner's. Called inside the transactions of the configuration. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { keySet } from '../app/keys/key-schema.js';
import type { KeyScope, KeySet } from '../core/option/option.js';
import { mustExist } from './configuration-checks.js';

const row = z.object({ settings: z.string() }).transform(({ settings }) => keySet.parse(JSON.parse(settings)));

export async function loadKeySets(read: Knex): Promise<readonly KeySet[]> {
  return z.array(row).parse(await read('key_sets').select('settings').orderBy(['scope', 'owner_id']));
}

export async function saveKeySet(change: Knex, set: KeySet): Promise<void> {
  const { scope, ownerId } = set;
  if (scope === 'team') await mustExist(change, 'teams', ownerId, 'ownerId');
  if (scope === 'agent') await mustExist(change, 'agents', ownerId, 'ownerId');
  if (scope === 'queue' || scope === 'customer') await mustExist(change, 'queues', ownerId, 'ownerId');
  await change('key_sets')
    .insert({ scope, owner_id: ownerId, settings: JSON.stringify(set) })
    .onConflict(['scope', 'owner_id'])
    .merge();
}

/** With their owner; true if there was one. */
export async function removeKeySets(change: Knex, scopes: readonly KeyScope[], ownerId: string): Promise<boolean> {
  return (await change('key_sets').whereIn('scope', scopes).andWhere({ owner_id: ownerId }).delete()) > 0;
}
