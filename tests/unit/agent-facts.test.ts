/** What calls mean for the agents in them: who is kept for whom, who is spared, who wraps up. */
import { describe, expect, test } from '@jest/globals';
import { agentFacts, type FactOfAgent } from '../../src/app/agent-facts.js';
import { isOfferable } from '../../src/core/agent/availability.js';
import type { CallEvent } from '../../src/core/call/event.js';
import type { QueueSettings } from '../../src/core/queue/settings.js';
import { agentAfter, engaged, logIn, offered, policyWith, retryMs, take } from '../support/agent-story.js';
import { agentTarget } from '../support/call-fixtures.js';
import { ask, consulting, FIRST, SECOND, talking, transfer } from '../support/call-lines.js';
import type { CallStory } from '../support/call-story.js';
import { QUEUE } from '../support/configuration.js';

const QUEUES: Readonly<Record<string, QueueSettings>> = {
  sales: { ...QUEUE, id: 'sales', wrapUpMs: 30_000, retryMs },
  support: { ...QUEUE, id: 'support', wrapUpMs: 5_000, retryMs },
};

/** The facts of what is done to the call. */
function factsOf(story: CallStory, act: (story: CallStory) => unknown): readonly FactOfAgent[] {
  const before = story.call;
  const known = story.events.length;
  act(story);
  const events: readonly CallEvent[] = story.events.slice(known);
  return agentFacts(before, story.call, events, (id) => QUEUES[id]);
}

describe('wrap-up', () => {
  test('is that of the queue that the agent served, also when the agent sends the customer to another queue', () => {
    const onward = { kind: 'queue', entry: { queueId: 'support', priority: 0, music: 'm', maxWaitMs: null } } as const;
    const facts = factsOf(talking(), (story) =>
      story.command({ type: 'transfer', agentId: 'anna', lineId: null, onward, stays: false }),
    );
    expect(facts).toEqual([{ agentId: 'anna', fact: { type: 'released', callId: 'c1', wrapUpMs: 30_000 } }]);
  });
});

describe('a phone that rings for a party who goes over to another call', () => {
  const policy = policyWith();

  test('is told as one fact', () => {
    const facts = factsOf(consulting(), (story) =>
      story.command({ type: 'handOver', agentId: 'anna', lineId: SECOND, toCallId: 'c2' }),
    );
    expect(facts).toEqual([{ agentId: 'boris', fact: { type: 'offerMoved', callId: 'c1', toCallId: 'c2' } }]);
  });

  test('never looks free in between', () => {
    const ringing = agentAfter(policy, [1, logIn], [2, offered('c1')]);
    const { agent, result } = take(ringing, { type: 'offerMoved', callId: 'c1', toCallId: 'c2' }, policy, 3);
    expect(result).toMatchObject([
      { type: 'agent.offerEnded', callId: 'c1', outcome: 'withdrawn' },
      { type: 'agent.offered', callId: 'c2' },
    ]);
    expect(agent).toMatchObject({ offeredCallId: 'c2', missed: 0 });
    expect(take(agent, { type: 'offerMoved', callId: 'c1', toCallId: 'c3' }, policy, 4).result).toEqual([]);
  });
});

describe('an agent who hung up while the customer was on hold', () => {
  /** Anna's phone rings again. */
  function recalled(): CallStory {
    const story = talking();
    story.command(ask('hold'));
    story.leaves('anna.1');
    story.command({ type: 'recall', lineId: FIRST, target: agentTarget('anna', 1, 2) });
    return story;
  }

  test('is kept for the customer until the phone has been answered', () => {
    const facts = factsOf(talking(), (story) => {
      story.command(ask('hold'));
      story.leaves('anna.1');
    });
    expect(facts).toEqual([]);
  });

  test('and does not answer: has missed a call of the queue', () => {
    const fact = { type: 'recallMissed', callId: 'c1', outcome: 'noAnswer', retryMs, counted: true } as const;
    expect(factsOf(recalled(), (story) => story.after(60_000)).at(-1)).toEqual({ agentId: 'anna', fact });
    const policy = policyWith();
    const { agent } = take(agentAfter(policy, [1, logIn], [2, engaged('c1')]), fact, policy, 10);
    expect(agent).toMatchObject({ callIds: [], offeredCallId: null, missed: 1, offerableAt: 10 + retryMs.noAnswer });
    expect(isOfferable(agent, policy, 10)).toBe(false);
  });

  test('and the customer gives up: nothing was missed', () => {
    const told = factsOf(recalled(), (story) => story.leaves('caller')).at(-1);
    expect(told).toMatchObject({ agentId: 'anna', fact: { type: 'recallMissed', outcome: 'withdrawn' } });
    const policy = policyWith();
    const waiting = agentAfter(policy, [1, logIn], [2, engaged('c1')]);
    const { agent } = take(waiting, told?.fact ?? { type: 'clock' }, policy, 10);
    expect([agent.missed, isOfferable(agent, policy, 10)]).toEqual([0, true]);
  });
});

test('a transfer that nobody takes: the agent who sent the customer on is kept for the recall', () => {
  const story = talking();
  story.command(transfer(agentTarget('boris')));
  expect(factsOf(story, (told) => told.leaves('boris.1', 17))).toMatchObject([
    { agentId: 'boris', fact: { type: 'offerEnded', outcome: 'busy', counted: false } },
    { agentId: 'anna', fact: { type: 'engaged', callId: 'c1' } },
  ]);
});
