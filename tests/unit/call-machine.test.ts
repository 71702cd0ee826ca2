/** Who answers an outgoing call, a person or a machine: found out beside the conversation, told once. */
import { describe, expect, test } from '@jest/globals';
import { legViews } from '../../src/app/call-view.js';
import { timelineOf } from '../../src/app/history/timeline.js';
import { missedFacts } from '../../src/core/call/missed.js';
import { plan } from '../../src/core/call/plan.js';
import { topology } from '../../src/core/call/topology.js';
import { shopTarget } from '../support/call-fixtures.js';
import { consult, talking } from '../support/call-lines.js';
import { actual, actualLeg } from '../support/call-media.js';
import type { CallStory } from '../support/call-story.js';

/** The shop is asked, and answers. */
function answeredByShop(detectMachine = true): CallStory {
  const target = shopTarget();
  const story = talking();
  story.command(consult({ ...target, legs: target.legs.map((leg) => ({ ...leg, detectMachine })) }));
  story.answers('shop');
  return story;
}

const detecting = (there: boolean) => actual({ shop: actualLeg('up', { detecting: there }) });
const steps = (story: CallStory, there = false) =>
  plan(detecting(there), topology(story.call)).filter(({ type }) => type === 'detect');
const found = (story: CallStory, by: 'human' | 'machine' | 'unsure') =>
  story.fact({ type: 'legDetected', legId: 'shop', by });

describe('who answered', () => {
  test('is found out once the leg is up, and only where it is asked for', () => {
    expect(steps(answeredByShop())).toEqual([{ type: 'detect', legId: 'shop' }]);
    expect(steps(answeredByShop(), true)).toEqual([]);
    expect(steps(answeredByShop(false))).toEqual([]);
    expect(found(answeredByShop(false), 'machine')).toEqual([]);
  });

  test('is told once, shown, and kept in the timeline', () => {
    const story = answeredByShop();
    const leg = () => legViews(story.call).find(({ id }) => id === 'shop');
    expect(leg()?.answeredBy).toBeNull();
    expect(found(story, 'machine')).toEqual([{ type: 'leg.detected', legId: 'shop', by: 'machine' }]);
    expect(found(story, 'unsure')).toEqual([]);
    expect(leg()?.answeredBy).toBe('machine');
    expect(steps(story)).toEqual([]);
    expect(timelineOf(story.events)).toContainEqual(
      expect.objectContaining({ what: 'detected', legId: 'shop', detail: 'machine' }),
    );
  });

  test('stays unsure where the word of it was lost: listening once more in the middle would find a machine', () => {
    const { call } = answeredByShop();
    const unsure = { type: 'legDetected', legId: 'shop', by: 'unsure' };
    expect(missedFacts(call, detecting(true), detecting(false))).toContainEqual(unsure);
    expect(missedFacts(call, actual({}), detecting(false))).toContainEqual(unsure);
    expect(missedFacts(call, actual({}), detecting(true))).not.toContainEqual(unsure);
    expect(missedFacts(call, detecting(false), detecting(false))).not.toContainEqual(unsure);
  });
});
