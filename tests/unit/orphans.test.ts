/** Parties whose agent is gone: who is rung for them, and where they go when that is in vain. */
import { describe, expect, test } from '@jest/globals';
import type { LoadedConfiguration } from '../../src/app/configuration-store.js';
import { mayBeRecalled, Orphans } from '../../src/app/orphans.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import type { Switchboard } from '../../src/app/switchboard.js';
import { newAgent } from '../../src/core/agent/evolve.js';
import type { CallCommand } from '../../src/core/call/command.js';
import { linesOf, ringingOffers } from '../../src/core/call/state.js';
import { agentTarget, customerCalls, offer, RING_MS, shopTarget, toQueue, toTarget } from '../support/call-fixtures.js';
import { ask, consult, consulted, FIRST, heard, lines, talking } from '../support/call-lines.js';
import { CallStory } from '../support/call-story.js';
import { account, CENTRE, QUEUE } from '../support/configuration.js';
import { NO_CALLERS } from '../support/memory-contacts.js';

const CONFIGURATION: LoadedConfiguration = {
  ...{ statuses: [], members: [], routes: [], outgoingRules: [], keySets: [], scenarios: [] },
  ...{ statuses: [], members: [], routes: [], outgoingRules: [], phoneLogins: [] },
  ...{ statuses: [], members: [], routes: [], outgoingRules: [], keySets: [], trainers: [], teams: [] },
  agents: [account('101', { id: 'anna' })],
  queues: [QUEUE, { ...QUEUE, id: 'support', number: '600' }],
  centre: { ...CENTRE, transferRingMs: RING_MS },
};
const SUPPORT = {
  kind: 'queue',
  entry: { queueId: 'support', priority: 0, music: 'support-music', maxWaitMs: null },
} as const;

/** The followers of a call in which somebody waits. */
function orphans(story: CallStory, mayRecall = true): Orphans {
  const mailbox = {
    get call() {
      return story.call;
    },
    decideNow: (command: CallCommand) => story.command(command),
  };
  const switchboard = { mailbox: () => mailbox, calls: () => [story.call] } as unknown as Switchboard;
  const settings = indexSettings(CONFIGURATION);
  return new Orphans({
    switchboard: () => switchboard,
    routing: () => ({
      settings,
      callers: NO_CALLERS,
      isFree: () => true,
      isRung: () => false,
      presence: () => ({ loggedIn: 1, receiving: 1 }),
    }),
    mayRecall: () => mayRecall,
  });
}

/** The agent's phone rings, and nobody picks it up. */
function ringsInVain(story: CallStory): void {
  orphans(story).check(story.call);
  story.after(RING_MS);
  orphans(story).check(story.call);
}

describe('the agent hung up', () => {
  test('with two parties on hold: the phone rings once, and who answers has both', () => {
    const story = consulted();
    story.command(ask('hold'));
    story.leaves('anna.1');
    orphans(story).check(story.call);
    orphans(story).check(story.call);
    expect(ringingOffers(story.call)).toMatchObject([
      { purpose: 'recall', agentId: 'anna', shows: { name: 'Customer' } },
    ]);
    story.answers(ringingOffers(story.call)[0]?.legIds[0] ?? '');
    expect(linesOf(story.call).map(({ orphan }) => orphan)).toEqual([null, null]);
  });

  test('and does not pick up: no line rings a second time; the customer is queued, the colleague let go', () => {
    const story = consulted();
    story.command(ask('hold'));
    story.leaves('anna.1');
    ringsInVain(story);
    expect(lines(story)).toEqual({ [FIRST]: 'caller, queue sales' });
    expect(story.events.filter((event) => event.type === 'call.offered' && event.purpose === 'recall')).toHaveLength(1);
  });

  test('with an outside number on hold that was only asked: it is let go, not queued', () => {
    const story = talking();
    story.command(consult(shopTarget()));
    story.answers('shop');
    story.command(ask('hold'));
    story.leaves('anna.1');
    ringsInVain(story);
    expect(heard(story)).toEqual({ caller: `${QUEUE.music}` });
  });

  test('and talks in another call, or has logged out: the customer is queued at once', () => {
    const story = talking();
    story.command(ask('hold'));
    story.leaves('anna.1');
    orphans(story, false).check(story.call);
    expect([ringingOffers(story.call), lines(story)]).toEqual([[], { [FIRST]: 'caller, queue sales' }]);
  });
});

test('a customer whose agent is busy in the very call, asked by the colleague, is queued at once', () => {
  const story = consulted();
  story.command(consult(shopTarget(), 'boris'));
  story.answers('shop');
  story.leaves('anna.1');
  story.command(consult(agentTarget('anna', 1, 3), 'boris'));
  story.answers('anna#3.1');
  expect(lines(story)[FIRST]).toBe('caller, recall');
  orphans(story).check(story.call);
  expect(lines(story)[FIRST]).toBe('caller, queue sales');
});

describe('the place in the queue', () => {
  test('is that of before: by the time of arrival and by the priority of the number dialled', () => {
    const story = new CallStory(customerCalls(toQueue('sales', null, 7)));
    story.command(offer('anna'));
    story.wait(5_000).answers('anna.1');
    story.command(ask('hold'));
    story.leaves('anna.1');
    ringsInVain(story);
    expect(story.bodies.at(-1)).toMatchObject({ type: 'call.queued', queueId: 'sales', enteredAt: 0, priority: 7 });
  });

  test('is not in a queue where the agent only asked something; the music on hold does not change either', () => {
    const story = talking();
    story.command({ type: 'consult', agentId: 'anna', onward: SUPPORT });
    expect(heard(story)).toEqual({ caller: 'sales-music', 'anna.1': 'support-music' });
    story.leaves('anna.1');
    ringsInVain(story);
    expect(lines(story)).toEqual({ [FIRST]: 'caller, queue sales' });
  });

  test('is in the queue to which the customer was sent', () => {
    const story = talking();
    story.command({ type: 'consult', agentId: 'anna', onward: SUPPORT });
    story.command({ type: 'complete', agentId: 'anna', lineId: null, withId: null });
    expect(story.call.marks.place).toEqual({ queueId: 'support', priority: 0 });
  });

  test('is the fallback for a customer who came from no queue', () => {
    const story = new CallStory(customerCalls(toTarget(agentTarget('anna'))));
    story.answers('anna.1');
    story.command(ask('hold'));
    story.leaves('anna.1');
    ringsInVain(story);
    expect(story.bodies).toContainEqual({ type: 'legs.released', legIds: ['caller'], reason: 'fallback' });
  });
});

test('an agent is rung again unless another call rings or is talked in', () => {
  const free = newAgent('anna');
  const [active, held] = [talking().call, talking()];
  held.command(ask('hold'));
  const callOf = (id: string) => (id === 'active' ? active : held.call);
  expect(mayBeRecalled(free, 'c9', callOf)).toBe(true);
  expect(mayBeRecalled({ ...free, callIds: ['c9', 'held'] }, 'c9', callOf)).toBe(true);
  expect(mayBeRecalled({ ...free, callIds: ['c9', 'active'] }, 'c9', callOf)).toBe(false);
  expect(mayBeRecalled({ ...free, offeredCallId: 'other' }, 'c9', callOf)).toBe(false);
});
