/** How a party is sent into a scenario: by the version that is published now, which it keeps. */
import type { Onward } from '../../core/call/state.js';
import type { ScenarioId, ScenarioRef } from '../../core/scenario/scenario.js';
import type { SettingsInForce } from '../settings-in-force.js';

/** What the names of its scripts begin with. */
export const SCENARIO = 'scenario';

type ToScript = Extract<Onward, { kind: 'script' }>;

/** Null when there is no such scenario, or it is not published. The position is written once the first step is taken. */
export function intoScenario(settings: SettingsInForce, id: ScenarioId): ToScript | null {
  const published = settings.scenarios.get(id);
  if (published === undefined) return null;
  return { kind: 'script', script: { name: `${SCENARIO}:${id}@${published.version}`, position: '', music: null } };
}

/** Which version a script's name means. */
export function refOf(name: string): ScenarioRef | null {
  const match = /^scenario:(.+)@(\d+)$/.exec(name);
  return match === null ? null : { id: match[1] ?? '', version: Number(match[2]) };
}
