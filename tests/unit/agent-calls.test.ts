/** What calls and time do to an agent. */
import { describe, expect, test } from '@jest/globals';
import { isOfferable, receives } from '../../src/core/agent/availability.js';
import type { AgentFact } from '../../src/core/agent/fact.js';
import { nextDeadline, observeAgent } from '../../src/core/agent/observe.js';
import type { Agent } from '../../src/core/agent/state.js';
import {
  agentAfter,
  changed,
  clock,
  engaged,
  logIn,
  offerEnded,
  offered,
  policyWith,
  released,
  retryMs,
  set,
  take,
} from '../support/agent-story.js';

const policy = policyWith();
const ready = agentAfter(policy, [1, logIn]);
const happens = (agent: Agent, fact: AgentFact, now: number) => observeAgent(agent, fact, policy, now);
const miss = (callId: string, at: number) =>
  [[at, offered(callId)] as const, [at + 1, offerEnded(callId, 'noAnswer')] as const] as const;

describe('a call rings the agent', () => {
  test('no other queue may offer one meanwhile, and round robin remembers it', () => {
    const agent = take(ready, offered('c'), policy, 10).agent;
    expect(agent).toMatchObject({ offeredCallId: 'c', lastOfferedAt: 10 });
    expect(isOfferable(ready, policy, 10)).toBe(true);
    expect(isOfferable(agent, policy, 10)).toBe(false);
  });

  test.each(['busy', 'rejected', 'unavailable'] as const)('%s: spared for its own delay, not missed', (outcome) => {
    const agent = take(agentAfter(policy, [1, logIn], [2, offered('c')]), offerEnded('c', outcome), policy, 10).agent;
    const again = 10 + retryMs[outcome];
    expect(agent).toMatchObject({ offeredCallId: null, offerableAt: again, missed: 0 });
    expect(isOfferable(agent, policy, again - 1)).toBe(false);
    expect(isOfferable(agent, policy, again)).toBe(true);
    expect(nextDeadline(agent, 10)).toBe(again);
    expect(nextDeadline(agent, again)).toBeNull();
  });

  test('a phone that the PBX does not know is spared like one that cannot be reached', () => {
    const agent = take(
      agentAfter(policy, [1, logIn], [2, offered('c')]),
      offerEnded('c', 'unknownNumber'),
      policy,
      10,
    ).agent;
    expect(agent).toMatchObject({ offerableAt: 10 + retryMs.unavailable, missed: 0 });
  });

  test.each(['answeredElsewhere', 'withdrawn'] as const)('%s: offerable again at once, not missed', (outcome) => {
    const agent = take(agentAfter(policy, [1, logIn], [2, offered('c')]), offerEnded('c', outcome), policy, 10).agent;
    expect(agent.missed).toBe(0);
    expect(isOfferable(agent, policy, 10)).toBe(true);
  });

  test('an unanswered personal call is not counted as missed', () => {
    const agent = take(
      agentAfter(policy, [1, logIn], [2, offered('c')]),
      offerEnded('c', 'noAnswer', false),
      policy,
      3,
    ).agent;
    expect(agent.missed).toBe(0);
  });
});

describe('offers missed in a row', () => {
  test('at the limit the system sets No answer, and counting begins anew', () => {
    const twice = agentAfter(policy, [1, logIn], ...miss('a', 2), ...miss('b', 10_000), [20_000, offered('c')]);
    expect(twice).toMatchObject({ missed: 2, status: { id: 'ready' } });
    expect(happens(twice, offerEnded('c', 'noAnswer'), 20_001)).toEqual([
      { type: 'agent.offerEnded', callId: 'c', outcome: 'noAnswer', offerableAt: 25_001, missed: 3 },
      changed('noAnswer', 'system'),
    ]);
    const agent = take(twice, offerEnded('c', 'noAnswer'), policy, 20_001).agent;
    expect(agent).toMatchObject({ missed: 0, status: { id: 'noAnswer' } });
    expect(receives(agent, policy)).toBe(false);
  });

  test('an answered call in between clears the count', () => {
    const agent = agentAfter(policy, [1, logIn], ...miss('a', 2), [5, offered('b')], [6, engaged('b')]);
    expect(agent.missed).toBe(0);
  });

  test('a limit of 0 never sets No answer', () => {
    const lenient = policyWith({ missedLimit: 0 });
    const agent = agentAfter(lenient, [1, logIn], ...miss('a', 2), ...miss('b', 9), ...miss('c', 19), ...miss('d', 29));
    expect(agent).toMatchObject({ missed: 4, status: { id: 'ready' } });
  });
});

describe('a call is answered and ends', () => {
  test('the agent has the call and is not offerable; fewest calls counts queue calls only', () => {
    const agent = agentAfter(policy, [1, logIn], [2, offered('c')], [3, engaged('c')]);
    expect(agent).toMatchObject({ offeredCallId: null, callIds: ['c'], callsTaken: 1 });
    expect(isOfferable(agent, policy, 3)).toBe(false);
    expect(take(agent, engaged('own', false), policy, 4).agent).toMatchObject({ callIds: ['c', 'own'], callsTaken: 1 });
  });

  test('without wrap-up the agent is idle and offerable at once', () => {
    const agent = agentAfter(policy, [1, logIn], [3, engaged('c')], [50, released('c')]);
    expect(agent).toMatchObject({ callIds: [], idleSince: 50, status: { id: 'ready' } });
    expect(isOfferable(agent, policy, 50)).toBe(true);
  });

  test('with wrap-up the system sets Call handling until the timer, then the status before', () => {
    const agent = agentAfter(policy, [1, logIn], [3, engaged('c')], [50, released('c', 30)]);
    expect(agent.status).toEqual({
      id: 'callHandling',
      since: 50,
      setBy: 'system',
      blocking: false,
      until: 80,
      next: 'ready',
    });
    expect(nextDeadline(agent, 50)).toBe(80);
    expect(happens(agent, clock, 79)).toEqual([]);
    expect(happens(agent, clock, 80)).toEqual([changed('ready', 'system')]);
    expect(isOfferable(take(agent, clock, policy, 80).agent, policy, 80)).toBe(true);
  });

  test('wrap-up waits for the last call; idle time begins then', () => {
    const two = agentAfter(policy, [1, logIn], [3, engaged('a')], [4, engaged('b')]);
    expect(happens(two, released('a', 30), 50)).toEqual([{ type: 'agent.released', callId: 'a' }]);
    const one = take(two, released('a', 30), policy, 50).agent;
    expect(one.idleSince).toBe(1);
    expect(take(one, released('b', 30), policy, 60).agent).toMatchObject({
      idleSince: 60,
      status: { id: 'callHandling', until: 90 },
    });
  });

  test('a call made during wrap-up leads to wrap-up anew, and still back to the status before the first', () => {
    const agent = agentAfter(policy, [1, logIn], [2, engaged('a')], [3, released('a', 30)], [5, engaged('b')]);
    expect(take(agent, released('b', 30), policy, 20).agent.status).toMatchObject({ until: 50, next: 'ready' });
  });

  test('a status removed from the settings meanwhile is not returned to', () => {
    const agent = agentAfter(policy, [1, logIn], [2, set('working')], [3, engaged('a')], [4, released('a', 30)]);
    const without = policyWith({ statusAfterLogin: 'sessionStart' });
    const fewer = { ...without, statuses: new Map([...without.statuses].filter(([id]) => id !== 'working')) };
    expect(observeAgent(agent, clock, fewer, 34)).toEqual([changed('sessionStart', 'system')]);
  });

  test('a call of someone who is not logged in leads to no wrap-up', () => {
    const agent = agentAfter(policy, [3, engaged('c')]);
    expect(happens(agent, released('c', 30), 50)).toEqual([{ type: 'agent.released', callId: 'c' }]);
  });
});

describe('facts that come late, twice, or are another agent’s', () => {
  const ringing = agentAfter(policy, [1, logIn], [2, offered('c')]);
  const talking = take(ringing, engaged('c'), policy, 3).agent;

  test.each<[string, Agent, AgentFact]>([
    ['a second offer while one rings', ringing, offered('d')],
    ['the same offer again', ringing, offered('c')],
    ['an offer of the call that the agent is in', talking, offered('c')],
    ['the end of an offer that does not ring', ringing, offerEnded('d', 'noAnswer')],
    ['the end of an offer that was answered', talking, offerEnded('c', 'noAnswer')],
    ['the same answer again', talking, engaged('c')],
    ['the end of a call that the agent is not in', talking, released('d', 30)],
    ['the clock when nothing is due', talking, clock],
  ])('%s changes nothing', (_name, agent, fact) => {
    expect(happens(agent, fact, 1_000_000)).toEqual([]);
  });
});
