/** Scenarios and their versions. A version is written once and never changed. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { PublishedScenario } from '../app/configuration-store.js';
import type { Deed, ScenarioDraft, ScenarioStore, ScenarioVersion } from '../app/scenarios/store.js';
import type { ScenarioRef } from '../core/scenario/scenario.js';
import { mustNotBeDestination } from './configuration-checks.js';
import { count } from './rows.js';
import { scenarioIn } from './scenario-rows.js';

const written = z.string().transform((text): Readonly<Record<string, unknown>> => {
  const shape = z.record(z.string(), z.unknown());
  return shape.parse(JSON.parse(text));
});
const draftRow = z
  .object({
    id: z.string(),
    draft: written,
    version: z.number().nullable(),
    changed_at: count,
    changed_by: z.string(),
  })
  .transform(
    ({ changed_at, changed_by, ...rest }): ScenarioDraft => ({ ...rest, changedAt: changed_at, changedBy: changed_by }),
  );
const versionRow = z.object({ version: z.number(), published_at: count, published_by: z.string() }).transform(
  (row): ScenarioVersion => ({
    version: row.version,
    publishedAt: row.published_at,
    publishedBy: row.published_by,
  }),
);
const contentRow = z.object({ content: z.string() });

export class StoredScenarios implements ScenarioStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(): Promise<readonly ScenarioDraft[]> {
    const rows: unknown = await this.#knex('scenarios').where({ removed: false }).select().orderBy('id');
    return z.array(draftRow).parse(rows);
  }

  async find(id: string): Promise<ScenarioDraft | null> {
    const row: unknown = await this.#knex('scenarios').where({ id, removed: false }).first();
    return row === undefined ? null : draftRow.parse(row);
  }

  async versions(id: string): Promise<readonly ScenarioVersion[]> {
    const rows: unknown = await this.#knex('scenario_versions')
      .where({ scenario_id: id })
      .select('version', 'published_at', 'published_by')
      .orderBy('version', 'desc');
    return z.array(versionRow).parse(rows);
  }

  async version({ id, version }: ScenarioRef): Promise<PublishedScenario | null> {
    const row: unknown = await this.#knex('scenario_versions').where({ scenario_id: id, version }).first('content');
    return row === undefined ? null : { id, version, scenario: scenarioIn(contentRow.parse(row).content) };
  }

  /** A removed one of the same id comes back, with its versions. */
  save(id: string, draft: ScenarioDraft['draft'], { by, at }: Deed): Promise<void> {
    return this.#change(async (change) => {
      const columns = { draft: JSON.stringify(draft), changed_at: at, changed_by: by };
      const known = await change('scenarios').where({ id, removed: false }).update(columns);
      if (known > 0) return;
      // Published again only when somebody publishes it again.
      const row = { id, ...columns, version: null, removed: false };
      await change('scenarios').insert(row).onConflict('id').merge();
    });
  }

  publish(id: string, content: ScenarioDraft['draft'], { by, at }: Deed): Promise<number> {
    return this.#change(async (change) => {
      const last: unknown = await change('scenario_versions')
        .where({ scenario_id: id })
        .max('version as version')
        .first();
      const version = (z.object({ version: z.number().nullable() }).parse(last).version ?? 0) + 1;
      await change('scenario_versions').insert({
        scenario_id: id,
        version,
        content: JSON.stringify(content),
        published_at: at,
        published_by: by,
      });
      await change('scenarios').where({ id }).update({ version });
      return version;
    });
  }

  remove(id: string, { by, at }: Deed): Promise<boolean> {
    return this.#change(async (change) => {
      await mustNotBeDestination(change, 'scenario', id);
      const columns = { removed: true, version: null, changed_at: at, changed_by: by };
      return (await change('scenarios').where({ id, removed: false }).update(columns)) > 0;
    });
  }

  /** Before anything is read, so that no other change of the configuration comes between. */
  async #change<T>(work: (change: Knex.Transaction) => Promise<T>): Promise<T> {
    return await this.#knex.transaction(async (change) => {
      await change('centre_settings').increment('version', 1);
      return await work(change);
    });
  }
}
