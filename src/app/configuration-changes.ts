/** What differs between two configurations, for those who watch: which agents and queues are new or other, and which are gone. */
import type { SettingsInForce } from './settings-in-force.js';

export interface Differences {
  readonly agents: { readonly changed: readonly string[]; readonly removed: readonly string[] };
  readonly queues: { readonly changed: readonly string[]; readonly removed: readonly string[] };
}

export function differences(before: SettingsInForce, after: SettingsInForce): Differences {
  return { agents: compare(before.agents, after.agents), queues: compare(before.queues, after.queues) };
}

function compare<T>(before: ReadonlyMap<string, T>, after: ReadonlyMap<string, T>): Differences['agents'] {
  const changed = [...after].filter(([id, item]) => !same(before.get(id), item)).map(([id]) => id);
  return { changed, removed: [...before.keys()].filter((id) => !after.has(id)) };
}

function same(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
