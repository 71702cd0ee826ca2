/** How a party is sent into a scenario: by the version that is published now, which it keeps. */
import type { Onward } from '../../core/call/state.js';
import type { ScenarioId, ScenarioRef } from '../../core/scenario/scenario.js';
import type { SettingsInForce } from '../settings-in-force.js';

const SCENARIO = 'scenario';

type ToScript = Extract<Onward, { kind: 'script' }>;

/** Null when there is no such scenario, or it is not published. The position is written once the first step is taken. */
export function intoScenario(settings: SettingsInForce, id: ScenarioId): ToScript | null {
  const published = settings.scenarios.get(id);
  if (published === undefined) return null;
  return { kind: 'script', script: { name: nameOf(published), position: '', music: null } };
}

function nameOf({ id, version }: ScenarioRef): string {
  return `${SCENARIO}:${id}@${version}`;
}
