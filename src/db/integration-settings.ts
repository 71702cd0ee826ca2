/** The one row of settings of the connections with other systems. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { changedFields, type Deed } from '../app/changes.js';
import { INTEGRATION_DEFAULTS, type IntegrationSettings, type IntegrationStore } from '../app/integrations/settings.js';
import { noteChanges } from './change-log.js';

const settings: z.ZodType<IntegrationSettings> = z.object({
  company: z.string().default(INTEGRATION_DEFAULTS.company),
  crmUrl: z.string().nullable().default(INTEGRATION_DEFAULTS.crmUrl),
  crmQueueUrls: z.array(z.object({ queueId: z.string(), url: z.string().nullable() })).default([]),
  crmLookup: z
    .object({
      url: z.string(),
      timeoutMs: z.number(),
      cacheMs: z.number(),
      fields: z.array(z.object({ name: z.string(), path: z.string() })),
    })
    .nullable()
    .default(null),
});
const row = z.object({ settings: z.string() });

export class StoredIntegrations implements IntegrationStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  load(): Promise<IntegrationSettings> {
    return read(this.#knex);
  }

  save(saved: IntegrationSettings, deed: Deed): Promise<void> {
    return this.#knex.transaction(async (change) => {
      // Writing first takes the lock.
      await change('integration_settings').where({ id: 1 }).update({ id: 1 });
      const fields = changedFields(await read(change), saved);
      await change('integration_settings')
        .where({ id: 1 })
        .update({ settings: JSON.stringify(saved) });
      await noteChanges(change, deed, [{ entity: 'integrations', entityId: 'centre', action: 'changed', fields }]);
    });
  }
}

async function read(knex: Knex): Promise<IntegrationSettings> {
  const stored = row.parse(await knex('integration_settings').where({ id: 1 }).first('settings'));
  return settings.parse(JSON.parse(stored.settings));
}
