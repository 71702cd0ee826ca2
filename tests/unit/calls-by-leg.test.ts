/** Whose key was pressed is found at once, also after a party has gone over to another call. */
import { expect, test } from '@jest/globals';
import { CallsByLeg } from '../../src/app/calls-by-leg.js';
import { type Call, linesOf } from '../../src/core/call/state.js';
import { agentTarget, customerCalls, toTarget } from '../support/call-fixtures.js';
import { CallStory } from '../support/call-story.js';

/** A customer talks with Anna in call c<number>; every change is told. */
function call(calls: CallsByLeg, number: number): { readonly story: CallStory; readonly told: () => void } {
  const beginning = customerCalls(toTarget(agentTarget('anna', 1, number + 1)), `caller${number}`);
  const story = new CallStory(beginning, 0, `c${number}`);
  let before: Call | null = null;
  let told = 0;
  const tell = () => {
    calls.changed(before, story.call, story.events.slice(told));
    before = story.call;
    told = story.events.length;
  };
  tell();
  story.answers(`anna#${number + 1}.1`);
  tell();
  return { story, told: tell };
}

function handOver(from: CallStory, into: CallStory): void {
  from.command({ type: 'handOver', agentId: 'anna', lineId: linesOf(from.call)[0]?.id ?? '', toCallId: into.call.id });
}

function adopt(legs: Call['legs'], fromCallId: string, into: CallStory): void {
  const memberIds = Object.values(legs).flatMap((leg) => (leg.agentId === null ? [leg.id] : []));
  const lineId = linesOf(into.call)[0]?.id ?? '';
  const adopted = memberIds.flatMap((id) => legs[id] ?? []);
  into.command({
    type: 'adopt',
    agentId: 'anna',
    lineId,
    fromCallId,
    legs: adopted,
    memberIds,
    offers: [],
    stays: true,
  });
}

test('a leg belongs to its call until it has left', () => {
  const calls = new CallsByLeg();
  const { story, told } = call(calls, 1);
  expect([calls.callOf('caller1'), calls.callOf('anna#2.1')]).toEqual(['c1', 'c1']);
  story.leaves('caller1');
  told();
  expect([calls.callOf('caller1'), calls.callOf('nobody')]).toEqual([undefined, undefined]);
});

test.each(['who gives tells first', 'who takes tells first'])(
  'a leg that goes over is found in its new call: %s',
  (order) => {
    const calls = new CallsByLeg();
    const [one, two] = [call(calls, 1), call(calls, 2)];
    const { legs } = one.story.call;
    handOver(one.story, two.story);
    if (order === 'who gives tells first') one.told();
    adopt(legs, 'c1', two.story);
    two.told();
    one.told();
    expect(calls.callOf('caller1')).toBe('c2');
    expect(calls.ownerOf('caller1', 'c1')).toBe('c2');
    two.story.leaves('caller1');
    two.told();
    expect(calls.callOf('caller1')).toBeUndefined();
    expect(calls.ownerOf('caller1', 'c1')).toBe('c2');
    calls.retired('c2');
    expect(calls.ownerOf('caller1', 'c1')).toBe('c1');
  },
);

test('what a call had adopted and handed on is not forgotten with it', () => {
  const calls = new CallsByLeg();
  const [one, two, three] = [call(calls, 1), call(calls, 2), call(calls, 3)];
  for (const [from, into] of [
    [one, two],
    [two, three],
  ] as const) {
    const { legs, id } = from.story.call;
    handOver(from.story, into.story);
    adopt(legs, id, into.story);
    into.told();
    from.told();
  }
  calls.retired('c2');
  expect(calls.ownerOf('caller1', 'c1')).toBe('c3');
  expect(calls.callOf('caller1')).toBe('c3');
});
