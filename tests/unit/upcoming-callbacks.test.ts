/** Which callbacks those who watch are shown, and what they are told when one changes. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { UpcomingCallbacks } from '../../src/app/callbacks/upcoming.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import type { Change } from '../../src/app/view.js';
import { begun, type Callback } from '../../src/core/callback/callback.js';
import { callback, DUE_AT } from '../support/callback-scene.js';
import { initialConfiguration } from '../support/fake-configuration.js';
import { MemoryCallbacks } from '../support/memory-callbacks.js';

const HOUR_MS = 3_600_000;
const SUPERVISOR = { agentId: 'vera', role: 'supervisor' } as const;
const ANNA = { agentId: 'anna', role: 'agent' } as const;
const BORIS = { agentId: 'boris', role: 'agent' } as const;
const inForce = indexSettings(initialConfiguration);
const quiet = () => undefined;

let store: MemoryCallbacks;
let upcoming: UpcomingCallbacks;
let told: Change[];
let now: number;

beforeEach(() => {
  store = new MemoryCallbacks();
  told = [];
  now = DUE_AT;
  upcoming = new UpcomingCallbacks({
    store,
    clock: { now: () => now },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    settings: () => inForce,
    membersOf: (queueId) => (queueId === 'sales' ? ['anna'] : ['boris']),
    tell: (change) => void told.push(change),
  });
});
afterEach(() => upcoming.stop());

function dueIn(hours: number, more: Partial<Callback> = {}): Callback {
  const at = DUE_AT + hours * HOUR_MS;
  return callback({ id: `after-${hours}`, dueAt: at, nextAt: at, createdBy: 'vera', ...more });
}

const shown = (viewer: Parameters<UpcomingCallbacks['of']>[0]) => upcoming.of(viewer).map(({ id }) => id);
/** To whom each change went, and whether it brought a view. */
const changes = () => told.map(({ view, audience }) => [[...audience.agentIds].sort(), view !== null]);

describe('shown to somebody who connects', () => {
  test('are those due within a day, the soonest first; of them an agent sees the own ones and those of the own queues', async () => {
    await store.add(dueIn(2));
    await store.add(dueIn(1, { queueId: null, agentId: 'boris' }));
    await store.add(dueIn(3, { queueId: 'service', createdBy: 'anna' }));
    await store.add(dueIn(25));
    await upcoming.open();
    expect(shown(SUPERVISOR)).toEqual(['after-1', 'after-2', 'after-3']);
    expect(shown(ANNA)).toEqual(['after-2', 'after-3']);
    expect(shown(BORIS)).toEqual(['after-1']);
  });

  test('is one that is being dialled, and none that is over', async () => {
    await store.add(begun(dueIn(0), 'call-1', now));
    await upcoming.open();
    expect(shown(ANNA)).toEqual(['after-0']);
    await store.change('after-0', (each) => ({ ...each, state: 'done' }));
    expect(shown(ANNA)).toEqual([]);
  });

  test('are 200 at most, and never more than a part of them is kept', async () => {
    for (let each = 0; each < 2_500; each += 1) await store.add(dueIn(1 + each / 1_000, { id: `c${each}` }));
    await upcoming.open();
    expect(shown(SUPERVISOR)).toEqual(Array.from({ length: 200 }, (_, each) => `c${each}`));
    // As the first ones are done with, those come up for which there was no room.
    for (let each = 0; each < 2_100; each += 1)
      await store.change(`c${each}`, (one) => ({ ...one, state: 'cancelled' }));
    now += 1;
    await upcoming.readMore();
    expect(shown(SUPERVISOR)).toEqual(Array.from({ length: 200 }, (_, each) => `c${each + 2_100}`));
  });
});

describe('what those who watch are told', () => {
  test('a change of one that is due later, too; nobody is told who may not see it', async () => {
    await upcoming.open();
    await store.add(dueIn(100));
    expect(changes()).toEqual([[['anna', 'vera'], true]]);
    expect(shown(SUPERVISOR)).toEqual([]);
  });

  test('one that comes within a day is told of then', async () => {
    await store.add(dueIn(25));
    await upcoming.open();
    now += 2 * HOUR_MS;
    await upcoming.readMore();
    expect(changes()).toEqual([
      [['anna', 'vera'], true],
      [['anna', 'vera'], true],
    ]);
    expect(shown(ANNA)).toEqual(['after-25']);
  });

  test('whoever may no longer see it is told that it is gone', async () => {
    await store.add(dueIn(1));
    await upcoming.open();
    told.length = 0;
    await store.change('after-1', (each) => ({ ...each, queueId: null, agentId: 'boris' }));
    expect(changes()).toEqual([
      [['anna'], false],
      [['boris', 'vera'], true],
    ]);
  });

  test('what became of it is told once more', async () => {
    await store.add(dueIn(1));
    await upcoming.open();
    await store.change('after-1', (each) => ({ ...each, state: 'missed', nextAt: null }));
    expect(told.at(-1)?.view).toMatchObject({ state: 'missed' });
  });
});

test('what changes while more is read is not undone by what was read', async () => {
  await store.add(dueIn(1));
  const opening = upcoming.open();
  await store.change('after-1', (each) => ({ ...each, state: 'cancelled', nextAt: null }));
  await store.add(dueIn(2));
  await opening;
  expect(shown(ANNA)).toEqual(['after-2']);
});
