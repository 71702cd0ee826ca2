/** A caller is led through a script, is sent on from there, and comes back or not. */
import { describe, expect, test } from '@jest/globals';
import type { CallCommand } from '../../src/core/call/command.js';
import type { Onward, ScriptKeep } from '../../src/core/call/state.js';
import {
  agentTarget,
  annaDials,
  customerCalls,
  offer,
  RING_MS,
  toQueue,
  toScript,
  toTarget,
} from '../support/call-fixtures.js';
import { ask, FIRST, heard, talking } from '../support/call-lines.js';
import { CallStory } from '../support/call-story.js';

const SAY: CallCommand = {
  type: 'scriptSay',
  lineId: FIRST,
  announcementId: 'p1',
  items: [{ kind: 'sound', name: 'hello-world' }],
  timeoutMs: 10_000,
};
const go = (onward: Onward, keep: ScriptKeep): CallCommand => ({
  type: 'scriptGo',
  lineId: FIRST,
  onward,
  keep,
  position: '{"step":"next"}',
});

const inScript = (music: string | null = null): CallStory => new CallStory(customerCalls(toScript(music)));
const script = ({ call }: CallStory) => (call.phase === 'live' ? (call.lines[0]?.script ?? null) : null);

describe('led through it', () => {
  test('the caller hears ringing until the script answers or says something', () => {
    const story = inScript('script-music');
    expect(script(story)).toMatchObject({ active: true, answered: false });
    story.command({ type: 'scriptAnswer', lineId: FIRST });
    expect(heard(story)).toEqual({ caller: 'script-music' });
  });

  test('what is said is cut off by what is said next', () => {
    const story = inScript();
    story.command(SAY);
    const next = story.command({ ...SAY, announcementId: 'p2' } as CallCommand);
    expect(next).toMatchObject([
      { type: 'announcement.ended', announcementId: 'p1' },
      { type: 'announcement.started', announcementId: 'p2' },
    ]);
  });

  test('the position is kept, and the same once more changes nothing', () => {
    const story = inScript();
    const step: CallCommand = { type: 'scriptStep', lineId: FIRST, position: '{"step":"b"}' };
    expect([story.command(step), story.command(step), script(story)?.position]).toEqual([
      [{ type: 'script.stepped', lineId: FIRST, position: '{"step":"b"}', music: null }],
      [],
      '{"step":"b"}',
    ]);
  });

  test.each(['the caller hangs up', 'the script hangs up'])('%s: the call has ended in a scenario', (who) => {
    const story = inScript();
    story.command(SAY);
    if (who === 'the caller hangs up') story.leaves('caller');
    else story.command(go({ kind: 'nowhere', reason: 'normal' }, 'no'));
    expect(story.bodies.at(-1)).toMatchObject({ type: 'call.ended', outcome: 'scenario' });
  });

  test('an agent in the dialogue of a feature code is in no scenario', () => {
    const story = new CallStory(annaDials('internal', toScript()));
    story.leaves('caller');
    expect(story.bodies.at(-1)).toMatchObject({ type: 'call.ended', outcome: 'cancelled' });
  });
});

describe('sent on to somebody', () => {
  const rung = (keep: ScriptKeep): CallStory => {
    const story = inScript();
    story.command(SAY);
    story.command(go(toTarget(agentTarget('anna')), keep));
    return story;
  };

  test('who does not answer: the caller is back in the script', () => {
    const story = rung('failure');
    story.after(RING_MS);
    expect(story.bodies.at(-1)).toEqual({ type: 'script.resumed', lineId: FIRST, outcome: 'noAnswer' });
    expect(script(story)).toMatchObject({ active: true, position: '{"step":"next"}' });
  });

  test('for good: nobody answers, and the fallback has the caller', () => {
    const story = rung('no');
    story.after(RING_MS);
    expect(story.bodies.at(-1)).toMatchObject({ type: 'call.ended', outcome: 'fallback' });
  });

  test('who answers: the script is over', () => {
    const story = rung('failure');
    story.answers('anna.1');
    expect(script(story)).toBeNull();
    story.leaves('anna.1');
    expect(story.bodies.at(-1)).toMatchObject({ type: 'call.ended', outcome: 'answered' });
  });

  test.each(['receiver', 'button'])('and led on after the conversation, which the agent ends by %s', (how) => {
    const story = rung('after');
    story.answers('anna.1');
    if (how === 'receiver') story.leaves('anna.1');
    else story.command(ask('hangUp'));
    expect(story.bodies.at(-1)).toEqual({ type: 'script.resumed', lineId: FIRST, outcome: 'talked' });
    story.leaves('caller');
    expect(story.bodies.at(-1)).toMatchObject({ type: 'call.ended', outcome: 'answered' });
  });

  test('the caller who ends the conversation is not led on', () => {
    const story = rung('after');
    story.answers('anna.1');
    story.leaves('caller');
    expect(story.bodies.at(-1)).toMatchObject({ type: 'call.ended', outcome: 'answered' });
  });
});

describe('sent on to a queue', () => {
  const waiting = (maxWaitMs: number | null = null): CallStory => {
    const story = inScript();
    story.command(SAY);
    story.command(go(toQueue('sales', maxWaitMs), 'failure'));
    return story;
  };

  test('the longest wait is over: back in the script', () => {
    const story = waiting(5_000);
    story.after(5_000);
    expect(story.bodies.slice(-2)).toMatchObject([
      { type: 'queue.left', reason: 'maxWait' },
      { type: 'script.resumed', outcome: 'maxWait' },
    ]);
  });

  test('a key takes the caller out of the queue, and stops the phone that rings', () => {
    const story = waiting();
    story.command(offer('anna'));
    story.command({ type: 'scriptTake', lineId: FIRST, outcome: 'key' });
    expect(story.bodies.slice(-4).map(({ type }) => type)).toEqual([
      'legs.released',
      'offer.failed',
      'queue.left',
      'script.resumed',
    ]);
    expect(script(story)?.active).toBe(true);
  });

  test('whoever talks with somebody is not taken away', () => {
    const story = waiting();
    story.command(offer('anna'));
    story.answers('anna.1');
    expect(story.command({ type: 'scriptTake', lineId: FIRST, outcome: 'key' })).toMatchObject({
      refused: 'wrongState',
    });
  });

  test('the caller hangs up there: abandoned', () => {
    const story = waiting();
    story.leaves('caller');
    expect(story.bodies.at(-1)).toMatchObject({ type: 'call.ended', outcome: 'abandoned' });
  });
});

describe('an agent sends the caller there', () => {
  test('the agent is released, and the caller is led through it', () => {
    const story = talking();
    story.command({ type: 'transfer', agentId: 'anna', lineId: null, onward: toScript(), stays: false });
    expect(heard(story)).toEqual({ caller: 'script-music' });
    expect(script(story)).toMatchObject({ active: true, answered: true });
  });

  test('a script cannot be asked for advice', () => {
    expect(talking().command({ type: 'consult', agentId: 'anna', onward: toScript() })).toMatchObject({
      refused: 'wrongState',
    });
  });
});
