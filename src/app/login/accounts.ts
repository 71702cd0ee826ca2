/** Finds accounts by id without searching: one index for each configuration in force. */
import type { AgentId } from '../../core/call/state.js';
import type { LoadedConfiguration } from '../configuration-store.js';
import type { AgentAccount } from '../directory.js';

const indexes = new WeakMap<LoadedConfiguration, ReadonlyMap<AgentId, AgentAccount>>();

export function accountOf(configuration: LoadedConfiguration, id: AgentId): AgentAccount | null {
  let index = indexes.get(configuration);
  if (index === undefined) {
    index = new Map(configuration.agents.map((account) => [account.id, account]));
    indexes.set(configuration, index);
  }
  return index.get(id) ?? null;
}
