/** An agent has two calls and brings their parties together. */
import { describe, expect, test } from '@jest/globals';
import type { CallEventBody } from '../../src/core/call/event.js';
import { linesOf } from '../../src/core/call/state.js';
import { agentTarget, customerCalls, shopTarget, toTarget } from '../support/call-fixtures.js';
import {
  ask,
  consult,
  consulted,
  consulting,
  FIRST,
  heard,
  lines,
  ringing,
  SECOND,
  talking,
} from '../support/call-lines.js';
import { CallStory } from '../support/call-story.js';

/** Another customer (leg `other`) talks with Anna (leg `anna#2.1`). */
function otherCall(): CallStory {
  const story = new CallStory(customerCalls(toTarget(agentTarget('anna', 1, 2)), 'other'), 0, 'c2');
  story.answers('anna#2.1');
  return story;
}

/** What the controller does: takes the parties out of one call and gives them to the other. */
function join(from: CallStory, lineId: string, into: CallStory, stays: boolean): readonly CallEventBody[] {
  const { legs } = from.call;
  const line = linesOf(from.call).find(({ id }) => id === lineId);
  const events = from.command({ type: 'handOver', agentId: 'anna', lineId, toCallId: 'c2' });
  if ('refused' in events) throw new Error(events.refused);
  const legIds = events.flatMap((event) => (event.type === 'legs.handedOver' ? event.legIds : []));
  into.command({
    type: 'adopt',
    agentId: 'anna',
    lineId: 'c2~l1',
    fromCallId: 'c1',
    legs: legIds.flatMap((id) => legs[id] ?? []),
    memberIds: (line?.members ?? []).map(({ legId }) => legId).filter((id) => legIds.includes(id)),
    offers: line?.offers ?? [],
    stays,
  });
  return events;
}

describe('the parties of one call go over to another of the same agent', () => {
  test('and the agent leaves: both customers talk, the first call is over', () => {
    const first = talking();
    const second = otherCall();
    expect(join(first, FIRST, second, false)).toMatchObject([
      { type: 'legs.handedOver', legIds: ['caller'], toCallId: 'c2' },
      { type: 'legs.released', legIds: ['anna.1'] },
      { type: 'call.ended', outcome: 'answered' },
    ]);
    expect(heard(second)).toEqual({ other: 'caller', caller: 'other' });
    expect(second.call.legs['anna#2.1']).toMatchObject({ phase: 'leaving' });
  });

  test('and the agent stays: a conference, also when the call was on hold', () => {
    const second = otherCall();
    second.command(ask('hold'));
    join(talking(), FIRST, second, true);
    expect(heard(second)).toMatchObject({ other: 'anna#2.1 and caller', caller: 'anna#2.1 and other' });
  });

  test('one of two lines: the agent is back on the other', () => {
    const first = consulted();
    const second = otherCall();
    join(first, SECOND, second, false);
    expect(heard(first)).toEqual({ caller: 'anna.1', 'anna.1': 'caller' });
    expect(heard(second)).toEqual({ other: 'boris.1', 'boris.1': 'other' });
  });

  test('one who still rings: the customer hears ringing, and the answer connects', () => {
    const second = otherCall();
    join(consulting(), SECOND, second, false);
    expect([heard(second), ringing(second)]).toEqual([{ other: 'ringing' }, ['boris.1']]);
    second.answers('boris.1');
    expect(heard(second)).toEqual({ other: 'boris.1', 'boris.1': 'other' });
  });

  test('one who still rings and does not answer: the customer is not lost, the agent is to be rung again', () => {
    const second = otherCall();
    join(consulting(), SECOND, second, false);
    second.leaves('boris.1', 17);
    expect(lines(second)).toEqual({ 'c2~l1': 'other, recall' });
  });

  test('one who still rings and does not answer, and the agent has stayed: they go on talking', () => {
    const second = otherCall();
    join(consulting(), SECOND, second, true);
    second.leaves('boris.1', 17);
    expect(heard(second)).toEqual({ other: 'anna#2.1', 'anna#2.1': 'other' });
  });

  test('what Asterisk tells the first call about them afterwards changes nothing there', () => {
    const first = consulted();
    join(first, SECOND, otherCall(), false);
    expect(first.leaves('boris.1')).toEqual([]);
  });
});

describe('parties are not handed over', () => {
  test('who talk on another line of their own, who are not the agent’s, or when there is nobody', () => {
    const story = consulted();
    story.command(consult(shopTarget(), 'boris'));
    const handOver = { type: 'handOver', agentId: 'anna', lineId: SECOND, toCallId: 'c2' } as const;
    expect(story.command(handOver)).toMatchObject({ refused: 'wrongState', details: { reason: 'tiedElsewhere' } });
    expect(story.command({ ...handOver, agentId: 'zoe' })).toMatchObject({ refused: 'notFound' });
    expect(story.command({ ...handOver, lineId: 'c1~l9' })).toMatchObject({ refused: 'notFound' });
  });

  test('and not taken in where somebody still rings, or where the agent is not', () => {
    const adopt = {
      type: 'adopt',
      agentId: 'anna',
      fromCallId: 'c2',
      legs: [],
      memberIds: [],
      offers: [],
      stays: true,
    } as const;
    expect(consulting().command({ ...adopt, lineId: SECOND })).toMatchObject({
      refused: 'wrongState',
      details: { reason: 'stillRinging' },
    });
    expect(talking().command({ ...adopt, agentId: 'zoe', lineId: FIRST })).toMatchObject({ refused: 'notFound' });
  });
});
