/** What every party of a call should hear, in each of its phases. */
import { describe, expect, test } from '@jest/globals';
import type { Call, LegId } from '../../src/core/call/state.js';
import { type Hears, topology } from '../../src/core/call/topology.js';
import {
  agentTarget,
  annaClicks,
  announcement,
  CUSTOMER,
  customerCalls,
  offer,
  RING_MS,
  ringingFor,
  shopTarget,
  talkingWithAnna,
  toTarget,
  waitingCustomer,
} from '../support/call-fixtures.js';
import { CallStory } from '../support/call-story.js';

function heard(call: Call): Record<LegId, Hears['kind']> {
  return Object.fromEntries([...topology(call).legs.values()].map((leg) => [leg.id, leg.hears.kind]));
}

describe('a call in a queue', () => {
  test('the waiting caller is answered and hears the queue’s music', () => {
    const { legs } = topology(waitingCustomer().call);
    expect(legs.get('caller')).toMatchObject({ answered: true, hears: { kind: 'music', music: 'sales-music' } });
  });

  test('while phones ring the caller goes on hearing music, and the phones are dialled', () => {
    const { call } = ringingFor('anna');
    expect(heard(call)).toEqual({ caller: 'music', 'anna.1': 'nothing' });
    expect(topology(call).legs.get('anna.1')).toMatchObject({
      answered: false,
      dialling: { address: 'PJSIP/anna-1', shows: CUSTOMER, autoAnswer: false },
    });
  });

  test('the phone system itself lets a phone ring longer than the offer lasts', () => {
    const limitMs = topology(ringingFor('anna').call).legs.get('anna.1')?.dialling?.limitMs;
    expect(limitMs).toBeGreaterThan(RING_MS);
  });

  test('an announcement takes the place of the music until it ends', () => {
    const story = waitingCustomer();
    story.command(announcement());
    expect(topology(story.call).legs.get('caller')?.hears).toMatchObject({
      kind: 'announcement',
      announcement: { id: 'a1' },
      language: 'en',
    });
    story.after(20_000);
    expect(heard(story.call)).toEqual({ caller: 'music' });
  });

  test('a phone that did not answer is leaving, with the reason', () => {
    const story = ringingFor('anna');
    story.after(RING_MS);
    expect(topology(story.call).leaving).toEqual(new Map([['anna.1', 'noAnswer']]));
    expect(heard(story.call)).toEqual({ caller: 'music' });
  });

  test('while the next destination is looked for the caller still hears music', () => {
    const story = waitingCustomer();
    story.command({ type: 'leaveQueue', reason: 'maxWait' });
    expect(heard(story.call)).toEqual({ caller: 'music' });
  });
});

describe('a call to one target', () => {
  test('the caller hears ringing and is not answered yet', () => {
    const { call } = new CallStory(customerCalls(toTarget(agentTarget('boris', 2))));
    expect(heard(call)).toEqual({ caller: 'ringing', 'boris.1': 'nothing', 'boris.2': 'nothing' });
    expect(topology(call).legs.get('caller')).toMatchObject({ answered: false, dialling: null });
  });

  test('an agent who calls from the desktop hears nothing while the own phone rings, then ringing', () => {
    const story = new CallStory(annaClicks('outbound', toTarget(shopTarget())));
    expect(heard(story.call)).toEqual({ 'anna.1': 'nothing' });
    expect(topology(story.call).legs.get('anna.1')).toMatchObject({ dialling: { autoAnswer: true } });
    story.answers('anna.1');
    expect(heard(story.call)).toEqual({ 'anna.1': 'ringing', shop: 'nothing' });
  });
});

describe('a conversation', () => {
  test('joins caller and agent as a pair, and the losing phones leave', () => {
    const story = waitingCustomer();
    story.command(offer('anna', 2));
    story.answers('anna.2');
    const { legs, leaving, conversations } = topology(story.call);
    expect([...legs.values()].map((leg) => leg.hears)).toEqual([
      { kind: 'conversation', conversationId: 'c1~b1' },
      { kind: 'conversation', conversationId: 'c1~b1' },
    ]);
    expect(leaving).toEqual(new Map([['anna.1', 'answeredElsewhere']]));
    expect(conversations).toEqual(new Map([['c1~b1', { mode: 'pair', recording: null }]]));
  });

  test('a muted agent is muted', () => {
    const story = talkingWithAnna();
    story.command({ type: 'setMuted', agentId: 'anna', muted: true });
    expect(topology(story.call).legs.get('anna.1')).toMatchObject({ muted: true });
    expect(topology(story.call).legs.get('caller')).toMatchObject({ muted: false });
  });

  test('after the end nobody is wanted and all are leaving', () => {
    const story = talkingWithAnna();
    story.command({ type: 'end' });
    const { legs, leaving, conversations } = topology(story.call);
    expect([legs.size, conversations.size]).toEqual([0, 0]);
    expect([...leaving.keys()]).toEqual(['caller', 'anna.1']);
  });
});
