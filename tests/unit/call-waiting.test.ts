/** How long a caller waits, what is announced meanwhile, and where the call goes when the wait is over. */
import { describe, expect, test } from '@jest/globals';
import type { CallCommand } from '../../src/core/call/command.js';
import { nextDeadline } from '../../src/core/call/observe.js';
import { type Onward, phaseOf, waitingLine } from '../../src/core/call/state.js';
import {
  agentTarget,
  announcement,
  customerCalls,
  offer,
  RING_MS,
  ringingFor,
  shopTarget,
  toQueue,
  toTarget,
  waitingCustomer,
} from '../support/call-fixtures.js';
import { CallStory } from '../support/call-story.js';

const LEAVE: CallCommand = { type: 'leaveQueue', reason: 'empty' };
const moveOn = (onward: Onward): CallCommand => ({ type: 'moveOn', lineId: 'c1~l1', onward });
const left = (reason: string) => ({ type: 'queue.left', lineId: 'c1~l1', queueId: 'sales', reason });
const announcementEnded = { type: 'announcement.ended', announcementId: 'a1' };

describe('the longest wait', () => {
  test('ends the wait when it is over, and not a moment sooner', () => {
    const story = waitingCustomer(30_000);
    expect(nextDeadline(story.call)).toBe(30_000);
    expect(story.after(29_999)).toEqual([]);
    expect(story.after(1)).toEqual([left('maxWait')]);
    expect(story.after(1)).toEqual([]);
    expect(nextDeadline(story.call)).toBeNull();
  });

  test('does not end the wait while a phone rings; it does when that phone did not answer', () => {
    const story = waitingCustomer(10_000).wait(5000);
    story.command(offer('anna'));
    expect(nextDeadline(story.call)).toBe(5000 + RING_MS);
    expect(story.after(5000)).toEqual([]);
    story.leaves('anna.1', 17);
    expect(nextDeadline(story.call)).toBe(10_000);
    expect(story.after(0)).toEqual([left('maxWait')]);
  });

  test('an agent who answers after the longest wait still gets the caller', () => {
    const story = waitingCustomer(10_000).wait(9000);
    story.command(offer('anna'));
    story.after(2000);
    expect(story.answers('anna.1')).toMatchObject([{ type: 'leg.answered' }, { type: 'call.connected' }]);
  });

  test('a queue without a longest wait has nothing to wait for', () => {
    expect(nextDeadline(waitingCustomer().call)).toBeNull();
  });
});

describe('the wait is over', () => {
  test('ringing phones are let go and no further agent is offered the call', () => {
    const story = ringingFor('anna');
    expect(story.command(LEAVE)).toEqual([
      { type: 'legs.released', legIds: ['anna.1'], reason: 'normal' },
      { type: 'offer.failed', offerId: 'offer-anna', agentId: 'anna', queueId: 'sales', outcome: 'withdrawn' },
      left('empty'),
    ]);
    expect(story.command(offer('boris'))).toMatchObject({ refused: 'wrongState' });
    expect(story.command(LEAVE)).toMatchObject({ refused: 'wrongState' });
    expect(story.answers('anna.1')).toEqual([]);
  });

  test('a caller whose wait is not over is not moved', () => {
    expect(waitingCustomer().command(moveOn(toQueue('support')))).toMatchObject({ refused: 'wrongState' });
  });

  test('overflow to another queue keeps the time of joining and starts that queue’s own longest wait', () => {
    const story = waitingCustomer().wait(8000);
    story.command(LEAVE);
    expect(story.command(moveOn(toQueue('support', 20_000, 5)))).toEqual([
      {
        type: 'call.queued',
        lineId: 'c1~l1',
        queueId: 'support',
        enteredAt: 0,
        priority: 5,
        music: 'support-music',
        maxWaitAt: 28_000,
      },
    ]);
    story.command(offer('anna'));
    story.wait(1000);
    expect(story.answers('anna.1')[1]).toMatchObject({ queueId: 'support', waitedMs: 9000 });
  });

  test('overflow to an agent rings there; the answer connects', () => {
    const story = waitingCustomer();
    story.command(LEAVE);
    story.command(moveOn(toTarget(agentTarget('boris'))));
    expect(phaseOf(story.call)).toBe('connecting');
    expect(story.command(moveOn(toQueue('support')))).toMatchObject({ refused: 'wrongState' });
    expect(story.answers('boris.1')).toMatchObject([
      { type: 'leg.answered' },
      { type: 'call.connected', legId: 'boris.1', agentId: 'boris', queueId: null },
    ]);
  });

  test('overflow to an outside number that is busy: the customer goes to the fallback', () => {
    const story = waitingCustomer();
    story.command(LEAVE);
    story.command(moveOn(toTarget(shopTarget())));
    expect(story.leaves('shop', 17).slice(1)).toMatchObject([
      { type: 'offer.failed', outcome: 'busy' },
      { type: 'legs.released', legIds: ['caller'], reason: 'fallback' },
      { type: 'call.ended', outcome: 'fallback', queueId: 'sales' },
    ]);
  });

  test.each([
    ['fallback', 'fallback'],
    ['busy', 'busy'],
    ['normal', 'cancelled'],
  ] as const)('nowhere to go (%s): the caller is let go and the call ends as %s', (reason, outcome) => {
    const story = waitingCustomer().wait(4000);
    story.command(LEAVE);
    expect(story.command(moveOn({ kind: 'nowhere', reason }))).toEqual([
      { type: 'legs.released', legIds: ['caller'], reason },
      { type: 'call.ended', outcome, queueId: 'sales', agentId: null, agentIds: [], waitedMs: 4000, talkedMs: 0 },
    ]);
  });

  test('something is said to the caller, who is let go after it, and has not given up', () => {
    const story = waitingCustomer();
    story.command(LEAVE);
    const items = [{ kind: 'sound', name: 'closed' }] as const;
    story.command(moveOn({ kind: 'say', announcementId: 's1', items, timeoutMs: 20_000 }));
    expect(story.command(moveOn(toQueue('support')))).toMatchObject({ refused: 'wrongState' });
    expect(story.after(20_000)).toMatchObject([
      { type: 'announcement.ended', announcementId: 's1' },
      { type: 'legs.released', legIds: ['caller'], reason: 'normal' },
      { type: 'call.ended', outcome: 'cancelled' },
    ]);
  });

  test('the caller hangs up while the next destination is looked for', () => {
    const story = waitingCustomer();
    story.command(LEAVE);
    expect(story.leaves('caller')[1]).toMatchObject({ type: 'call.ended', outcome: 'abandoned' });
    expect(story.command(moveOn(toQueue('support')))).toMatchObject({ refused: 'callEnded' });
  });
});

describe('an announcement to the waiting caller', () => {
  test('is played to its end', () => {
    const story = waitingCustomer().wait(1000);
    expect(story.command(announcement())).toMatchObject([
      { type: 'announcement.started', announcementId: 'a1', deadlineAt: 21_000 },
    ]);
    expect(story.fact({ type: 'announcementEnded', announcementId: 'a1' })).toEqual([announcementEnded]);
    expect(story.fact({ type: 'announcementEnded', announcementId: 'a1' })).toEqual([]);
  });

  test('does not begin while another is being played, nor when the wait is over', () => {
    const story = waitingCustomer();
    story.command(announcement());
    expect(story.command(announcement('a2'))).toMatchObject({ refused: 'wrongState' });
    story.fact({ type: 'announcementEnded', announcementId: 'a1' });
    story.command(LEAVE);
    expect(story.command(announcement('a2'))).toMatchObject({ refused: 'wrongState' });
  });

  test('whose end is never told is taken for finished at its deadline', () => {
    const story = waitingCustomer();
    story.command(announcement());
    expect(nextDeadline(story.call)).toBe(20_000);
    expect(story.after(19_999)).toEqual([]);
    expect(story.after(1)).toEqual([announcementEnded]);
  });

  test('the late end of a former announcement does not end the present one', () => {
    const story = waitingCustomer();
    story.command(announcement());
    story.after(20_000);
    story.command(announcement('a2'));
    expect(story.fact({ type: 'announcementEnded', announcementId: 'a1' })).toEqual([]);
    expect(story.call).toMatchObject({ lines: [{ announcement: { id: 'a2' } }] });
  });

  test('is cut by the answer of an agent; its end told afterwards changes nothing', () => {
    const story = ringingFor('anna');
    story.command(announcement());
    story.answers('anna.1');
    expect(phaseOf(story.call)).toBe('talking');
    expect(story.fact({ type: 'announcementEnded', announcementId: 'a1' })).toEqual([]);
  });

  test('several things are due at once: each is dealt with', () => {
    const story = waitingCustomer(10_000);
    story.command(announcement('a1', 12_000));
    story.command(offer('anna'));
    expect(story.after(60_000).map((event) => event.type)).toEqual([
      'legs.released',
      'offer.failed',
      'announcement.ended',
    ]);
    expect(story.after(0)).toEqual([left('maxWait')]);
  });
});

describe('a caller who has waited in the PBX, before we heard of the call', () => {
  const taken = (onward: Onward, waitingSince = 5_000) =>
    new CallStory(customerCalls(onward, 'caller', waitingSince), 60_000);

  test('is in line since then, for history too; the longest wait begins only now', () => {
    const story = taken(toQueue('sales', 30_000));
    expect(waitingLine(story.call)?.stay).toMatchObject({ enteredAt: 5_000, maxWaitAt: 90_000 });
    story.after(10_000);
    expect(story.leaves('caller')).toContainEqual(
      expect.objectContaining({ type: 'call.ended', outcome: 'abandoned', waitedMs: 65_000 }),
    );
  });

  test('is in line since then in the next queue, too', () => {
    const story = taken(toQueue());
    story.command(LEAVE);
    story.command(moveOn(toQueue('service')));
    expect(waitingLine(story.call)?.stay).toMatchObject({ queueId: 'service', enteredAt: 5_000 });
  });

  test('by a clock ahead of ours, has waited since the start', () => {
    expect(waitingLine(taken(toQueue(), 61_000).call)?.stay.enteredAt).toBe(60_000);
  });
});
