/** Hold, resume, swapping between lines, the hold key of a phone, and what phones show. */
import { describe, expect, test } from '@jest/globals';
import { topology } from '../../src/core/call/topology.js';
import { CUSTOMER, shopTarget } from '../support/call-fixtures.js';
import {
  ask,
  conferring,
  consult,
  consulted,
  consulting,
  FIRST,
  heard,
  lines,
  SECOND,
  talking,
} from '../support/call-lines.js';

const held = (legId: string, isHeld: boolean) => ({ type: 'legHeld', legId, held: isHeld }) as const;
const place = (lineId = FIRST) => ({ lineId, legId: 'anna.1', agentId: 'anna' });

describe('hold', () => {
  test('the customer hears music, the agent nothing; resumed, they talk again, in a fresh conversation', () => {
    const story = talking();
    expect(story.command(ask('hold'))).toEqual([{ type: 'line.held', ...place() }]);
    expect(heard(story)).toEqual({ caller: 'sales-music', 'anna.1': 'nothing' });
    expect(story.command(ask('resume'))).toEqual([{ type: 'line.resumed', ...place() }]);
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
    expect([...topology(story.call).conversations.keys()]).toEqual(['c1~b2']);
  });

  test('asked twice changes nothing', () => {
    const story = talking();
    expect(story.command(ask('resume'))).toEqual([]);
    story.command(ask('hold'));
    expect(story.command(ask('hold'))).toEqual([]);
  });

  test('held by both agents: each resumes for itself', () => {
    const story = consulted();
    story.command(ask('hold', SECOND));
    story.command(ask('hold', null, 'boris'));
    expect(heard(story)).toEqual({ caller: 'sales-music', 'anna.1': 'nothing', 'boris.1': 'nothing' });
    story.command(ask('resume', SECOND));
    expect(heard(story)).toMatchObject({ 'anna.1': 'sales-music', 'boris.1': 'nothing' });
    story.command(ask('resume', null, 'boris'));
    expect(heard(story)).toMatchObject({ 'anna.1': 'boris.1', 'boris.1': 'anna.1' });
  });

  test('the customer hangs up while on hold: the call is over', () => {
    const story = talking();
    story.command(ask('hold'));
    expect(story.leaves('caller').at(-1)).toMatchObject({ type: 'call.ended', outcome: 'answered' });
  });

  test('an agent who leaves a conference on hold leaves the others talking', () => {
    const story = conferring();
    story.command(ask('hold'));
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller', 'anna.1': 'nothing' });
    expect(story.leaves('anna.1').map(({ type }) => type)).toEqual(['leg.left']);
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
  });

  test('somebody who only rings, or is not there, cannot be put on hold', () => {
    const ringing = consulting();
    expect(ringing.command(ask('hold', SECOND))).toMatchObject({ refused: 'wrongState' });
    expect(ringing.command(ask('hold', 'c1~l9'))).toMatchObject({ refused: 'notFound' });
    expect(ringing.command(ask('hold', null, 'boris'))).toMatchObject({ refused: 'wrongState' });
    expect(ringing.command(ask('resume', null, 'zoe'))).toMatchObject({ refused: 'notFound' });
  });
});

describe('the agent takes up another call', () => {
  const aside = { type: 'stepAside', agentId: 'anna' } as const;

  test('the one who is only being rung hears music after the answer, until the agent comes back', () => {
    const story = consulting();
    expect(story.command(aside)).toEqual([{ type: 'line.held', ...place(SECOND) }]);
    expect(story.command(aside)).toEqual([]);
    story.answers('boris.1');
    expect(heard(story)).toEqual({ caller: 'sales-music', 'boris.1': 'sales-music', 'anna.1': 'nothing' });
    story.command(ask('resume', SECOND));
    expect(heard(story)).toMatchObject({ 'boris.1': 'anna.1', 'anna.1': 'boris.1' });
  });

  test('and nobody answers: only the customer is left, on hold', () => {
    const story = consulting();
    story.command(aside);
    story.leaves('boris.1', 17);
    expect(lines(story)).toEqual({ [FIRST]: 'caller, (anna.1)' });
  });

  test('who has no part in the call cannot step aside', () => {
    expect(talking().command({ ...aside, agentId: 'zoe' })).toMatchObject({ refused: 'notFound' });
  });
});

describe('two lines', () => {
  test('taking up one puts the other on hold', () => {
    const story = consulted();
    expect(story.command(ask('resume', FIRST))).toEqual([
      { type: 'line.held', ...place(SECOND) },
      { type: 'line.resumed', ...place(FIRST) },
    ]);
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller', 'boris.1': 'sales-music' });
    story.command(ask('resume', SECOND));
    expect(heard(story)).toEqual({ caller: 'sales-music', 'anna.1': 'boris.1', 'boris.1': 'anna.1' });
  });

  test('both on hold: both hear music; resume takes up the last one', () => {
    const story = consulted();
    story.wait(10).command(ask('hold'));
    expect(heard(story)).toEqual({ caller: 'sales-music', 'boris.1': 'sales-music', 'anna.1': 'nothing' });
    story.command(ask('resume'));
    expect(lines(story)).toEqual({ [FIRST]: 'caller, (anna.1)', [SECOND]: 'anna.1, boris.1' });
  });
});

describe('the hold key of the phone', () => {
  test('puts the line that is heard on hold, and takes it up again', () => {
    const story = talking();
    expect(story.fact(held('anna.1', true))).toEqual([{ type: 'line.held', ...place() }]);
    expect(story.fact(held('anna.1', true))).toEqual([]);
    expect(story.fact(held('anna.1', false))).toEqual([{ type: 'line.resumed', ...place() }]);
    expect(story.fact(held('anna.1', false))).toEqual([]);
  });

  test('of the customer’s phone, or of a stranger’s, means nothing', () => {
    const story = talking();
    expect(story.fact(held('caller', true))).toEqual([]);
    expect(story.fact(held('nobody', true))).toEqual([]);
  });

  test('does nothing while somebody is only rung', () => {
    expect(consulting().fact(held('anna.1', true))).toEqual([]);
  });
});

describe('an agent’s phone shows', () => {
  const shows = (story: ReturnType<typeof talking>, legId = 'anna.1') => topology(story.call).legs.get(legId)?.shows;

  test('the other party, the one who is asked as soon as the phone rings, and the customer again', () => {
    const story = talking();
    expect(shows(story)).toEqual(CUSTOMER);
    story.command(consult(shopTarget()));
    expect(shows(story)).toEqual(shopTarget().party);
    story.command(ask('resume', FIRST));
    expect(shows(story)).toEqual(CUSTOMER);
  });

  test('how many confer; a customer’s phone is left as it is, and so is that of whoever holds all', () => {
    const story = conferring();
    expect(shows(story)).toEqual({ number: CUSTOMER.number, name: 'Conference (3)' });
    expect(shows(story, 'boris.1')).toEqual(shows(story));
    expect(shows(story, 'caller')).toBeNull();
    story.command(ask('hold'));
    expect(shows(story)).toBeNull();
  });

  test('after the transfer: the one who is there now', () => {
    const story = consulted();
    story.command({ type: 'complete', agentId: 'anna', lineId: null, withId: null });
    expect(shows(story, 'boris.1')).toEqual(CUSTOMER);
  });
});
