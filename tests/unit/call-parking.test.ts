/** A line waits in a parking slot: what is heard, who takes it, and what becomes of it when nobody does. */
import { describe, expect, test } from '@jest/globals';
import { lineViews, parkedViews } from '../../src/app/call-view.js';
import { timelineOf } from '../../src/app/history/timeline.js';
import type { CallCommand } from '../../src/core/call/command.js';
import { nextDeadline } from '../../src/core/call/observe.js';
import type { Leg } from '../../src/core/call/state.js';
import { agentTarget } from '../support/call-fixtures.js';
import { ask, conferring, consulted, FIRST, heard, lines, ringing, SECOND, talking } from '../support/call-lines.js';
import type { CallStory } from '../support/call-story.js';

const LIMIT_MS = 60_000;
const park = (lineId: string | null = null, slot = '701', agentId = 'anna'): CallCommand => ({
  type: 'park',
  agentId,
  lineId,
  slot,
  limitMs: LIMIT_MS,
});
const retrieve = (agentId: string, lineId = FIRST): CallCommand => ({
  type: 'retrieve',
  agentId,
  lineId,
  target: agentTarget(agentId, 1, 5),
});

/** The customer of Anna is parked, and she has gone. */
function parked(): CallStory {
  const story = talking();
  story.command(park());
  story.leaves('anna.1');
  return story;
}

describe('a line is parked', () => {
  test('its parties hear music, the agent is let go, and it is seen in its slot', () => {
    const story = talking();
    expect(story.command(park())).toMatchObject([
      { type: 'line.parked', lineId: FIRST, slot: '701', agentId: 'anna', until: LIMIT_MS },
      { type: 'legs.released', legIds: ['anna.1'], reason: 'normal' },
    ]);
    expect(heard(story)).toEqual({ caller: 'sales-music' });
    expect(lineViews(story.call)).toMatchObject([{ state: 'parked', parked: { slot: '701', byAgentId: 'anna' } }]);
    expect(parkedViews(story.call)).toMatchObject([
      { slot: '701', callId: 'c1', party: { name: 'Customer' }, queueId: 'sales' },
    ]);
    expect(story.call.phase).toBe('live');
  });

  test('one of two lines: the agent goes on with the other', () => {
    const story = consulted();
    story.command(park(FIRST));
    expect(heard(story)).toEqual({ caller: 'sales-music', 'anna.1': 'boris.1', 'boris.1': 'anna.1' });
    const present = consulted();
    present.command(park());
    expect(heard(present)).toEqual({ caller: 'anna.1', 'anna.1': 'caller', 'boris.1': 'sales-music' });
  });

  test('several parties wait together, and do not hear each other', () => {
    const story = conferring();
    story.command(park());
    expect(heard(story)).toEqual({ caller: 'sales-music', 'boris.1': 'sales-music' });
    // One who hangs up by the button does not take the customer along.
    story.command(ask('hangUp', null, 'boris'));
    expect(heard(story)).toEqual({ caller: 'sales-music' });
  });

  test('not one that rings, waits, or has nobody; and nothing else is done with it in its slot', () => {
    const alone = talking();
    expect(alone.command(park(SECOND))).toMatchObject({ refused: 'notFound' });
    const asking = talking();
    asking.command({ type: 'consult', agentId: 'anna', onward: { kind: 'target', target: agentTarget('boris') } });
    expect(asking.command(park())).toMatchObject({ refused: 'wrongState' });
    const story = conferring();
    story.command(park());
    const boris = { agentId: 'boris', lineId: null } as const;
    const onward = { kind: 'target', target: agentTarget('clara') } as const;
    for (const command of [
      { type: 'transfer', ...boris, onward, stays: false },
      { type: 'invite', ...boris, target: agentTarget('clara') },
      { type: 'handOver', agentId: 'boris', lineId: SECOND, toCallId: 'c2' },
      { type: 'goOver', agentId: 'boris', toCallId: 'c2' },
      park(null, '702', 'boris'),
    ] as const) {
      expect(story.command(command)).toMatchObject({ refused: 'wrongState' });
    }
  });
});

describe('it is retrieved', () => {
  test('with music until the phone is answered; then they talk, and the slot is free', () => {
    const story = parked();
    story.command(retrieve('boris'));
    expect([heard(story), ringing(story)]).toEqual([{ caller: 'sales-music' }, ['boris#5.1']]);
    expect(story.command(retrieve('clara'))).toMatchObject({ refused: 'alreadyTaken' });
    expect(story.answers('boris#5.1')).toContainEqual({
      type: 'line.unparked',
      lineId: FIRST,
      slot: '701',
      why: 'retrieved',
      agentId: 'boris',
    });
    expect(heard(story)).toEqual({ caller: 'boris#5.1', 'boris#5.1': 'caller' });
    expect(story.command(retrieve('clara'))).toMatchObject({ refused: 'notFound' });
  });

  test('by an agent who has another line in the call: at once, and that line goes on hold', () => {
    const story = consulted();
    story.command(park(FIRST));
    story.command(retrieve('anna'));
    expect(heard(story)).toEqual({ caller: 'anna.1', 'anna.1': 'caller', 'boris.1': 'sales-music' });
    expect(lines(story)).toEqual({ [FIRST]: 'caller, anna.1', [SECOND]: '(anna.1), boris.1' });
  });

  test('by one who waits in it as well', () => {
    const story = conferring();
    story.command(park());
    story.command(retrieve('boris', SECOND));
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
  });

  test('with a leg that is there already', () => {
    const story = parked();
    const leg: Leg = {
      id: 'zoe.own',
      role: 'agent',
      party: { number: '109', name: 'zoe' },
      agentId: 'zoe',
      address: null,
      muted: false,
      since: 0,
      phase: 'arrived',
    };
    story.command({ type: 'takeParked', agentId: 'zoe', lineId: FIRST, fromCallId: 'c2', leg });
    expect(heard(story)).toEqual({ caller: 'zoe.own', 'zoe.own': 'caller' });
    expect(parkedViews(story.call)).toEqual([]);
  });

  test('nobody answers the phone: it stays parked, and only then its time may be up', () => {
    const story = parked();
    story.command(retrieve('boris'));
    story.wait(LIMIT_MS);
    story.leaves('boris#5.1', 17);
    expect(heard(story)).toEqual({ caller: 'sales-music' });
    story.after(0);
    expect(lines(story)).toEqual({ [FIRST]: 'caller, recall' });
  });
});

describe('nobody retrieves it', () => {
  test('the agent who parked it is to be rung again when the time is up', () => {
    const story = parked();
    expect(nextDeadline(story.call)).toBe(LIMIT_MS);
    expect(story.after(LIMIT_MS - 1)).toEqual([]);
    expect(story.after(1)).toMatchObject([
      { type: 'line.unparked', slot: '701', why: 'timeUp' },
      { type: 'line.orphaned', agentId: 'anna' },
    ]);
    expect(heard(story)).toEqual({ caller: 'sales-music' });
    story.command({ type: 'recall', lineId: FIRST, target: agentTarget('anna', 1, 9) });
    story.answers('anna#9.1');
    expect(heard(story)).toEqual({ caller: 'anna#9.1', 'anna#9.1': 'caller' });
  });

  test('an agent who is still in the call has it back, on hold while talking on another line', () => {
    const story = consulted();
    story.command(park(FIRST));
    story.after(LIMIT_MS);
    expect(lines(story)).toEqual({ [FIRST]: 'caller, (anna.1)', [SECOND]: 'anna.1, boris.1' });
    expect(heard(story).caller).toBe('sales-music');
  });

  test('the customer hangs up: the slot is free, and the call is over, answered as it was', () => {
    const story = parked();
    expect(story.leaves('caller')).toMatchObject([
      { type: 'leg.left' },
      { type: 'line.unparked', slot: '701', why: 'over' },
      { type: 'call.ended', outcome: 'answered' },
    ]);
  });

  test('the customer hangs up while somebody retrieves: the phone stops', () => {
    const story = parked();
    story.command(retrieve('boris'));
    story.leaves('caller');
    expect([ringing(story), story.call.phase]).toEqual([[], 'ended']);
  });

  test('the other line of the call goes on when the one in the slot hangs up', () => {
    const story = consulted();
    story.command(park(FIRST));
    expect(story.leaves('caller')).toContainEqual({
      type: 'line.unparked',
      lineId: FIRST,
      slot: '701',
      why: 'over',
      agentId: null,
    });
    expect(heard(story)).toEqual({ 'anna.1': 'boris.1', 'boris.1': 'anna.1' });
  });

  test('a supervisor ends it: the slot is free', () => {
    const story = parked();
    expect(story.command({ type: 'end' })).toMatchObject([
      { type: 'line.unparked', why: 'over' },
      { type: 'legs.released', legIds: ['caller'] },
      { type: 'call.ended' },
    ]);
  });
});

test('history tells when it was parked, where, and how that ended', () => {
  const story = parked();
  story.after(LIMIT_MS);
  expect(timelineOf(story.events)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ what: 'parked', agentId: 'anna', detail: '701' }),
      expect.objectContaining({ what: 'unparked', detail: 'timeUp' }),
    ]),
  );
});
