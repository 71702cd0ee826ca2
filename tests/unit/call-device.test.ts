/** An agent takes the conversation to another phone: all lines with it; until it is answered nothing changes. */
import { describe, expect, test } from '@jest/globals';
import type { CallCommand } from '../../src/core/call/command.js';
import { plan } from '../../src/core/call/plan.js';
import { topology } from '../../src/core/call/topology.js';
import { agentTarget, annaDials, offer, RING_MS, toQueue, toTarget } from '../support/call-fixtures.js';
import { ask, conferring, consulted, FIRST, heard, lines, ringing, talking } from '../support/call-lines.js';
import { actual, actualLeg } from '../support/call-media.js';
import { CallStory } from '../support/call-story.js';

/** Two further phones of Anna's: `anna#2.1`, `anna#2.2`. */
const MOVE: CallCommand = { type: 'moveToDevice', agentId: 'anna', target: agentTarget('anna', 2, 2) };
const CANCEL: CallCommand = { type: 'cancelMove', agentId: 'anna' };
const NEW = 'anna#2.1';

function moving(story = talking()): CallStory {
  story.command(MOVE);
  return story;
}

describe('the other phones ring', () => {
  test('and nothing changes for those who talk; to the agent it is no offer', () => {
    const story = moving();
    expect(ringing(story)).toEqual([NEW, 'anna#2.2']);
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
    expect(story.bodies.at(-1)).toMatchObject({ type: 'call.offered', purpose: 'device', agentId: null });
  });

  test('the first to answer has the conversation, the other does not ring any longer, the former phone is let go', () => {
    const story = moving();
    expect(story.answers(NEW).map(({ type }) => type)).toEqual([
      'leg.answered',
      'legs.released',
      'device.moved',
      'legs.released',
    ]);
    expect(heard(story)).toEqual({ caller: NEW, [NEW]: 'caller' });
    expect(story.call.legs['anna.1']).toMatchObject({ phase: 'leaving', reason: 'normal' });
    expect(story.call.legs['anna#2.2']).toMatchObject({ phase: 'leaving', reason: 'answeredElsewhere' });
    const talk = (id: string) => actualLeg('up', { conversationId: id });
    const before = actual({ caller: talk('c1~b1'), 'anna.1': talk('c1~b1'), [NEW]: actualLeg('up') }, 'c1~b1');
    expect(plan(before, topology(story.call)).map(({ type }) => type)).toEqual([
      'open',
      'join',
      'show',
      'release',
      'close',
    ]);
    story.leaves('anna.1');
    expect(heard(story)).toEqual({ caller: NEW, [NEW]: 'caller' });
  });

  test('all lines go along, those on hold too, and so does a microphone that is off', () => {
    const story = consulted();
    story.command({ type: 'setMuted', agentId: 'anna', muted: true });
    moving(story).answers(NEW);
    expect(lines(story)).toMatchObject({ 'c1~l1': `caller, (${NEW})`, 'c1~l2': `${NEW}, boris.1` });
    expect(heard(story)).toEqual({ caller: 'sales-music', 'boris.1': NEW, [NEW]: 'boris.1' });
    expect(story.call.legs[NEW]).toMatchObject({ muted: true });
  });

  test('a trainer hears the agent on the new phone', () => {
    const story = talking();
    const target = agentTarget('clara');
    story.command({ type: 'coach', coachedId: 'anna', byAgentId: 'anna', mode: 'whisper', target });
    story.answers('clara.1');
    moving(story).answers(NEW);
    expect(topology(story.call).legs.get('clara.1')?.hears).toMatchObject({ kind: 'coaching', agentLegId: NEW });
  });

  test('in a conference too, which goes on under its name: the trainer hears the new phone, in a place of its own', () => {
    const story = conferring();
    story.command({
      type: 'coach',
      coachedId: 'anna',
      byAgentId: 'anna',
      mode: 'listen',
      target: agentTarget('clara'),
    });
    story.answers('clara.1');
    const place = () => topology(story.call).legs.get('clara.1')?.hears;
    const before = place();
    moving(story).answers(NEW);
    expect(heard(story)).toMatchObject({ caller: 'anna#2.1 and boris.1' });
    expect(before).toMatchObject({ conversationId: expect.stringMatching(/anna\.1\.0$/), agentLegId: 'anna.1' });
    expect(place()).toMatchObject({ conversationId: expect.stringMatching(/anna#2\.1\.0$/), agentLegId: NEW });
  });

  test.each([
    ['it is called off', (story: CallStory) => story.command(CANCEL), 'withdrawn'],
    ['it is asked for again', (story: CallStory) => story.command(MOVE), 'withdrawn'],
    ['one is rejected', (story: CallStory) => story.leaves('anna#2.2', 21), 'rejected'],
    ['nobody answers', (story: CallStory) => story.after(RING_MS), 'noAnswer'],
    ['none can be reached', (story: CallStory) => [story.leaves(NEW, 20), story.leaves('anna#2.2', 20)], 'unavailable'],
  ])('%s: the agent stays on the former phone', (_what, act, outcome) => {
    const story = moving();
    act(story);
    expect(story.bodies).toContainEqual(expect.objectContaining({ type: 'offer.failed', outcome, agentId: null }));
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
    expect(ringing(story)).toEqual([]);
    expect(story.command(CANCEL)).toMatchObject({ refused: 'wrongState' });
  });

  test('is refused to one who talks to nobody', () => {
    const dialling = new CallStory(annaDials('internal', toTarget(agentTarget('boris'))));
    expect(dialling.command(MOVE)).toMatchObject({ refused: 'wrongState' });
    expect(talking().command({ ...MOVE, agentId: 'zoe' } as CallCommand)).toMatchObject({ refused: 'notFound' });
  });
});

test('the other phones ring no longer when the call ends in the PBX’s fallback', () => {
  const story = new CallStory(annaDials('outbound', toQueue()));
  story.command(offer('boris'));
  story.answers('boris.1');
  moving(story);
  story.command(ask('hold', null, 'boris'));
  story.leaves('boris.1');
  story.command({ type: 'moveOn', lineId: FIRST, onward: { kind: 'nowhere', reason: 'fallback' } });
  const phases = [NEW, 'anna#2.2'].map((id) => story.call.legs[id]?.phase);
  expect([story.call.phase, ...phases]).toEqual(['ended', 'leaving', 'leaving']);
  expect(story.bodies).toContainEqual(expect.objectContaining({ type: 'offer.failed', outcome: 'withdrawn' }));
});

describe('somebody hangs up while the other phones ring', () => {
  test('the customer: the call is over', () => {
    const story = moving();
    expect(story.leaves('caller').at(-1)).toMatchObject({ type: 'call.ended', outcome: 'answered' });
    expect(story.bodies).toContainEqual(expect.objectContaining({ type: 'offer.failed', outcome: 'withdrawn' }));
  });

  test('the agent, by command: that is meant, nothing rings any longer', () => {
    const story = moving();
    story.command(ask('hangUp'));
    expect(story.call.phase).toBe('ended');
  });

  test('the former phone: the others ring on for the customer, who hears music, and has the agent with the answer', () => {
    const story = moving();
    story.leaves('anna.1');
    expect(heard(story)).toEqual({ caller: 'sales-music' });
    expect(lines(story)).toEqual({ [FIRST]: 'caller, recall, recall rings' });
    story.answers(NEW);
    expect(heard(story)).toEqual({ caller: NEW, [NEW]: 'caller' });
  });

  test('the former phone, and nobody answers: the customer is looked after as after any such ringing', () => {
    const story = moving();
    story.leaves('anna.1');
    expect(story.after(RING_MS)).toMatchObject([
      { type: 'legs.released' },
      { type: 'offer.failed', agentId: 'anna', outcome: 'noAnswer' },
    ]);
    expect(lines(story)).toEqual({ [FIRST]: 'caller, onward' });
  });

  test('the former phone in a consult: both parties wait, and both are there with the answer', () => {
    const story = moving(consulted());
    story.leaves('anna.1');
    expect(heard(story)).toEqual({ caller: 'sales-music', 'boris.1': 'sales-music' });
    story.answers(NEW);
    expect(lines(story)).toEqual({ 'c1~l1': `caller, (${NEW})`, 'c1~l2': `boris.1, ${NEW}` });
  });

  test('the former phone in a conference: the others talk on, and who answers joins them', () => {
    const story = moving(conferring());
    story.leaves('anna.1');
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
    story.answers(NEW);
    expect(heard(story)).toMatchObject({ caller: 'anna#2.1 and boris.1' });
  });
});
