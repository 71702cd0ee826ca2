/** The table of the tags that agents may give calls. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { changedFields, type Deed } from '../app/changes.js';
import type { TagDefinition, TagInUse, TagStore } from '../app/tag-definitions.js';
import { referencesOf } from '../core/scenario/references.js';
import { noteChanges } from './change-log.js';
import { flag } from './rows.js';
import { publishedScenarios } from './scenario-rows.js';

const tagRow = z.object({ id: z.string(), name: z.string(), colour: z.string(), enabled: flag });

export class StoredTags implements TagStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(): Promise<readonly TagDefinition[]> {
    return z.array(tagRow).parse(await this.#knex('tag_definitions').orderBy('name').select());
  }

  async named(name: string): Promise<TagDefinition | null> {
    const row: unknown = await this.#knex('tag_definitions').where({ name }).first();
    return row === undefined ? null : tagRow.parse(row);
  }

  save(tag: TagDefinition, deed: Deed): Promise<'saved' | 'alreadyExists' | TagInUse> {
    return this.#change(tag.id, async (change, before) => {
      const other: unknown = await change('tag_definitions')
        .where({ name: tag.name })
        .whereNot({ id: tag.id })
        .first('id');
      if (other !== undefined) return 'alreadyExists';
      const goes = before?.enabled === true && (before.name !== tag.name || !tag.enabled);
      const inUse = goes ? await giverOf(change, before) : null;
      if (inUse !== null) return inUse;
      await change('tag_definitions').insert(tag).onConflict('id').merge();
      const action = before === null ? 'added' : 'changed';
      const fields = changedFields(before ?? {}, tag);
      await noteChanges(change, deed, [{ entity: 'tag', entityId: tag.id, action, fields }]);
      return 'saved';
    });
  }

  remove(id: string, deed: Deed): Promise<boolean | TagInUse> {
    return this.#change(id, async (change, before) => {
      if (before === null) return false;
      const inUse = before.enabled ? await giverOf(change, before) : null;
      if (inUse !== null) return inUse;
      await change('tag_definitions').where({ id }).delete();
      const fields = changedFields(before, {});
      await noteChanges(change, deed, [{ entity: 'tag', entityId: id, action: 'removed', fields }]);
      return true;
    });
  }

  #change<T>(id: string, work: (change: Knex, before: TagDefinition | null) => Promise<T>): Promise<T> {
    return this.#knex.transaction(async (change) => {
      // Writing first takes the lock.
      await change('centre_settings').where({ id: 1 }).update({ id: 1 });
      const row: unknown = await change('tag_definitions').where({ id }).first();
      return await work(change, row === undefined ? null : tagRow.parse(row));
    });
  }
}

/** Scenarios are published under the same lock. */
async function giverOf(change: Knex, { name }: TagDefinition): Promise<TagInUse | null> {
  const gives = (await publishedScenarios(change)).find(({ scenario }) =>
    referencesOf(scenario).some(({ kind, id }) => kind === 'tag' && id === name),
  );
  return gives === undefined ? null : { scenarioId: gives.id };
}
