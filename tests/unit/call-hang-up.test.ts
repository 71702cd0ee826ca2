/** Who hangs up when, and what becomes of the others; what is kept of a call when it ends. */
import { describe, expect, test } from '@jest/globals';
import type { CallCommand } from '../../src/core/call/command.js';
import {
  agentTarget,
  annaClicks,
  annaDials,
  customerCalls,
  ringingFor,
  shopTarget,
  talkingWithAnna,
  toQueue,
  toTarget,
  waitingCustomer,
} from '../support/call-fixtures.js';
import { CallStory } from '../support/call-story.js';

const hangUp = (agentId: string): CallCommand => ({ type: 'hangUp', agentId, lineId: null });
const END: CallCommand = { type: 'end' };
const ended = (outcome: string, sums: object) => ({ type: 'call.ended', outcome, queueId: 'sales', ...sums });
const callerGone = { type: 'leg.left', legId: 'caller', cause: 16, agentId: null };
const failed = (agentId: string, outcome: string) => ({
  type: 'offer.failed',
  offerId: `offer-${agentId}`,
  agentId,
  queueId: 'sales',
  outcome,
});
const released = (reason: string, ...legIds: string[]) => ({ type: 'legs.released', legIds, reason });

describe('the caller hangs up', () => {
  test('while waiting: the call is abandoned after the time waited', () => {
    const story = waitingCustomer().wait(7000);
    expect(story.leaves('caller')).toEqual([
      callerGone,
      ended('abandoned', { agentId: null, agentIds: [], waitedMs: 7000, talkedMs: 0 }),
    ]);
  });

  test('while an agent’s phone rings: the phone stops and the call is abandoned', () => {
    const story = ringingFor('anna').wait(4000);
    expect(story.leaves('caller')).toEqual([
      callerGone,
      released('normal', 'anna.1'),
      failed('anna', 'withdrawn'),
      ended('abandoned', { agentId: null, agentIds: ['anna'], waitedMs: 4000, talkedMs: 0 }),
    ]);
    expect(story.leaves('anna.1').map((event) => event.type)).toEqual(['leg.left']);
    expect(story.call.legs).toEqual({});
  });

  test('in the instant of the answer, hang-up first: nobody is connected and the agent’s phone is let go', () => {
    const story = ringingFor('anna');
    story.leaves('caller');
    expect(story.answers('anna.1')).toEqual([]);
    expect(story.call).toMatchObject({ phase: 'ended', outcome: 'abandoned' });
    expect(story.call.legs).toMatchObject({ 'anna.1': { phase: 'leaving' } });
  });

  test('in the instant of the answer, answer first: the call counts as answered and the agent is let go', () => {
    const story = ringingFor('anna').wait(2000);
    story.answers('anna.1');
    expect(story.leaves('caller')).toEqual([
      callerGone,
      released('normal', 'anna.1'),
      ended('answered', { agentId: 'anna', agentIds: ['anna'], waitedMs: 2000, talkedMs: 0 }),
    ]);
  });

  test('during the conversation: the agent is let go and the talk is counted', () => {
    const story = talkingWithAnna().wait(60_000);
    expect(story.leaves('caller')).toEqual([
      callerGone,
      released('normal', 'anna.1'),
      ended('answered', { agentId: 'anna', agentIds: ['anna'], waitedMs: 3000, talkedMs: 60_000 }),
    ]);
  });

  test('a hang-up that is told twice is counted once', () => {
    const story = talkingWithAnna();
    story.leaves('caller');
    expect(story.leaves('caller')).toEqual([]);
    expect(story.leaves('nobody-of-ours')).toEqual([]);
  });
});

describe('the agent hangs up by command', () => {
  test('while the own phone rings for a queue’s call: that is a reject and the caller keeps the place', () => {
    const story = ringingFor('anna', 'boris');
    expect(story.command(hangUp('anna'))).toEqual([released('rejected', 'anna.1'), failed('anna', 'rejected')]);
    expect(story.call).toMatchObject({ lines: [{ stay: { enteredAt: 0 }, offers: [{ agentId: 'boris' }] }] });
  });

  test('during the conversation: both parties go', () => {
    const story = talkingWithAnna().wait(1000);
    expect(story.command(hangUp('anna'))).toEqual([
      released('normal', 'anna.1'),
      released('normal', 'caller'),
      ended('answered', { agentId: 'anna', agentIds: [], waitedMs: 3000, talkedMs: 1000 }),
    ]);
  });

  test('while waiting in a queue that the agent dialled: the call is cancelled', () => {
    const story = new CallStory(annaDials('internal', toQueue())).wait(500);
    story.command({ type: 'offer', target: agentTarget('boris') });
    expect(story.command(hangUp('anna'))).toEqual([
      released('normal', 'caller'),
      released('normal', 'boris.1'),
      failed('boris', 'withdrawn'),
      ended('cancelled', { agentId: 'anna', agentIds: ['boris'], waitedMs: 500, talkedMs: 0 }),
    ]);
  });

  test('while the own phone rings before a call from the desktop: nothing is dialled and the call is cancelled', () => {
    const story = new CallStory(annaClicks('outbound', toTarget(shopTarget())));
    expect(story.command(hangUp('anna'))).toMatchObject([
      released('normal', 'anna.1'),
      { type: 'offer.failed', outcome: 'withdrawn' },
      { type: 'call.ended', outcome: 'cancelled' },
    ]);
  });

  test('while the number called rings: the number stops ringing and the call is cancelled', () => {
    const story = new CallStory(annaDials('outbound', toTarget(shopTarget())));
    expect(story.command(hangUp('anna'))).toMatchObject([
      released('normal', 'caller'),
      released('normal', 'shop'),
      { type: 'offer.failed', outcome: 'withdrawn' },
      { type: 'call.ended', outcome: 'cancelled' },
    ]);
  });

  test('a colleague who is being called hangs up: the calling agent hears it as rejected', () => {
    const story = new CallStory(annaDials('internal', toTarget(agentTarget('boris'))));
    expect(story.command(hangUp('boris'))).toMatchObject([
      released('normal', 'boris.1'),
      { type: 'offer.failed', outcome: 'rejected' },
      released('rejected', 'caller'),
      { type: 'call.ended', outcome: 'rejected' },
    ]);
  });

  test('an agent who is being called personally by a customer hangs up: the customer goes to the fallback', () => {
    const story = new CallStory(customerCalls(toTarget(agentTarget('boris'))));
    expect(story.command(hangUp('boris'))).toMatchObject([
      released('normal', 'boris.1'),
      { type: 'offer.failed', outcome: 'rejected' },
      released('fallback', 'caller'),
      { type: 'call.ended', outcome: 'fallback' },
    ]);
  });

  test('an agent who has no part in the call is told that there is no such call', () => {
    for (const story of [waitingCustomer(), ringingFor('anna'), talkingWithAnna()]) {
      expect(story.command(hangUp('zoe'))).toMatchObject({ refused: 'notFound' });
    }
  });

  test('after the end the call cannot be ended again', () => {
    const story = talkingWithAnna();
    story.command(hangUp('anna'));
    expect(story.command(hangUp('anna'))).toMatchObject({ refused: 'callEnded' });
    expect(story.command(END)).toMatchObject({ refused: 'callEnded' });
  });
});

describe('a supervisor ends the call', () => {
  test('while it waits and phones ring: everybody goes', () => {
    const story = ringingFor('anna', 'boris');
    expect(story.command(END)).toMatchObject([
      released('normal', 'anna.1'),
      failed('anna', 'withdrawn'),
      released('normal', 'boris.1'),
      failed('boris', 'withdrawn'),
      released('normal', 'caller'),
      { type: 'call.ended', outcome: 'cancelled', agentIds: ['anna', 'boris'] },
    ]);
  });

  test('during the conversation: everybody goes and the talk is counted', () => {
    const story = talkingWithAnna().wait(9000);
    expect(story.command(END)).toMatchObject([
      released('normal', 'caller', 'anna.1'),
      { type: 'call.ended', outcome: 'answered', agentIds: ['anna'], waitedMs: 3000, talkedMs: 9000 },
    ]);
  });
});

describe('the microphone', () => {
  const mute = (agentId: string, muted: boolean): CallCommand => ({ type: 'setMuted', agentId, muted });

  test('is muted and unmuted during a conversation; asking twice changes nothing', () => {
    const story = talkingWithAnna();
    expect(story.command(mute('anna', true))).toEqual([{ type: 'leg.muted', legId: 'anna.1', muted: true }]);
    expect(story.command(mute('anna', true))).toEqual([]);
    expect(story.call.legs['anna.1']).toMatchObject({ muted: true });
    expect(story.command(mute('anna', false))).toEqual([{ type: 'leg.muted', legId: 'anna.1', muted: false }]);
  });

  test('cannot be muted while the phone rings, nor by someone else', () => {
    expect(ringingFor('anna').command(mute('anna', true))).toMatchObject({ refused: 'wrongState' });
    expect(talkingWithAnna().command(mute('zoe', true))).toMatchObject({ refused: 'notFound' });
  });
});
