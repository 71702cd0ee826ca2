/** What differs between two configurations, for those who watch: which agents and queues are new or other, and which are gone. */
import type { AgentAccount } from './directory.js';
import type { SettingsInForce } from './settings-in-force.js';

export interface Differences {
  readonly agents: { readonly changed: readonly string[]; readonly removed: readonly string[] };
  readonly queues: { readonly changed: readonly string[]; readonly removed: readonly string[] };
}

/** Only what a view shows counts: comparing whole accounts would hold up calls where there are ten thousand. */
export function differences(before: SettingsInForce, after: SettingsInForce): Differences {
  return {
    agents: compare(before.agents, after.agents, seenAlike),
    queues: compare(before.queues, after.queues, (a, b) => a.name === b.name && a.wrapUpMs === b.wrapUpMs),
  };
}

function seenAlike(one: AgentAccount, other: AgentAccount): boolean {
  return one.name === other.name && one.number === other.number && one.mayRecord === other.mayRecord;
}

function compare<T>(
  before: ReadonlyMap<string, T>,
  after: ReadonlyMap<string, T>,
  same: (one: T, other: T) => boolean,
): Differences['agents'] {
  const changed: string[] = [];
  for (const [id, item] of after) {
    const former = before.get(id);
    if (former === undefined || !same(former, item)) changed.push(id);
  }
  return { changed, removed: [...before.keys()].filter((id) => !after.has(id)) };
}
