/** The agents of one queue who can be offered a call now, the one to ask next in front. */
import type { AgentId } from '../call/state.js';
import { OrderedList } from './ordered-list.js';
import { compareKeys, type StrategyKey } from './strategy.js';

interface Ranked {
  readonly agentId: AgentId;
  /** The member's; lower is asked first. */
  readonly priority: number;
  readonly key: StrategyKey;
}

export class Ranking {
  readonly #byAgent = new Map<AgentId, Ranked>();
  readonly #order = new OrderedList<Ranked>(compareRanked);

  get size(): number {
    return this.#byAgent.size;
  }

  has(agentId: AgentId): boolean {
    return this.#byAgent.has(agentId);
  }

  /** Puts the agent where priority and key say, from wherever the agent was. */
  upsert(agentId: AgentId, priority: number, key: StrategyKey): void {
    const ranked = { agentId, priority, key };
    const before = this.#byAgent.get(agentId);
    if (before !== undefined) {
      if (compareRanked(before, ranked) === 0) return;
      this.#order.remove(before);
    }
    this.#byAgent.set(agentId, ranked);
    this.#order.add(ranked);
  }

  /** The agent can no longer be offered a call; false if so already. */
  remove(agentId: AgentId): boolean {
    const ranked = this.#byAgent.get(agentId);
    if (ranked === undefined) return false;
    this.#byAgent.delete(agentId);
    return this.#order.remove(ranked);
  }

  /** Whom to ask next. */
  best(): AgentId | null {
    return this.#order.first()?.agentId ?? null;
  }

  /** For ring all: everyone of the first member priority that has anyone, in order. */
  bestTier(): readonly AgentId[] {
    const tier: AgentId[] = [];
    const first = this.#order.first();
    for (const { agentId, priority } of this.#order) {
      if (priority !== first?.priority) break;
      tier.push(agentId);
    }
    return tier;
  }

  /** Everyone, in the order to ask: for a dispatcher whose first choice was claimed by another queue meanwhile. */
  *[Symbol.iterator](): IterableIterator<AgentId> {
    for (const { agentId } of this.#order) yield agentId;
  }
}

function compareRanked(a: Ranked, b: Ranked): number {
  const difference = a.priority - b.priority || compareKeys(a.key, b.key);
  if (difference !== 0 || a.agentId === b.agentId) return difference;
  return a.agentId < b.agentId ? -1 : 1;
}
