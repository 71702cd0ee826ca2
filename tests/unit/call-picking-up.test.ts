/** A colleague's ringing call is picked up: with the agent's own phones, or with a leg that is there already. */
import { describe, expect, test } from '@jest/globals';
import { agentFacts } from '../../src/app/agent-facts.js';
import { recorded } from '../../src/core/call/history.js';
import type { Leg } from '../../src/core/call/state.js';
import { isRefusal } from '../../src/core/refusal.js';
import {
  agentTarget,
  annaDials,
  customerCalls,
  ringingFor,
  shopTarget,
  toScript,
  toTarget,
} from '../support/call-fixtures.js';
import { ask, consulting, heard, lines, ringing, SECOND, talking, transfer } from '../support/call-lines.js';
import { CallStory } from '../support/call-story.js';

const pickUp = (agentId: string, offerId: string) =>
  ({ type: 'pickUp', agentId, offerId, target: agentTarget(agentId) }) as const;

const zoe: Leg = {
  id: 'zoe.own',
  role: 'agent',
  party: { number: '109', name: 'zoe' },
  agentId: 'zoe',
  address: null,
  muted: false,
  since: 0,
  phase: 'arrived',
};
const takeOver = (offerId: string) =>
  ({ type: 'takeOver', agentId: 'zoe', offerId, fromCallId: 'c2', leg: zoe }) as const;

describe('with the own phones', () => {
  test('both ring; the one who picks up answers, and the colleague’s phone stops without having missed anything', () => {
    const story = ringingFor('anna');
    story.command(pickUp('boris', 'offer-anna'));
    expect(ringing(story)).toEqual(['anna.1', 'boris.1']);
    const events = story.answers('boris.1');
    expect(events).toMatchObject([
      { type: 'leg.answered', legId: 'boris.1' },
      { type: 'legs.released', legIds: ['anna.1'], reason: 'answeredElsewhere' },
      { type: 'offer.failed', agentId: 'anna', outcome: 'answeredElsewhere' },
      { type: 'call.connected', agentId: 'boris', queueId: 'sales' },
    ]);
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
  });

  test('the colleague answers first: the other phone stops', () => {
    const story = ringingFor('anna');
    story.command(pickUp('boris', 'offer-anna'));
    expect(story.answers('anna.1')).toMatchObject([
      { type: 'leg.answered' },
      { type: 'legs.released', legIds: ['boris.1'], reason: 'answeredElsewhere' },
      { type: 'offer.failed', agentId: 'boris', queueId: null, outcome: 'answeredElsewhere' },
      { type: 'call.connected', agentId: 'anna' },
    ]);
  });

  test('two pick up: the second is told that somebody is at it; after the call was taken, too', () => {
    const story = ringingFor('anna');
    story.command(pickUp('boris', 'offer-anna'));
    expect(story.command(pickUp('clara', 'offer-anna'))).toMatchObject({ refused: 'alreadyTaken' });
    story.answers('boris.1');
    expect(story.command(pickUp('clara', 'offer-anna'))).toMatchObject({ refused: 'alreadyTaken' });
  });

  test('neither answers: the caller of a queue waits on, and only the one who was asked has missed it', () => {
    const story = ringingFor('anna');
    story.command(pickUp('boris', 'offer-anna'));
    const before = story.call;
    const bodies = story.after(60_000);
    expect(lines(story)).toEqual({ 'c1~l1': 'caller, queue sales' });
    const { events, after } = recorded('c1', before, bodies, story.now);
    if (after === null) throw new Error('the call is gone');
    const facts = agentFacts(before, after, events, () => undefined);
    expect(facts.map(({ agentId, fact }) => [agentId, fact.type, 'counted' in fact && fact.counted])).toEqual([
      ['anna', 'offerEnded', true],
      ['boris', 'offerEnded', false],
    ]);
  });

  test('the caller hangs up: both phones stop, and the call is abandoned', () => {
    const story = ringingFor('anna');
    story.command(pickUp('boris', 'offer-anna'));
    story.leaves('caller');
    expect(ringing(story)).toEqual([]);
    expect(story.call).toMatchObject({ phase: 'ended', outcome: 'abandoned' });
  });

  test('a direct call, of which the colleague’s phone fails: it goes on ringing where it was picked up', () => {
    const story = new CallStory(customerCalls(toTarget(agentTarget('anna'))));
    story.command(pickUp('boris', 'offer-anna'));
    story.leaves('anna.1', 17);
    expect(ringing(story)).toEqual(['boris.1']);
    story.answers('boris.1');
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
  });

  test('a direct call that nobody takes ends as it would have', () => {
    const story = new CallStory(customerCalls(toTarget(agentTarget('anna'))));
    story.command(pickUp('boris', 'offer-anna'));
    story.leaves('boris.1', 21);
    expect(ringing(story)).toEqual(['anna.1']);
    story.leaves('anna.1', 17);
    expect(story.call).toMatchObject({ phase: 'ended', outcome: 'fallback' });
  });

  test('a transfer: the one who picks up has the customer; else the customer is back with the one who transferred', () => {
    const taken = talking();
    taken.command(transfer(agentTarget('boris')));
    taken.command(pickUp('clara', 'offer-boris'));
    taken.leaves('boris.1', 17);
    expect(lines(taken)).toEqual({ 'c1~l1': 'caller, transfer rings' });
    taken.answers('clara.1');
    expect(heard(taken)).toEqual({ caller: 'clara.1', 'clara.1': 'caller' });

    const vain = talking();
    vain.command(transfer(agentTarget('boris')));
    vain.command(pickUp('clara', 'offer-boris'));
    vain.leaves('boris.1', 17);
    vain.leaves('clara.1', 17);
    expect(lines(vain)).toEqual({ 'c1~l1': 'caller, recall' });
  });

  test('an agent who is rung again, and a colleague who takes the customer meanwhile', () => {
    const story = talking();
    story.command(ask('hold'));
    story.leaves('anna.1');
    story.command({ type: 'recall', lineId: 'c1~l1', target: agentTarget('anna', 1, 2) });
    story.command(pickUp('boris', 'offer-anna#2'));
    // Nobody is to look elsewhere while one of the two still rings.
    story.leaves('anna#2.1', 17);
    expect(lines(story)).toEqual({ 'c1~l1': 'caller, recall, recall rings' });
    story.answers('boris.1');
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
  });

  test('whoever asked takes the question back: nobody rings any more', () => {
    const story = consulting();
    story.command(pickUp('clara', 'offer-boris'));
    story.command({ type: 'removeParty', agentId: 'anna', legId: 'boris.1' });
    expect(ringing(story)).toEqual([]);
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
  });

  test('refused: one’s own part of the call, an outside number, what does not ring', () => {
    const story = consulting();
    expect(story.command(pickUp('anna', 'offer-boris'))).toMatchObject({ refused: 'agentBusy' });
    expect(story.command(pickUp('clara', 'offer-anna'))).toMatchObject({ refused: 'alreadyTaken' });
    const outside = talking();
    outside.command({ type: 'consult', agentId: 'anna', onward: { kind: 'target', target: shopTarget() } });
    expect(outside.command(pickUp('clara', 'offer-shop'))).toMatchObject({ refused: 'wrongState' });
  });
});

describe('with a leg that is there already', () => {
  test('it has the caller at once, answered, and every phone that rang for it stops', () => {
    const story = ringingFor('anna', 'boris');
    expect(story.command(takeOver('offer-boris'))).toMatchObject([
      { type: 'legs.adopted', fromCallId: 'c2', legs: [{ id: 'zoe.own', phase: 'up' }], memberIds: [] },
      { type: 'legs.released', legIds: ['boris.1'], reason: 'answeredElsewhere' },
      { type: 'offer.failed', agentId: 'boris', outcome: 'answeredElsewhere' },
      { type: 'legs.released', legIds: ['anna.1'] },
      { type: 'offer.failed', agentId: 'anna', outcome: 'answeredElsewhere' },
      { type: 'call.connected', agentId: 'zoe', queueId: 'sales' },
    ]);
    expect(heard(story)).toEqual({ caller: 'zoe.own', 'zoe.own': 'caller' });
  });

  test('it counts as a call of the queue that the agent has taken', () => {
    const story = ringingFor('anna');
    const before = story.call;
    const bodies = story.command(takeOver('offer-anna'));
    if (isRefusal(bodies)) throw new Error(bodies.message);
    const { events, after } = recorded('c1', before, bodies, story.now);
    if (after === null) throw new Error('the call is gone');
    expect(agentFacts(before, after, events, () => undefined)).toContainEqual({
      agentId: 'zoe',
      fact: { type: 'engaged', callId: 'c1', counted: true },
    });
  });

  test('a consult is taken with it: the agent who asked hears it', () => {
    const story = consulting();
    story.command(takeOver('offer-boris'));
    expect(heard(story)).toMatchObject({ 'anna.1': 'zoe.own', 'zoe.own': 'anna.1' });
    expect(lines(story)[SECOND]).toBe('anna.1, zoe.own');
  });

  test('too late: the call was answered a moment before', () => {
    const story = ringingFor('anna');
    story.answers('anna.1');
    expect(story.command(takeOver('offer-anna'))).toMatchObject({ refused: 'alreadyTaken' });
  });

  test('it leaves the call it came from, which is over', () => {
    const story = new CallStory(annaDials('internal', toScript()), 0, 'c2');
    expect(story.command({ type: 'goOver', agentId: 'anna', toCallId: 'c1' })).toMatchObject([
      { type: 'legs.handedOver', legIds: ['caller'], toCallId: 'c1' },
      { type: 'call.ended', outcome: 'cancelled' },
    ]);
    expect(story.call.legs).toEqual({});
  });

  test('one who talks does not go over, nor somebody who is not there', () => {
    expect(talking().command({ type: 'goOver', agentId: 'anna', toCallId: 'c9' })).toMatchObject({
      refused: 'wrongState',
    });
    expect(talking().command({ type: 'goOver', agentId: 'zoe', toCallId: 'c9' })).toMatchObject({
      refused: 'notFound',
    });
  });
});
