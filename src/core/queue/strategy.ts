/** What a queue's strategy compares among agents of the same priority. The lowest key is asked first. */
import type { Agent } from '../agent/state.js';
import type { Strategy } from './settings.js';

/** Compared number by number, the first difference decides. All keys of one strategy have the same length. */
export type StrategyKey = readonly number[];

/** Where the strategy puts this agent. */
export function strategyKey(strategy: Strategy, agent: Agent): StrategyKey {
  switch (strategy) {
    case 'longestIdle':
      return [agent.idleSince];
    case 'fewestCalls':
      // Of those with equally many calls, the one who has been idle longest.
      return [agent.callsTaken, agent.idleSince];
    case 'roundRobin':
      // The turn passes with the offer, answered or not, so that one who does not answer is not asked over and over.
      return [agent.lastOfferedAt];
    case 'ringAll':
      return [];
  }
}

/** Negative when `a` is asked first. */
export function compareKeys(a: StrategyKey, b: StrategyKey): number {
  for (const [i, value] of a.entries()) {
    const difference = value - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
