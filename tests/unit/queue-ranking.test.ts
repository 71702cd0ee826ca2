/** Which agent a queue asks next. */
import { describe, expect, test } from '@jest/globals';
import { newAgent } from '../../src/core/agent/evolve.js';
import type { Agent } from '../../src/core/agent/state.js';
import { Ranking } from '../../src/core/queue/ranking.js';
import type { Strategy } from '../../src/core/queue/settings.js';
import { strategyKey } from '../../src/core/queue/strategy.js';
import fc from '../support/properties.js';

const agent = (id: string, more: Partial<Agent>): Agent => ({ ...newAgent(id), ...more });

function ranked(strategy: Strategy, ...agents: readonly Agent[]): readonly string[] {
  const ranking = new Ranking();
  for (const one of agents) ranking.upsert(one.id, 0, strategyKey(strategy, one));
  return [...ranking];
}

describe('strategies', () => {
  const anna = agent('anna', { idleSince: 30, callsTaken: 1, lastOfferedAt: 20 });
  const boris = agent('boris', { idleSince: 10, callsTaken: 2, lastOfferedAt: 40 });
  const clara = agent('clara', { idleSince: 20, callsTaken: 1, lastOfferedAt: 60 });

  test('longest idle asks the one who has been without a call longest', () => {
    expect(ranked('longestIdle', anna, boris, clara)).toEqual(['boris', 'clara', 'anna']);
  });

  test('fewest calls asks the one with the fewest, of those the longest idle', () => {
    expect(ranked('fewestCalls', anna, boris, clara)).toEqual(['clara', 'anna', 'boris']);
  });

  test('round robin asks the one who was asked longest ago', () => {
    expect(ranked('roundRobin', clara, boris, anna)).toEqual(['anna', 'boris', 'clara']);
  });

  test('ring all knows no preference', () => {
    expect(ranked('ringAll', clara, anna, boris)).toEqual(['anna', 'boris', 'clara']);
  });
});

describe('the ranking', () => {
  test('with nobody offerable there is nobody to ask', () => {
    const ranking = new Ranking();
    expect([ranking.best(), ranking.bestTier(), ranking.size, ranking.remove('anna')]).toEqual([null, [], 0, false]);
  });

  test('a member of a lower priority number is asked first, whatever the strategy says', () => {
    const ranking = new Ranking();
    ranking.upsert('idle-for-long', 2, [1]);
    ranking.upsert('just-idle', 1, [1_000]);
    expect(ranking.best()).toBe('just-idle');
  });

  test('ring all rings everyone of the first priority that has anyone free', () => {
    const ranking = new Ranking();
    for (const [id, priority] of [
      ['a', 1],
      ['b', 2],
      ['c', 2],
      ['d', 3],
    ] as const)
      ranking.upsert(id, priority, []);
    expect(ranking.bestTier()).toEqual(['a']);
    ranking.remove('a');
    expect(ranking.bestTier()).toEqual(['b', 'c']);
  });

  test('an agent whose figures change moves, and is there once', () => {
    const ranking = new Ranking();
    ranking.upsert('a', 0, [1]);
    ranking.upsert('b', 0, [2]);
    ranking.upsert('a', 0, [3]);
    expect([...ranking]).toEqual(['b', 'a']);
    expect([ranking.size, ranking.has('a'), ranking.has('c')]).toEqual([2, true, false]);
  });
});

interface Model {
  readonly priority: number;
  readonly key: readonly [number, number];
}

test('in whatever order agents come and go, the best is the lowest of all', () => {
  const step = fc.record({
    id: fc.nat(30).map(String),
    priority: fc.nat(2),
    key: fc.tuple(fc.nat(3), fc.nat(3)),
    comes: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const ranking = new Ranking();
      const model = new Map<string, Model>();
      for (const { id, priority, key, comes } of steps) {
        if (comes) {
          ranking.upsert(id, priority, key);
          model.set(id, { priority, key });
        } else expect(ranking.remove(id)).toBe(model.delete(id));
        const expected = lowestFirst(model);
        expect(ranking.best()).toBe(expected[0] ?? null);
        const tier = model.get(expected[0] ?? '')?.priority;
        expect(ranking.bestTier()).toEqual(expected.filter((one) => model.get(one)?.priority === tier));
        expect(ranking.size).toBe(model.size);
      }
    }),
  );
});

function lowestFirst(model: ReadonlyMap<string, Model>): readonly string[] {
  return [...model]
    .sort(
      ([idA, a], [idB, b]) =>
        a.priority - b.priority || a.key[0] - b.key[0] || a.key[1] - b.key[1] || (idA < idB ? -1 : 1),
    )
    .map(([id]) => id);
}

test('ten thousand agents are asked in turn', () => {
  const ranking = new Ranking();
  const count = 10_000;
  for (let i = 0; i < count; i += 1) ranking.upsert(`agent-${i}`, 0, [(i * 7_919) % count]);
  const asked = new Set<string | null>();
  for (let turn = 0; turn < count; turn += 1) {
    const best = ranking.best();
    asked.add(best);
    if (best !== null) ranking.upsert(best, 0, [count + turn]);
  }
  expect(asked.size).toBe(count);
  expect(ranking.size).toBe(count);
});
