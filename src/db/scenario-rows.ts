/** Published scenarios as they are stored. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { PublishedScenario } from '../app/configuration-store.js';
import { readScenario } from '../core/scenario/read.js';
import type { Scenario } from '../core/scenario/scenario.js';

const row = z.object({ id: z.string(), version: z.number(), content: z.string() });

/** Scenarios that callers may be sent to. */
export function published(knex: Knex) {
  return knex('scenarios').where({ removed: false }).whereNotNull('version');
}

export async function publishedScenarios(knex: Knex): Promise<readonly PublishedScenario[]> {
  const rows: unknown = await knex('scenarios')
    .join('scenario_versions as v', (on) =>
      on.on('v.scenario_id', 'scenarios.id').andOn('v.version', 'scenarios.version'),
    )
    .where({ removed: false })
    .select('scenarios.id', 'v.version', 'v.content')
    .orderBy('scenarios.id');
  return z
    .array(row)
    .parse(rows)
    .map(({ id, version, content }) => ({ id, version, scenario: scenarioIn(content) }));
}

/** What was published was read without a fault: a row that cannot be read was not written by this service. */
export function scenarioIn(content: string): Scenario {
  const { scenario } = readScenario(JSON.parse(content));
  if (scenario === null) throw new Error('a stored scenario cannot be read');
  return scenario;
}
