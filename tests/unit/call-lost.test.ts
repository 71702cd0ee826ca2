/** Asterisk is started anew: every call that it had is lost, whatever state it was in, and says so. */
import { describe, expect, test } from '@jest/globals';
import { isOver } from '../../src/core/call/history.js';
import { missedFacts } from '../../src/core/call/missed.js';
import { observe } from '../../src/core/call/observe.js';
import { NOTHING_YET, plan } from '../../src/core/call/plan.js';
import { topology } from '../../src/core/call/topology.js';
import { agentTarget, ringingFor, talkingWithAnna, waitingCustomer } from '../support/call-fixtures.js';
import type { CallStory } from '../support/call-story.js';

const RESTARTED = { type: 'phonesRestarted' } as const;

function consulting(): CallStory {
  const story = talkingWithAnna();
  story.command({
    type: 'consult',
    agentId: 'anna',
    onward: { kind: 'target', target: agentTarget('boris') },
  });
  return story;
}

describe('Asterisk is started anew', () => {
  test.each([
    ['waiting', waitingCustomer],
    ['an agent’s phone rings', () => ringingFor('anna')],
    ['talking', talkingWithAnna],
    ['a consult rings', consulting],
  ])('%s: the call ends as lost, with nobody left and nothing to do', (_state, begun) => {
    const story = begun().wait(5_000);
    const events = story.fact(RESTARTED);
    expect(events.filter(({ type }) => type === 'call.ended')).toMatchObject([{ outcome: 'lost' }]);
    expect(story.call).toMatchObject({ phase: 'ended', outcome: 'lost', legs: {} });
    expect(isOver(story.call)).toBe(true);
    expect(plan(NOTHING_YET, topology(story.call))).toEqual([]);
    expect(observe(story.call, RESTARTED, story.now)).toEqual([]);
  });

  test('the talk until then is kept, and the agent is named', () => {
    const story = talkingWithAnna().wait(60_000);
    expect(story.fact(RESTARTED).find(({ type }) => type === 'call.ended')).toMatchObject({
      outcome: 'lost',
      agentId: 'anna',
      agentIds: ['anna'],
      talkedMs: 60_000,
    });
  });

  test('a call that had ended before keeps its outcome', () => {
    const story = ringingFor('anna');
    story.leaves('caller');
    expect(story.fact(RESTARTED).map(({ type }) => type)).toEqual(['leg.left']);
    expect(story.call).toMatchObject({ phase: 'ended', outcome: 'abandoned' });
  });
});

describe('a look at Asterisk finds nothing of a call', () => {
  const missed = (startedAt: number | null) => {
    const story = talkingWithAnna().wait(60_000);
    return missedFacts(story.call, NOTHING_YET, NOTHING_YET, startedAt).map(({ type }) => type);
  };

  test('Asterisk was started after the call began: it is lost, though the controller was away as well', () => {
    expect(missed(30_000)).toEqual(['phonesRestarted']);
  });

  test.each([[-5_000], [null]])('Asterisk is older than the call (%s): everybody has hung up', (startedAt) => {
    expect(missed(startedAt)).toEqual(['legLeft', 'legLeft', 'clock']);
  });
});
