/** Calls that go to one target: personal calls from outside, internal and outgoing calls from a phone and from the desktop. */
import { describe, expect, test } from '@jest/globals';
import { phaseOf } from '../../src/core/call/state.js';
import {
  agentTarget,
  annaClicks,
  annaDials,
  customerCalls,
  RING_MS,
  SHOP,
  shopTarget,
  toQueue,
  toTarget,
} from '../support/call-fixtures.js';
import { CallStory } from '../support/call-story.js';

const toBoris = (devices = 1) => toTarget(agentTarget('boris', devices));
const toShop = () => toTarget(shopTarget());
const ENDINGS = [
  ['is busy', 17, 'busy'],
  ['rejects', 21, 'rejected'],
  ['does not answer', 19, 'noAnswer'],
  ['cannot be reached', 20, 'unavailable'],
  ['does not exist', 1, 'unknownNumber'],
] as const;

describe('a customer calls an agent’s own number', () => {
  test('the agent’s phones ring and the answer connects, without any queue', () => {
    const story = new CallStory(customerCalls(toBoris(2))).wait(2000);
    story.rings('boris.2');
    expect(story.answers('boris.2')).toEqual([
      { type: 'leg.answered', legId: 'boris.2' },
      { type: 'legs.released', legIds: ['boris.1'], reason: 'answeredElsewhere' },
      {
        type: 'call.connected',
        lineId: 'c1~l1',
        legId: 'boris.2',
        legIds: ['caller', 'boris.2'],
        agentId: 'boris',
        queueId: null,
        waitedMs: 2000,
      },
    ]);
  });

  test.each(ENDINGS)('the agent %s: the customer goes to the fallback', (_what, cause, outcome) => {
    const story = new CallStory(customerCalls(toBoris())).wait(1000);
    expect(story.leaves('boris.1', cause).slice(1)).toEqual([
      { type: 'offer.failed', offerId: 'offer-boris', agentId: 'boris', queueId: null, outcome },
      { type: 'legs.released', legIds: ['caller'], reason: 'fallback' },
      {
        type: 'call.ended',
        outcome: 'fallback',
        queueId: null,
        agentId: null,
        agentIds: [],
        waitedMs: 1000,
        talkedMs: 0,
      },
    ]);
  });

  test('the agent does not answer in time: the phones stop and the customer goes to the fallback', () => {
    const story = new CallStory(customerCalls(toBoris()));
    expect(story.after(RING_MS)).toMatchObject([
      { type: 'legs.released', legIds: ['boris.1'] },
      { type: 'offer.failed', outcome: 'noAnswer' },
      { type: 'legs.released', legIds: ['caller'], reason: 'fallback' },
      { type: 'call.ended', outcome: 'fallback' },
    ]);
  });

  test('the customer hangs up while the agent’s phone rings: abandoned', () => {
    const story = new CallStory(customerCalls(toBoris()));
    expect(story.leaves('caller').slice(1)).toMatchObject([
      { type: 'legs.released', legIds: ['boris.1'] },
      { type: 'offer.failed', outcome: 'withdrawn' },
      { type: 'call.ended', outcome: 'abandoned' },
    ]);
  });

  test('nobody by that number: the customer goes to the fallback at once', () => {
    const story = new CallStory(customerCalls({ kind: 'nowhere', reason: 'fallback' }));
    expect(story.bodies.slice(1)).toMatchObject([
      { type: 'legs.released', legIds: ['caller'], reason: 'fallback' },
      { type: 'call.ended', outcome: 'fallback', agentId: null, agentIds: [], waitedMs: 0 },
    ]);
  });
});

describe('an agent dials on the phone', () => {
  test('a colleague answers: the call is the dialling agent’s', () => {
    const story = new CallStory(annaDials('internal', toBoris()));
    expect(story.bodies[0]).toMatchObject({ type: 'call.started', agentId: 'anna' });
    expect(story.answers('boris.1')[1]).toMatchObject({ type: 'call.connected', agentId: 'boris' });
    expect(story.call.marks.agentId).toBe('anna');
  });

  test('an outside number answers: the agent in the conversation is the one who dialled', () => {
    const story = new CallStory(annaDials('outbound', toShop()));
    expect(story.answers('shop')[1]).toMatchObject({ legId: 'shop', agentId: 'anna', queueId: null });
    story.wait(5000);
    expect(story.leaves('shop').at(-1)).toMatchObject({
      type: 'call.ended',
      outcome: 'answered',
      agentId: 'anna',
      agentIds: ['anna'],
      talkedMs: 5000,
    });
  });

  test.each(ENDINGS)('the number %s: the agent is told so and the call ends', (_what, cause, outcome) => {
    const story = new CallStory(annaDials('outbound', toShop()));
    expect(story.leaves('shop', cause).slice(1)).toMatchObject([
      { type: 'offer.failed', offerId: 'offer-shop', agentId: null, outcome },
      { type: 'legs.released', legIds: ['caller'], reason: outcome },
      { type: 'call.ended', outcome, agentId: 'anna' },
    ]);
  });

  test('the agent hangs up while the number rings: cancelled, not abandoned', () => {
    const story = new CallStory(annaDials('outbound', toShop()));
    expect(story.leaves('caller').at(-1)).toMatchObject({ type: 'call.ended', outcome: 'cancelled' });
  });

  test('a number that may not be dialled: the agent is let go and the call is still the agent’s', () => {
    const story = new CallStory(annaDials('outbound', { kind: 'nowhere', reason: 'unknownNumber' }));
    expect(story.bodies.at(-1)).toMatchObject({ outcome: 'unknownNumber', agentId: 'anna', agentIds: ['anna'] });
  });
});

describe('an agent calls from the desktop', () => {
  test('the agent’s own phones ring first, and answer by themselves where they can', () => {
    const story = new CallStory(annaClicks('outbound', toShop(), 2));
    expect(phaseOf(story.call)).toBe('preparing');
    expect(story.bodies[1]).toMatchObject({ type: 'call.offered', agentId: 'anna', autoAnswer: true });
  });

  test('the agent’s phone answers: then the number is rung, and its answer connects', () => {
    const story = new CallStory(annaClicks('outbound', toShop(), 2)).wait(1000);
    expect(story.answers('anna.1')).toMatchObject([
      { type: 'leg.answered', legId: 'anna.1' },
      { type: 'legs.released', legIds: ['anna.2'], reason: 'answeredElsewhere' },
      { type: 'line.joined', lineId: 'c1~l1', legId: 'anna.1', away: false },
      { type: 'call.offered', purpose: 'first', offerId: 'offer-shop', agentId: null, deadlineAt: 1000 + RING_MS },
    ]);
    expect(phaseOf(story.call)).toBe('connecting');
    expect(story.call).toMatchObject({ lines: [{ members: [{ legId: 'anna.1' }] }] });
    expect(story.call.legs.shop).toMatchObject({ party: SHOP, role: 'target' });
    expect(story.answers('shop')[1]).toMatchObject({ legId: 'shop', agentId: 'anna' });
  });

  test.each(ENDINGS)('the agent’s own phone %s: nothing is dialled', (_what, cause, outcome) => {
    const story = new CallStory(annaClicks('internal', toBoris()));
    expect(story.leaves('anna.1', cause).slice(1)).toMatchObject([
      { type: 'offer.failed', offerId: 'offer-anna', outcome },
      { type: 'call.ended', outcome, agentId: 'anna', agentIds: [] },
    ]);
  });

  test('the agent’s own phone is not picked up: nothing is dialled', () => {
    const story = new CallStory(annaClicks('internal', toBoris()));
    expect(story.after(RING_MS)).toMatchObject([
      { type: 'legs.released', legIds: ['anna.1'] },
      { type: 'offer.failed', outcome: 'noAnswer' },
      { type: 'call.ended', outcome: 'noAnswer' },
    ]);
  });

  test('the colleague rejects: the agent is let go', () => {
    const story = new CallStory(annaClicks('internal', toBoris()));
    story.answers('anna.1');
    expect(story.leaves('boris.1', 21).slice(1)).toMatchObject([
      { type: 'offer.failed', offerId: 'offer-boris', outcome: 'rejected' },
      { type: 'legs.released', legIds: ['anna.1'], reason: 'rejected' },
      { type: 'call.ended', outcome: 'rejected' },
    ]);
  });

  test('the agent hangs up the phone while the colleague’s rings: both are let go', () => {
    const story = new CallStory(annaClicks('internal', toBoris()));
    story.answers('anna.1');
    expect(story.leaves('anna.1').slice(1)).toMatchObject([
      { type: 'legs.released', legIds: ['boris.1'] },
      { type: 'offer.failed', outcome: 'withdrawn' },
      { type: 'call.ended', outcome: 'cancelled', agentId: 'anna' },
    ]);
  });

  test('into a queue: the agent waits there like any caller, and a colleague answers', () => {
    const story = new CallStory(annaClicks('internal', toQueue())).wait(1000);
    expect(story.answers('anna.1')[2]).toMatchObject({ type: 'call.queued', queueId: 'sales', enteredAt: 1000 });
    story.command({ type: 'offer', target: agentTarget('boris') });
    story.wait(2000);
    expect(story.answers('boris.1')[1]).toMatchObject({ legId: 'boris.1', waitedMs: 2000 });
  });

  test('to a number that leads nowhere: the agent is let go as soon as the phone answers', () => {
    const story = new CallStory(annaClicks('internal', { kind: 'nowhere', reason: 'unknownNumber' }));
    expect(story.answers('anna.1').slice(2)).toMatchObject([
      { type: 'legs.released', legIds: ['anna.1'], reason: 'unknownNumber' },
      { type: 'call.ended', outcome: 'unknownNumber', agentId: 'anna', agentIds: ['anna'] },
    ]);
  });
});
