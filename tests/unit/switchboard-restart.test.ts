/** After a restart every leg is found in the call that has it now, however often its party went over to another call before. */
import { expect, test } from '@jest/globals';
import type { PhoneSystem } from '../../src/app/phone-system.js';
import { Switchboard } from '../../src/app/switchboard.js';
import { linesOf } from '../../src/core/call/state.js';
import { agentTarget, customerCalls, toTarget } from '../support/call-fixtures.js';
import { CallStory } from '../support/call-story.js';

const phones: PhoneSystem = {
  status: 'disconnected',
  start: () => {},
  newCallId: () => 'c9',
  together: (performing) => performing(),
  perform: async () => 'lost',
  sound: () => {},
  tell: async () => undefined,
  tellTransfer: () => {},
  picture: async () => ({ legs: [], conversations: [], startedAt: null }),
  stop: async () => {},
};

/** A customer talks with Anna in call c<number>. */
function call(number: number): CallStory {
  const beginning = customerCalls(toTarget(agentTarget('anna', 1, number + 1)), `caller${number}`);
  const story = new CallStory(beginning, 0, `c${number}`);
  story.answers(`anna#${number + 1}.1`);
  return story;
}

function join(from: CallStory, into: CallStory): void {
  const { legs, id: fromCallId } = from.call;
  const lineId = linesOf(from.call)[0]?.id ?? '';
  const memberIds = Object.values(legs).flatMap((leg) => (leg.agentId === null ? [leg.id] : []));
  from.command({ type: 'handOver', agentId: 'anna', lineId, toCallId: into.call.id });
  into.command({
    type: 'adopt',
    agentId: 'anna',
    lineId: linesOf(into.call)[0]?.id ?? '',
    fromCallId,
    legs: memberIds.flatMap((id) => legs[id] ?? []),
    memberIds,
    offers: [],
    stays: true,
  });
}

test.each([
  ['oldest first', [0, 1, 2]],
  ['newest first', [2, 1, 0]],
  ['in any order', [1, 2, 0]],
] as const)('taken up %s', (_order, order) => {
  const stories = [call(1), call(2), call(3)] as const;
  join(stories[0], stories[1]);
  join(stories[1], stories[2]);
  const nobody = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  const switchboard = new Switchboard({
    mayPress: () => false,
    journal: { append: async () => {}, claim: async () => true, release: async () => {}, drain: async () => {} },
    phones,
    clock: { now: () => 1_000 },
    log: nobody,
    listener: { decided: () => {}, published: () => {} },
    turnsAway: () => false,
    receive: () => customerCalls(toTarget(agentTarget('anna'))),
  });
  switchboard.restore(order.map((index) => ({ id: stories[index].call.id, events: stories[index].events })));
  expect(switchboard.ownerOf('caller1', 'c1')).toBe('c3');
  expect(switchboard.ownerOf('caller2', 'c2')).toBe('c3');
  switchboard.stop();
});
