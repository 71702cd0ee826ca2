/** A phone that rings is started anew (a page is loaded again): it rings again for the same offer, and nobody else notices. */
import { describe, expect, test } from '@jest/globals';
import { legsOf } from '../../src/app/history/legs.js';
import { topology } from '../../src/core/call/topology.js';
import { agentTarget, customerCalls, RING_MS, toQueue, toTarget } from '../support/call-fixtures.js';
import { heard, ringing, talking } from '../support/call-lines.js';
import { CallStory } from '../support/call-story.js';

const AGAIN = { type: 'ringAgain', agentId: 'anna', address: 'PJSIP/anna-1', legId: 'again' } as const;

/** A queue's call rings both phones of Anna's. */
function rings(devices = 1): CallStory {
  const story = new CallStory(customerCalls(toQueue()));
  story.command({ type: 'offer', target: agentTarget('anna', devices) });
  return story;
}

describe('a phone that rings is started anew', () => {
  test('it rings on a new leg, for the same offer, the other phones beside it; the former leg is let go', () => {
    const story = rings(2);
    const shown = topology(story.call).legs.get('anna.1')?.dialling;
    expect(story.command(AGAIN)).toMatchObject([
      { type: 'device.rungAgain', offerId: 'offer-anna', fromLegId: 'anna.1' },
      { type: 'legs.released', legIds: ['anna.1'], reason: 'normal' },
    ]);
    expect(ringing(story)).toEqual(['anna.2', 'again']);
    expect(topology(story.call).legs.get('again')?.dialling).toEqual(shown);
    story.leaves('anna.1');
    expect(ringing(story)).toEqual(['anna.2', 'again']);
    expect(heard(story)).toEqual({ caller: 'sales-music' });
  });

  test('it is answered there', () => {
    const story = rings();
    story.command(AGAIN);
    story.answers('again');
    story.leaves('anna.1');
    expect(heard(story)).toEqual({ caller: 'again', again: 'caller' });
    expect(legsOf(story.events).get('again')).toMatchObject({ agentId: 'anna', answeredAt: expect.any(Number) });
  });

  test('what the former leg still says is no answer to the offer', () => {
    const story = rings();
    story.command(AGAIN);
    expect(story.answers('anna.1')).toEqual([]);
    expect(story.leaves('anna.1', 21).map(({ type }) => type)).toEqual(['leg.left']);
    expect(ringing(story)).toEqual(['again']);
  });

  test('and no longer than it would have', () => {
    const story = rings();
    story.after(RING_MS - 1);
    story.command(AGAIN);
    expect(ringing(story)).toEqual(['again']);
    expect(story.after(1)).toContainEqual(expect.objectContaining({ type: 'offer.failed', outcome: 'noAnswer' }));
  });

  test('a personal call too, and who is asked to take a conversation over at another phone', () => {
    const personal = new CallStory(customerCalls(toTarget(agentTarget('anna'))));
    personal.command(AGAIN);
    personal.answers('again');
    expect(heard(personal)).toEqual({ caller: 'again', again: 'caller' });
    const moving = talking();
    moving.command({ type: 'moveToDevice', agentId: 'anna', target: agentTarget('anna', 1, 2) });
    const [rung = ''] = ringing(moving);
    moving.command({ ...AGAIN, address: moving.call.legs[rung]?.address ?? '' });
    moving.answers('again');
    expect(heard(moving)).toEqual({ caller: 'again', again: 'caller' });
  });

  test('nothing rings there: refused, and nothing changes', () => {
    const story = talking();
    expect(story.command(AGAIN)).toMatchObject({ refused: 'notFound' });
    expect(rings().command({ ...AGAIN, address: 'PJSIP/another' })).toMatchObject({ refused: 'notFound' });
    expect(rings().command({ ...AGAIN, agentId: 'boris' })).toMatchObject({ refused: 'notFound' });
  });
});
