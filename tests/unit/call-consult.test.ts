/** An agent asks somebody while the customer is on hold. */
import { describe, expect, test } from '@jest/globals';
import type { CallCommand } from '../../src/core/call/command.js';
import { agentTarget, RING_MS, shopTarget } from '../support/call-fixtures.js';
import {
  ask,
  COMPLETE,
  consult,
  consulted,
  consulting,
  FIRST,
  heard,
  lines,
  ringing,
  SECOND,
  THIRD,
  talking,
} from '../support/call-lines.js';

const BACK = { caller: 'anna.1', 'anna.1': 'caller' };
const QUEUE: CallCommand = {
  type: 'consult',
  agentId: 'anna',
  onward: { kind: 'queue', entry: { queueId: 'support', priority: 0, music: 'support-music', maxWaitMs: null } },
};

describe('a consult begins', () => {
  test('the customer hears music, the agent ringing, the target’s phone rings; the answer connects the two', () => {
    const story = talking();
    expect(story.command(consult(agentTarget('boris')))).toMatchObject([
      { type: 'line.held', lineId: FIRST },
      { type: 'line.opened', lineId: SECOND, legId: 'anna.1', originId: FIRST },
      { type: 'call.offered', lineId: SECOND, purpose: 'consult', byAgentId: 'anna', agentId: 'boris' },
    ]);
    expect(heard(story)).toEqual({ caller: 'sales-music', 'anna.1': 'ringing' });
    story.answers('boris.1');
    expect(heard(story)).toEqual({ caller: 'sales-music', 'anna.1': 'boris.1', 'boris.1': 'anna.1' });
  });

  test('with an outside number', () => {
    const story = consulting('recall', shopTarget());
    story.answers('shop');
    expect(heard(story)).toEqual({ caller: 'sales-music', 'anna.1': 'shop', shop: 'anna.1' });
  });

  test('with a queue: the agent waits in it; an agent of that queue answers', () => {
    const story = talking();
    story.command(QUEUE);
    expect(heard(story)['anna.1']).toBe('support-music');
    story.command({ type: 'offer', target: agentTarget('boris') });
    expect(story.answers('boris.1')).toMatchObject([
      { type: 'leg.answered' },
      { type: 'call.connected', queueId: 'support' },
    ]);
    expect(heard(story)).toMatchObject({ 'anna.1': 'boris.1', caller: expect.stringContaining('music') });
  });

  test('a queue that leads nowhere: the agent is back, the customer is not lost', () => {
    const story = talking();
    story.command(QUEUE);
    story.command({ type: 'leaveQueue', reason: 'empty' });
    story.command({ type: 'moveOn', lineId: SECOND, onward: { kind: 'nowhere', reason: 'fallback' } });
    expect(heard(story)).toEqual(BACK);
  });

  test('several: all others are on hold, and each that ends leads back to where it came from', () => {
    const story = consulted();
    story.command(consult(agentTarget('clara')));
    story.answers('clara.1');
    expect(lines(story)).toEqual({
      [FIRST]: 'caller, (anna.1)',
      [SECOND]: '(anna.1), boris.1',
      [THIRD]: 'anna.1, clara.1',
    });
    story.leaves('clara.1');
    expect(heard(story)).toEqual({ caller: 'sales-music', 'anna.1': 'boris.1', 'boris.1': 'anna.1' });
    story.leaves('boris.1');
    expect(heard(story)).toEqual(BACK);
  });

  test('is refused to who has nobody, to an agent already there, and of a second queue', () => {
    const story = consulting();
    expect(story.command(consult(agentTarget('boris', 1, 2)))).toMatchObject({ refused: 'agentBusy' });
    expect(story.command(consult(agentTarget('clara'), 'boris'))).toMatchObject({ refused: 'wrongState' });
    expect(story.command(consult(agentTarget('clara'), 'zoe'))).toMatchObject({ refused: 'notFound' });
    story.command(QUEUE);
    expect(story.command(QUEUE)).toMatchObject({ refused: 'wrongState' });
    expect(lines(story)[SECOND]).toBe('(anna.1), consult rings');
  });
});

describe('nobody answers the consult: the agent is back with the customer', () => {
  test.each([
    ['rejects', 21, 'rejected'],
    ['is busy', 17, 'busy'],
    ['cannot be reached', 20, 'unavailable'],
    ['does not exist', 1, 'unknownNumber'],
  ])('the target %s', (_what, cause, outcome) => {
    const story = consulting();
    expect(story.leaves('boris.1', cause)).toMatchObject([
      { type: 'leg.left' },
      { type: 'offer.failed', outcome },
      { type: 'line.closed', lineId: SECOND },
      { type: 'line.resumed', lineId: FIRST },
    ]);
    expect(heard(story)).toEqual(BACK);
  });

  test('the target does not answer in time', () => {
    const story = consulting();
    expect(story.after(RING_MS)).toContainEqual(expect.objectContaining({ type: 'offer.failed', outcome: 'noAnswer' }));
    expect(heard(story)).toEqual(BACK);
  });

  test('the agent hangs up the ringing consult: the phone stops', () => {
    const story = consulting();
    story.command(ask('hangUp'));
    expect([heard(story), ringing(story)]).toEqual([BACK, []]);
  });

  test('the agent has gone back to the customer already: nothing changes for them', () => {
    const story = consulting();
    story.command(ask('resume', FIRST));
    story.leaves('boris.1', 21);
    expect([heard(story), lines(story)]).toEqual([BACK, { [FIRST]: 'caller, anna.1' }]);
  });
});

describe('a consult that was answered', () => {
  test.each([
    ['the target hangs up', (story: ReturnType<typeof talking>) => story.leaves('boris.1')],
    ['the agent hangs up the consult', (story: ReturnType<typeof talking>) => story.command(ask('hangUp'))],
  ])('%s: the agent is back with the customer', (_what, happens) => {
    const story = consulted();
    happens(story);
    expect(heard(story)).toEqual(BACK);
  });

  test('the customer hangs up: agent and target go on', () => {
    const story = consulted();
    story.leaves('caller');
    expect([heard(story), lines(story)]).toEqual([
      { 'anna.1': 'boris.1', 'boris.1': 'anna.1' },
      { [SECOND]: 'anna.1, boris.1' },
    ]);
  });

  test('the customer hangs up while the target still rings: the agent waits for the answer', () => {
    const story = consulting();
    story.leaves('caller');
    expect(heard(story)).toEqual({ 'anna.1': 'ringing' });
    story.answers('boris.1');
    expect(heard(story)).toEqual({ 'anna.1': 'boris.1', 'boris.1': 'anna.1' });
  });

  test('the agent hangs up the customer’s line: only the customer goes', () => {
    const story = consulted();
    story.command(ask('hangUp', FIRST));
    expect(heard(story)).toEqual({ 'anna.1': 'boris.1', 'boris.1': 'anna.1' });
  });
});

describe('complete', () => {
  test('customer and target are joined and the agent goes', () => {
    const story = consulted();
    expect(story.command(COMPLETE)).toMatchObject([
      { type: 'legs.released', legIds: ['anna.1'] },
      { type: 'line.merged', fromId: SECOND, intoId: FIRST },
    ]);
    expect(story.call).toMatchObject({ lines: [{ conversation: { mode: 'pair' } }] });
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
  });

  test('while the target rings: the customer hears ringing, and the answer connects', () => {
    const story = consulting();
    story.command(COMPLETE);
    expect(heard(story)).toEqual({ caller: 'ringing' });
    story.leaves('anna.1');
    story.answers('boris.1');
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
  });

  test('while the target rings, in vain: the agent is to be rung again', () => {
    const story = consulting();
    story.command(COMPLETE);
    story.leaves('boris.1', 17);
    expect([lines(story), heard(story)]).toEqual([{ [FIRST]: 'caller, recall' }, { caller: 'sales-music' }]);
  });

  test('with one of several lines: the agent goes on with the third', () => {
    const story = consulted();
    story.command(consult(agentTarget('clara')));
    story.answers('clara.1');
    story.command({ type: 'complete', agentId: 'anna', lineId: SECOND, withId: FIRST });
    expect(heard(story)).toMatchObject({ caller: 'boris.1', 'boris.1': 'caller', 'anna.1': 'clara.1' });
  });

  test('the customer is joined with a queue in which the agent waits, and waits on alone', () => {
    const story = talking();
    story.command(QUEUE);
    story.command(COMPLETE);
    expect([lines(story), heard(story)]).toEqual([{ [FIRST]: 'caller, queue support' }, { caller: 'support-music' }]);
  });

  test('with a conference: all go on but the agent', () => {
    const story = consulted();
    story.command({ type: 'conference', agentId: 'anna' });
    story.command(consult(agentTarget('clara')));
    story.answers('clara.1');
    story.command(COMPLETE);
    expect(heard(story)).toEqual({
      caller: 'boris.1 and clara.1',
      'boris.1': 'caller and clara.1',
      'clara.1': 'boris.1 and caller',
    });
  });

  test('is refused with one line only, with a line that is not there, and by others', () => {
    expect(talking().command(COMPLETE)).toMatchObject({
      refused: 'wrongState',
      message: 'There is no other line to join with.',
      details: { phase: 'talking', reason: 'oneLineOnly' },
    });
    const three = consulted();
    three.command(ask('resume', FIRST));
    three.command(consult(agentTarget('clara')));
    expect(three.command({ ...COMPLETE, lineId: FIRST })).toMatchObject({ details: { reason: 'severalLines' } });
    expect(consulted().command({ ...COMPLETE, withId: 'c1~l9' })).toMatchObject({ refused: 'notFound' });
    expect(consulted().command({ ...COMPLETE, agentId: 'boris' })).toMatchObject({ refused: 'wrongState' });
  });
});
