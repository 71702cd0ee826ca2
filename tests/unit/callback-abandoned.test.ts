/** Callers who gave up waiting: called back where the queue says so, once, and not if they reach an agent before. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { AbandonedCallers } from '../../src/app/callbacks/abandoned.js';
import { abandonedCall } from '../../src/app/callbacks/abandoned-call.js';
import type { CallRecord } from '../../src/app/history/filter.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import type { Call } from '../../src/core/call/state.js';
import { begun, type Callback } from '../../src/core/callback/callback.js';
import { callback, callEnded } from '../support/callback-scene.js';
import { initialConfiguration } from '../support/fake-configuration.js';
import { MemoryCallbacks, noRouting } from '../support/memory-callbacks.js';

const NUMBER = '79161234567';
const WANTED = { waitedMs: 5_000, priority: 'high', zone: 'Europe/Moscow' } as const;
const quiet = () => undefined;
const settings = indexSettings({
  ...initialConfiguration,
  queues: initialConfiguration.queues.map((queue) => ({
    ...queue,
    callBackAbandoned: queue.id === 'sales' ? WANTED : null,
  })),
});

let store: MemoryCallbacks;
let abandoned: AbandonedCallers;
let past: Partial<CallRecord>[];
let callsNow: boolean;
let withdrawn: string[];

beforeEach(() => {
  store = new MemoryCallbacks();
  past = [];
  callsNow = false;
  withdrawn = [];
  abandoned = new AbandonedCallers({
    store,
    history: { calls: async () => past as CallRecord[] },
    clock: { now: () => 1_000_000 },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    settings: () => settings,
    callsNow: () => callsNow,
    withdraw: ({ id }) => void withdrawn.push(id),
    async offer({ zone, place: _place, ...promised }) {
      await store.add(callback({ ...promised, zone, createdBy: '(customer)' }));
      return true;
    },
  });
});
afterEach(() => abandoned.stop());

function customers(id: string, more: Partial<Call> = {}): Call {
  return { id, direction: 'inbound', from: { number: NUMBER, name: 'Anna' }, ...more } as Call;
}

async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
}

async function givesUp(id: string, { queueId = 'sales', waitedMs = 9_000, at = 500, more = {} } = {}): Promise<void> {
  const ended = { ...callEnded('answered'), outcome: 'abandoned', queueId, waitedMs } as ReturnType<typeof callEnded>;
  abandoned.callPublished(customers(id, more), [{ ...ended, callId: id, seq: 9, at, v: 1 }]);
  await settled();
}

async function reaches(agentId: string, queueId: string | null, more: Partial<Call> = {}): Promise<void> {
  const connected = { type: 'call.connected', lineId: 'l1', legId: 'a', legIds: ['a', 'c'], waitedMs: 1 } as const;
  const event = { ...connected, agentId, queueId, callId: 'again', seq: 5, at: 600, v: 1 } as const;
  abandoned.callPublished(customers('again', more), [event]);
  await settled();
}

const all = async () => (await store.ofOrigin(NUMBER)).map(({ id, state }) => [id, state]);
const made = (more: Partial<Callback> = {}) => callback({ origin: { callId: 'c1', number: NUMBER }, ...more });

describe('a caller gives up', () => {
  test('and is to be called back as the queue says', async () => {
    await givesUp('c1');
    expect(await store.get('c1~abandoned')).toMatchObject({
      number: NUMBER,
      name: 'Anna',
      queueId: 'sales',
      priority: 'high',
      zone: 'Europe/Moscow',
      origin: { callId: 'c1', number: NUMBER },
    });
  });

  test('twice: is called back once', async () => {
    await Promise.all([givesUp('c1'), givesUp('c2')]);
    expect(await all()).toEqual([['c1~abandoned', 'scheduled']]);
  });

  test('again after having been called back: is called back again', async () => {
    await givesUp('c1');
    await store.change('c1~abandoned', (each) => ({ ...each, state: 'done', updatedAt: 600 }));
    await givesUp('c2', { at: 700 });
    expect(await all()).toEqual([
      ['c2~abandoned', 'scheduled'],
      ['c1~abandoned', 'done'],
    ]);
  });

  test.each([
    ['sooner than the queue says', { waitedMs: 4_999 }],
    ['in a queue that calls nobody back', { queueId: 'service' }],
    ['without a number', { more: { from: { number: '', name: '' } } }],
    ['in a call that was made from here', { more: { direction: 'outbound' as const } }],
  ])('%s: is not called back', async (_what, how) => {
    await givesUp('c1', how);
    expect(await all()).toEqual([]);
  });

  test('while no controller runs: the next one calls back, and only those nobody has seen to since', async () => {
    past = [
      { id: 'c2', fromNumber: '79160000002', fromName: '', queueId: 'sales', waitedMs: 9_000, endedAt: 900_000 },
      { id: 'c1', fromNumber: NUMBER, fromName: '', queueId: 'sales', waitedMs: 9_000, endedAt: 800_000 },
    ];
    await store.add(made({ state: 'failed', updatedAt: 850_000 }));
    abandoned.start();
    await settled();
    expect(await all()).toEqual([['cb1', 'failed']]);
    expect((await store.ofOrigin('79160000002')).map(({ id }) => id)).toEqual(['c2~abandoned']);
  });
});

describe('the customer calls again and reaches an agent', () => {
  test.each([
    ['of the queue', 'anna', 'sales', 'closed'],
    ['who serves the queue, in another way', 'anna', null, 'closed'],
    ['of another queue', 'boris', 'service', 'scheduled'],
  ] as const)('%s: %s, %s: %s', async (_who, agentId, queueId, state) => {
    await store.add(made());
    await reaches(agentId, queueId);
    expect((await store.get('cb1'))?.state).toBe(state);
  });

  test('a personal one is closed by its agent alone', async () => {
    await store.add(made({ queueId: null, agentId: 'boris' }));
    await reaches('anna', 'sales');
    expect((await store.get('cb1'))?.state).toBe('scheduled');
    await reaches('boris', null);
    expect((await store.get('cb1'))?.state).toBe('closed');
  });

  test('one that was agreed on, and not made from a call, stays', async () => {
    await store.add(callback());
    await reaches('anna', 'sales');
    expect((await store.get('cb1'))?.state).toBe('scheduled');
  });

  test('while being called: the attempt is withdrawn', async () => {
    await store.add(made());
    await store.change('cb1', (each) => begun(each, 'call-1', 1));
    await reaches('anna', 'sales');
    expect(withdrawn).toEqual(['cb1']);
  });

  test('after a restart it is known who is to be called back', async () => {
    const before = store;
    await before.add(made());
    await abandoned.open();
    await reaches('anna', 'sales');
    expect((await before.get('cb1'))?.state).toBe('closed');
  });
});

describe('before an attempt', () => {
  test.each([
    ['the customer calls just now', true, [], 'calls'],
    ['nothing has happened', false, [], 'nothing'],
    ['the customer talked with an agent of the queue', false, [{ connectedAt: 5, agentId: 'anna' }], 'reached'],
    ['that was before it was made', false, [{ connectedAt: 1, agentId: 'anna' }], 'nothing'],
    ['with somebody else', false, [{ connectedAt: 5, agentId: 'boris', queueId: 'service' }], 'nothing'],
  ] as const)('%s', async (_what, calls, records, since) => {
    callsNow = calls;
    past = records.map((record) => ({ queueId: null, ...record }));
    expect(await abandoned.customerSince(made({ createdAt: 3 }))).toBe(since);
  });
});

describe('made by hand from a past call', () => {
  const record = { id: 'c1', fromNumber: NUMBER, fromName: 'Anna', queueId: 'sales', outcome: 'abandoned' };
  const found = (more: Partial<CallRecord>) => ({
    store,
    routing: () => ({ ...noRouting, settings }),
    history: { call: async () => ({ record: { ...record, ...more } as CallRecord, events: [] }) },
  });
  const ANNA = { agentId: 'anna', role: 'agent' } as const;

  test('by an agent of its queue', async () => {
    expect(await abandonedCall(found({}), ANNA, 'c1')).toMatchObject({ id: 'c1', fromNumber: NUMBER });
  });

  test.each([
    ['by an agent of another queue', { agentId: 'boris', role: 'agent' } as const, {}, 'notFound'],
    ['a call that was answered', ANNA, { outcome: 'answered' }, 'wrongState'],
    ['a call without a number', ANNA, { fromNumber: '' }, 'wrongState'],
  ])('%s: refused', async (_what, viewer, more, refused) => {
    expect(await abandonedCall(found(more), viewer, 'c1')).toMatchObject({ refused });
  });

  test('a second time while the first is open: refused', async () => {
    await store.add(made());
    expect(await abandonedCall(found({}), ANNA, 'c1')).toMatchObject({
      refused: 'alreadyExists',
      details: { callbackId: 'cb1' },
    });
  });
});
