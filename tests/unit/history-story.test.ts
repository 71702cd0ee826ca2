/** A call's legs, timeline and tags, told from its events. */
import { describe, expect, test } from '@jest/globals';
import { causeName } from '../../src/app/history/cause.js';
import { legsOf, tookPart } from '../../src/app/history/legs.js';
import type { StoryEvent } from '../../src/app/history/story-event.js';
import { tagsOf } from '../../src/app/history/tags.js';
import { timelineOf } from '../../src/app/history/timeline.js';
import type { NewLeg } from '../../src/core/call/new-leg.js';

type Body = StoryEvent extends infer E
  ? E extends StoryEvent
    ? Omit<E, 'callId' | 'seq' | 'at' | 'v'>
    : never
  : never;

const customer = { number: '+74951234567', name: 'Ivan' };
const anna = { number: '101', name: 'Anna' };
const boris = { number: '102', name: 'Boris' };
const shop = { number: '5550', name: '' };

/** One event a second. */
function story(...bodies: Body[]): StoryEvent[] {
  return bodies.map((body, index) => ({ ...body, callId: 'c', seq: index + 1, at: index * 1000, v: 1 }) as StoryEvent);
}
function leg(id: string, role: NewLeg['role'], party: NewLeg['party'], agentId: string | null = null): NewLeg {
  return { id, role, party, agentId, address: null };
}
/** Of a queue's caller. */
function offer(agentId: string | null, first: NewLeg, ...others: NewLeg[]): Body & { type: 'call.offered' } {
  return {
    type: 'call.offered',
    lineId: 'l1',
    offerId: `o-${first.id}`,
    purpose: 'queue',
    byAgentId: null,
    party: first.party,
    agentId,
    legs: [first, ...others],
    shows: customer,
    autoAnswer: false,
    deadlineAt: 0,
  };
}
const borisUp = { ...leg('b9', 'agent', boris, 'boris'), phase: 'up', muted: false, since: 0 } as const;
const failed = (legId: string, agentId: string, outcome: 'noAnswer' | 'answeredElsewhere'): Body => ({
  type: 'offer.failed',
  offerId: `o-${legId}`,
  agentId,
  queueId: 'sales',
  outcome,
});
const left = (legId: string, cause: number, agentId: string | null = null): Body => ({
  type: 'leg.left',
  legId,
  cause,
  agentId,
});
const connected = (agentId: string, ...legIds: string[]): Body => ({
  type: 'call.connected',
  lineId: 'l1',
  legId: legIds.at(-1) ?? '',
  legIds,
  agentId,
  queueId: 'sales',
  waitedMs: 1,
});

const arrives: Body[] = [
  {
    type: 'call.started',
    direction: 'inbound',
    from: customer,
    dialled: '800',
    language: 'en',
    leg: leg('ivan', 'caller', customer),
    next: null,
    agentId: null,
    hangUpRule: 'recall',
    holdMusic: 'default',
  },
  { type: 'call.queued', lineId: 'l1', queueId: 'sales', enteredAt: 0, priority: 0, music: '', maxWaitAt: null },
];
const over: Body = {
  type: 'call.ended',
  outcome: 'answered',
  queueId: 'sales',
  agentId: 'anna',
  agentIds: [],
  waitedMs: 1,
  talkedMs: 1,
};
const told = (events: readonly StoryEvent[]) =>
  timelineOf(events).map(({ at, what, agentId, party, detail }) => [
    at / 1000,
    what,
    agentId,
    party?.number ?? null,
    detail,
  ]);

const missedThenTaken = story(
  ...arrives,
  offer('boris', leg('b1', 'agent', boris, 'boris')),
  { type: 'leg.ringing', legId: 'b1' },
  failed('b1', 'boris', 'noAnswer'),
  left('b1', 19, 'boris'),
  offer('anna', leg('a1', 'agent', anna, 'anna')),
  { type: 'leg.answered', legId: 'a1' },
  connected('anna', 'ivan', 'a1'),
  left('ivan', 16),
  over,
  left('a1', 16, 'anna'),
);

describe('a queue call missed by one agent and taken by another', () => {
  test('is told as it happened', () => {
    expect(told(missedThenTaken)).toEqual([
      [0, 'started', null, '+74951234567', '800'],
      [1, 'waiting', null, null, null],
      [2, 'offered', 'boris', '102', null],
      [4, 'missed', 'boris', '102', 'noAnswer'],
      [6, 'offered', 'anna', '101', null],
      [8, 'answered', 'anna', null, null],
      [9, 'left', null, '+74951234567', 'normalClearing'],
      [10, 'ended', 'anna', null, 'answered'],
      [11, 'left', 'anna', '101', 'normalClearing'],
    ]);
  });

  test('has three legs, each with its times and cause', () => {
    const times = [...legsOf(missedThenTaken).values()].map((each) => [
      each.id,
      each.startedAt / 1000,
      each.answeredAt === null ? null : each.answeredAt / 1000,
      each.leftAt === null ? null : each.leftAt / 1000,
      each.cause,
    ]);
    expect(times).toEqual([
      ['ivan', 0, 8, 9, 16],
      ['b1', 2, null, 5, 19],
      ['a1', 6, 7, 11, 16],
    ]);
  });

  test('is a call of the agent who took it, not of the one who missed it', () => {
    const legs = legsOf(missedThenTaken);
    expect([tookPart(legs, 'anna'), tookPart(legs, 'boris'), tookPart(legs, 'ivan')]).toEqual([true, false, false]);
  });
});

test('a caller who gives up is told to have left, and so are the reasons why phones stopped ringing', () => {
  const events = story(
    ...arrives,
    offer('anna', leg('a1', 'agent', anna, 'anna')),
    left('ivan', 16),
    failed('a1', 'anna', 'answeredElsewhere'),
    { ...over, outcome: 'abandoned', agentId: null } as Body,
    left('a1', 26, 'anna'),
  );
  expect(told(events).slice(3)).toEqual([
    [3, 'left', null, '+74951234567', 'normalClearing'],
    [4, 'withdrawn', 'anna', '101', 'answeredElsewhere'],
    [5, 'ended', null, null, 'abandoned'],
  ]);
});

test('a consult, a hold, a transfer, a conference and a tag are told with who did them', () => {
  const byAnna = { lineId: 'l1', legId: 'a1', agentId: 'anna' } as const;
  const events = story(
    ...arrives,
    offer('anna', leg('a1', 'agent', anna, 'anna')),
    connected('anna', 'ivan', 'a1'),
    { type: 'line.held', ...byAnna },
    { type: 'line.opened', lineId: 'l2', legId: 'a1', agentId: 'anna', originId: 'l1' },
    { ...offer(null, leg('s1', 'target', shop)), lineId: 'l2', purpose: 'consult', byAgentId: 'anna' },
    { type: 'line.joined', lineId: 'l2', legId: 's1', agentId: null, away: false },
    { type: 'line.resumed', ...byAnna },
    { type: 'line.merged', fromId: 'l2', intoId: 'l1', purpose: 'transfer', agentId: 'anna' },
    { type: 'line.transferred', lineId: 'l1', agentId: 'anna', to: shop },
    { type: 'line.parted', ...byAnna },
    { type: 'call.tagged', tag: 'complaint', agentId: 'anna' },
    { type: 'legs.handedOver', lineId: 'l1', legIds: ['s1'], toCallId: 'other', agentIds: [] },
    { type: 'legs.adopted', lineId: 'l1', legs: [borisUp], fromCallId: 'other', memberIds: ['b9'], offers: [] },
    { type: 'line.joined', lineId: 'l1', legId: 'b9', agentId: 'boris', away: false },
    { type: 'line.closed', lineId: 'l1' },
    { type: 'call.tagged', tag: 'order', agentId: 'anna' },
    { type: 'call.untagged', tag: 'order', agentId: 'boris' },
  );
  expect(told(events).slice(4)).toEqual([
    [4, 'held', 'anna', '101', null],
    [5, 'consulted', 'anna', null, 'l1'],
    [6, 'offered', null, '5550', null],
    [7, 'joined', null, '5550', null],
    [8, 'resumed', 'anna', '101', null],
    [9, 'merged', null, null, 'l2'],
    [10, 'transferred', 'anna', '5550', null],
    [12, 'tagged', 'anna', null, 'complaint'],
    [13, 'movedAway', null, '5550', 'other'],
    [14, 'movedHere', 'boris', '102', 'other'],
    [15, 'joined', 'boris', '102', null],
    [17, 'tagged', 'anna', null, 'order'],
    [18, 'untagged', 'boris', null, 'order'],
  ]);
  expect(tagsOf(events)).toEqual([{ tag: 'complaint', agentId: 'anna', at: 12_000 }]);
  const legs = legsOf(events);
  expect(legs.get('s1')).toMatchObject({ answeredAt: 7000, leftAt: 13_000, cause: null });
  expect(legs.get('b9')).toMatchObject({ startedAt: 14_000, answeredAt: 14_000, leftAt: null });
  expect(tookPart(legs, 'boris')).toBe(true);
});

test('events about a leg that nobody has seen, and doubled ones, change nothing', () => {
  const events = story(left('ghost', 16), ...arrives, left('ivan', 16), left('ivan', 41), {
    type: 'leg.answered',
    legId: 'x',
  });
  expect([...legsOf(events).values()]).toMatchObject([{ id: 'ivan', leftAt: 3000, cause: 16 }]);
});

test('causes have stable names', () => {
  expect([16, 17, 19, 21, 26, 0, 99].map(causeName)).toEqual([
    'normalClearing',
    'busy',
    'noAnswer',
    'rejected',
    'answeredElsewhere',
    'unknown',
    'other',
  ]);
});
