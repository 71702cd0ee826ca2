/** Which steps a party is led through: the version that it began with. */
import type { ScenarioRef } from '../../core/scenario/scenario.js';
import type { PublishedScenario } from '../configuration-store.js';
import type { SettingsInForce } from '../settings-in-force.js';
import type { ScenarioStore } from './store.js';

/** At once where it is the version in force: the caller hears something the sooner. Rejects when there is no such version. */
export function versionOf(
  ref: ScenarioRef,
  { scenarios }: SettingsInForce,
  store: ScenarioStore,
): PublishedScenario | Promise<PublishedScenario> {
  const present = scenarios.get(ref.id);
  return present?.version === ref.version ? present : stored(ref, store);
}

async function stored(ref: ScenarioRef, store: ScenarioStore): Promise<PublishedScenario> {
  const found = await store.version(ref);
  if (found === null) throw new Error('there is no such version of the scenario');
  return found;
}
