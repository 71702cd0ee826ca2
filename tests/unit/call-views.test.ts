/** Who is told what of a call: those who take part see it; for those who have left it is over; supervisors see it to the end. */

import { describe, expect, test } from '@jest/globals';
import { Agents } from '../../src/app/agents.js';
import { Crm } from '../../src/app/crm/crm.js';
import { Dispatcher } from '../../src/app/dispatcher.js';
import { INTEGRATION_DEFAULTS } from '../../src/app/integrations/settings.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import { Switchboard } from '../../src/app/switchboard.js';
import type { Change } from '../../src/app/view.js';
import { Views } from '../../src/app/views.js';
import { agentTarget, customerCalls, ringingFor, toQueue } from '../support/call-fixtures.js';
import { ask, COMPLETE, consulted, consulting, SECOND, talking, transfer } from '../support/call-lines.js';
import type { CallStory } from '../support/call-story.js';
import { initialConfiguration } from '../support/fake-configuration.js';
import { NO_CALLERS } from '../support/memory-contacts.js';
import { unreachable } from '../support/memory-outside.js';

const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const clock = { now: () => 0 };
const journal = { append: async () => {}, claim: async () => true, release: async () => {}, drain: async () => {} };

function newViews(): Views {
  const inForce = indexSettings(initialConfiguration);
  const settings = () => inForce;
  const listener = { changed: () => {}, published: () => {} };
  const agents = new Agents({ journal, clock, log, policy: () => inForce.policy, listener });
  const dispatcher = new Dispatcher({
    clock,
    agents,
    settings,
    mailbox: () => undefined,
    mayRing: () => false,
    callers: NO_CALLERS,
  });
  const switchboard = new Switchboard({
    mayPress: () => false,
    journal,
    clock,
    log,
    phones: {
      status: 'disconnected',
      start: () => {},
      newCallId: () => 'c9',
      together: (performing) => performing(),
      perform: async () => 'lost',
      sound: () => {},
      tell: async () => undefined,
      tellTransfer: () => {},
      picture: async () => ({ legs: [], conversations: [], startedAt: null }),
      stop: async () => {},
    },
    listener: { decided: () => {}, published: () => {} },
    turnsAway: () => false,
    receive: () => customerCalls(toQueue()),
  });
  const crm = new Crm({ web: unreachable, clock, log, authorization: null, settings: () => INTEGRATION_DEFAULTS });
  return new Views({
    agents,
    dispatcher,
    switchboard,
    settings,
    clock,
    crm,
    callers: NO_CALLERS,
    log,
    callbacks: () => [],
  });
}

/** What each is shown of the call in the end: the picture, or that it is over for them; nothing where they were told nothing. */
function shown(story: CallStory, act: (story: CallStory) => unknown): Readonly<Record<string, 'call' | 'over'>> {
  const views = newViews();
  const seen: Record<string, 'call' | 'over'> = {};
  views.onChange(({ view, audience }: Change) => {
    for (const who of ['supervisor', ...audience.agentIds]) seen[who] = view === null ? 'over' : 'call';
  });
  const known = story.events.length;
  act(story);
  views.callPublished(story.call, story.events.slice(known));
  return seen;
}

describe('for an agent who leaves a call that goes on, the call is over', () => {
  test('after a transfer', () => {
    const seen = shown(talking(), (story) => story.command(transfer(agentTarget('boris'))));
    expect(seen).toEqual({ supervisor: 'call', anna: 'over', boris: 'call' });
  });

  test('after joining the two parties of a consult', () => {
    const seen = shown(consulted(), (story) => story.command(COMPLETE));
    expect(seen).toEqual({ supervisor: 'call', anna: 'over', boris: 'call' });
  });

  test('when another agent was quicker', () => {
    const seen = shown(ringingFor('anna', 'boris'), (story) => story.answers('boris.1'));
    expect(seen).toEqual({ supervisor: 'call', anna: 'over', boris: 'call' });
  });

  test('when the party whom the agent is, or for whom the agent is rung, goes over to another call', () => {
    const handOver = { type: 'handOver', agentId: 'anna', lineId: SECOND, toCallId: 'c2' } as const;
    for (const story of [consulting(), consulted()]) {
      const seen = shown(story, (told) => told.command(handOver));
      expect(seen).toEqual({ supervisor: 'call', anna: 'call', boris: 'over' });
    }
  });
});

test('an agent for whom a customer is kept on hold still sees the call', () => {
  const story = talking();
  story.command(ask('hold'));
  expect(shown(story, (told) => told.leaves('anna.1'))).toEqual({ supervisor: 'call', anna: 'call' });
});

test('a call that has ended is over for everybody who still was in it', () => {
  const seen = shown(consulted(), (story) => story.command({ type: 'end' }));
  expect(seen).toEqual({ supervisor: 'over', anna: 'over', boris: 'over' });
});
