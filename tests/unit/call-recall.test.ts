/** An agent puts the receiver down while somebody is on hold: by the call's rule the phone rings again, or the others are joined. */
import { describe, expect, test } from '@jest/globals';
import type { CallCommand } from '../../src/core/call/command.js';
import { agentTarget, RING_MS, shopTarget, toQueue, toTarget } from '../support/call-fixtures.js';
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
import type { CallStory } from '../support/call-story.js';

const recall = (attempt = 2, lineId = FIRST): CallCommand => ({
  type: 'recall',
  lineId,
  target: agentTarget('anna', 1, attempt),
});
const QUEUE: CallCommand = {
  type: 'consult',
  agentId: 'anna',
  onward: { kind: 'queue', entry: { queueId: 'support', priority: 0, music: 'support-music', maxWaitMs: null } },
};

function abandoned(): CallStory {
  const story = talking();
  story.command(ask('hold'));
  story.leaves('anna.1');
  return story;
}

describe('the receiver is put down, and the phone is to ring again', () => {
  test('with the customer on hold: the customer hears music and is not let go', () => {
    expect([lines(abandoned()), heard(abandoned())]).toEqual([
      { [FIRST]: 'caller, recall' },
      { caller: 'sales-music' },
    ]);
  });

  test('during a ringing consult: the target’s phone stops', () => {
    const story = consulting();
    story.leaves('anna.1');
    expect([lines(story), ringing(story)]).toEqual([{ [FIRST]: 'caller, recall' }, []]);
  });

  test('during an answered consult: the target is let go', () => {
    const story = consulted();
    story.leaves('anna.1');
    expect([lines(story), heard(story)]).toEqual([{ [FIRST]: 'caller, recall' }, { caller: 'sales-music' }]);
  });

  test('while talking with the customer: the customer has been hung up on, and the call is over', () => {
    const story = talking();
    expect(story.leaves('anna.1').at(-1)).toMatchObject({ type: 'call.ended', outcome: 'answered' });
  });

  test('while one more is being asked to join a held customer, in vain: the phone is to ring again', () => {
    const story = talking();
    story.command({ type: 'invite', agentId: 'anna', lineId: null, target: shopTarget() });
    story.command(ask('hold'));
    story.leaves('anna.1');
    story.leaves('shop', 17);
    expect(lines(story)).toEqual({ [FIRST]: 'caller, recall' });
  });
});

describe('the phone goes dead: nobody has hung up', () => {
  /** No voice came from it for a while. */
  const DEAD = 44;

  test.each([DEAD, 27, 38, 41])(
    'while talking with the customer (%d): the customer hears music, the phone is to ring again',
    (cause) => {
      const story = talking();
      story.leaves('anna.1', cause);
      expect([lines(story), heard(story)]).toEqual([{ [FIRST]: 'caller, recall' }, { caller: 'sales-music' }]);
    },
  );

  test('during an answered consult: both wait for the agent, whatever is to become of others who are left', () => {
    const story = consulted();
    story.leaves('anna.1', DEAD);
    expect(lines(story)).toEqual({ [FIRST]: 'caller, recall', 'c1~l2': 'boris.1, recall' });
  });

  test('the other party’s phone: that is the end of the call, as ever', () => {
    const story = talking();
    expect(story.leaves('caller', DEAD).at(-1)).toMatchObject({ type: 'call.ended' });
  });
});

describe('the receiver is put down, and the others are to be joined', () => {
  test('during an answered consult: customer and target talk', () => {
    const story = consulted('complete');
    story.leaves('anna.1');
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
  });

  test('during a ringing consult: the customer hears ringing, and the answer connects', () => {
    const story = consulting('complete');
    story.leaves('anna.1');
    expect(heard(story)).toEqual({ caller: 'ringing' });
    story.answers('boris.1');
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
  });

  test('during a ringing consult that then fails: the agent is to be rung again', () => {
    const story = consulting('complete');
    story.leaves('anna.1');
    story.after(RING_MS);
    expect(lines(story)).toEqual({ [FIRST]: 'caller, recall' });
  });

  test('while waiting in another queue: the customer waits on there', () => {
    const story = talking('complete');
    story.command(QUEUE);
    story.leaves('anna.1');
    expect([lines(story), heard(story)]).toEqual([{ [FIRST]: 'caller, queue support' }, { caller: 'support-music' }]);
  });

  test('with nobody but the customer, on hold: the agent is to be rung again', () => {
    const story = talking('complete');
    story.command(ask('hold'));
    story.leaves('anna.1');
    expect(lines(story)).toEqual({ [FIRST]: 'caller, recall' });
  });

  test('with both on hold: the one who was asked is joined with the customer', () => {
    const story = consulted('complete');
    story.command(ask('hold'));
    story.leaves('anna.1');
    expect(lines(story)).toEqual({ [FIRST]: 'caller, boris.1' });
  });

  test('while talking with the customer again and the target still rings: the customer hears ringing', () => {
    const story = consulting('complete');
    story.command(ask('resume', FIRST));
    story.leaves('anna.1');
    expect(heard(story)).toEqual({ caller: 'ringing' });
    story.answers('boris.1');
    expect(heard(story)).toEqual({ caller: 'boris.1', 'boris.1': 'caller' });
  });

  test('with two on hold: the first is joined, for the second the phone is to ring again', () => {
    const story = consulted('complete');
    story.command(consult(agentTarget('clara')));
    story.answers('clara.1');
    story.leaves('anna.1');
    expect(lines(story)).toEqual({ [FIRST]: 'caller, clara.1', [SECOND]: 'boris.1, recall' });
  });
});

describe('the agent is rung again', () => {
  test('and answers: they talk', () => {
    const story = abandoned();
    story.command(recall());
    expect(heard(story)).toEqual({ caller: 'sales-music' });
    story.answers('anna#2.1');
    expect([heard(story), lines(story)]).toEqual([
      { caller: 'anna#2.1', 'anna#2.1': 'caller' },
      { [FIRST]: 'caller, anna#2.1' },
    ]);
  });

  test('and has all that waited: one line is taken up, the others are on hold as before', () => {
    const story = consulted();
    story.command(ask('hold'));
    story.leaves('anna.1');
    expect(lines(story)).toEqual({ [FIRST]: 'caller, recall', [SECOND]: 'boris.1, recall' });
    story.command(recall());
    story.answers('anna#2.1');
    expect(lines(story)).toEqual({ [FIRST]: 'caller, anna#2.1', [SECOND]: 'boris.1, (anna#2.1)' });
  });

  test.each([
    ['is not picked up', (story: CallStory) => story.after(RING_MS)],
    ['is busy', (story: CallStory) => story.leaves('anna#2.1', 17)],
    ['rejects', (story: CallStory) => story.command(ask('hangUp'))],
  ])('but the phone %s: another destination is looked for', (_what, happens) => {
    const story = abandoned();
    story.command(recall());
    happens(story);
    expect([lines(story), heard(story)]).toEqual([{ [FIRST]: 'caller, onward' }, { caller: 'sales-music' }]);
    expect(story.command(recall(3))).toMatchObject({ refused: 'wrongState' });
  });

  test('the customer hangs up meanwhile: the phone stops', () => {
    const story = abandoned();
    story.command(recall());
    story.leaves('caller');
    expect([story.call.phase, ringing(story)]).toEqual(['ended', []]);
  });

  test('is refused for a line that nobody has left, and twice', () => {
    expect(talking().command(recall())).toMatchObject({ refused: 'wrongState' });
    const story = abandoned();
    story.command(recall());
    expect(story.command(recall(3))).toMatchObject({ refused: 'wrongState' });
  });

  test('is refused while the agent, asked by a colleague, already talks in the call', () => {
    const story = consulted();
    story.command(consult(shopTarget(), 'boris'));
    story.answers('shop');
    story.leaves('anna.1');
    story.command(consult(agentTarget('anna', 1, 3), 'boris'));
    story.answers('anna#3.1');
    expect(story.command(recall())).toMatchObject({ refused: 'agentBusy' });
    expect(lines(story)[FIRST]).toBe('caller, recall');
  });
});

describe('where the customer goes when the agent cannot be reached again', () => {
  test('to a queue, at the place the customer had', () => {
    const story = abandoned().wait(5000);
    story.command({ type: 'moveOn', lineId: FIRST, onward: toQueue('support') });
    expect(story.bodies.at(-1)).toMatchObject({ type: 'call.queued', queueId: 'support', enteredAt: 0 });
    expect([lines(story), heard(story)]).toEqual([{ [FIRST]: 'caller, queue support' }, { caller: 'support-music' }]);
  });

  test('to somebody else, who answers', () => {
    const story = abandoned();
    story.command({ type: 'moveOn', lineId: FIRST, onward: toTarget(shopTarget()) });
    expect(heard(story)).toEqual({ caller: 'ringing' });
    expect(story.answers('shop')[1]).toMatchObject({ type: 'call.connected', queueId: null });
    expect(heard(story)).toEqual({ caller: 'shop', shop: 'caller' });
  });

  test('to the fallback: the call is over', () => {
    const story = abandoned();
    story.command({ type: 'moveOn', lineId: FIRST, onward: { kind: 'nowhere', reason: 'fallback' } });
    expect(story.bodies.slice(-2)).toMatchObject([
      { type: 'legs.released', legIds: ['caller'], reason: 'fallback' },
      { type: 'call.ended', outcome: 'answered' },
    ]);
  });

  test('a colleague who was left on hold and talks elsewhere only loses that line', () => {
    const story = consulted();
    story.command(consult(shopTarget(), 'boris'));
    story.answers('shop');
    story.command(ask('hold'));
    story.leaves('anna.1');
    expect(lines(story)).toEqual({
      [FIRST]: 'caller, recall',
      [SECOND]: '(boris.1), recall',
      'c1~l3': 'boris.1, shop',
    });
    story.command({ type: 'moveOn', lineId: SECOND, onward: { kind: 'nowhere', reason: 'normal' } });
    expect(heard(story)).toEqual({ caller: 'sales-music', 'boris.1': 'shop', shop: 'boris.1' });
  });
});
