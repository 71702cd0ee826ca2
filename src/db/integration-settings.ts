/** The one row of settings of the connections with other systems. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { ChangedBy, IntegrationChange } from '../app/integrations/changes.js';
import { INTEGRATION_DEFAULTS, type IntegrationSettings, type IntegrationStore } from '../app/integrations/settings.js';
import { listChanges, noteChange } from './integration-changes.js';

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

  async load(): Promise<IntegrationSettings> {
    const stored = row.parse(await this.#knex('integration_settings').where({ id: 1 }).first('settings'));
    return settings.parse(JSON.parse(stored.settings));
  }

  save(saved: IntegrationSettings, by: ChangedBy): Promise<void> {
    return this.#knex.transaction(async (change) => {
      await change('integration_settings')
        .where({ id: 1 })
        .update({ settings: JSON.stringify(saved) });
      await noteChange(change, by, 'settings', 'settings', saved);
    });
  }

  changes(before: number, limit: number): Promise<readonly IntegrationChange[]> {
    return listChanges(this.#knex, before, limit);
  }
}
