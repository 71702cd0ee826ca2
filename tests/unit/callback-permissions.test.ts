/** Who may see, make, change and take over which callback; and what a queue's rule allows. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import type { Viewer } from '../../src/app/application.js';
import { type CallbackRequest, Callbacks } from '../../src/app/callbacks/callbacks.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import type { Callback } from '../../src/core/callback/callback.js';
import { QUEUE_CALLBACK_RULE, type QueueCallbackRule } from '../../src/core/callback/rule.js';
import { isRefusal } from '../../src/core/refusal.js';
import { callback } from '../support/callback-scene.js';
import { initialConfiguration } from '../support/fake-configuration.js';
import { MemoryCallbacks, noRouting } from '../support/memory-callbacks.js';

const NOW = Date.UTC(2026, 10, 23, 9);
/** Anna serves sales, boris serves service; vera is a supervisor. */
const MEMBERS = [
  { queueId: 'sales', agentId: 'anna', priority: 0 },
  { queueId: 'service', agentId: 'boris', priority: 0 },
];
const RULE = {
  id: 'out',
  position: 1,
  pattern: '8X.',
  strip: 1,
  prepend: '',
  address: 'PJSIP/{number}@trunk',
} as const;
const VIEWERS: Readonly<Record<string, Viewer>> = {
  anna: { agentId: 'anna', role: 'agent' },
  boris: { agentId: 'boris', role: 'agent' },
  vera: { agentId: 'vera', role: 'supervisor' },
};
let store: MemoryCallbacks;
let rule: QueueCallbackRule;
let callbacks: Callbacks;

beforeEach(() => {
  store = new MemoryCallbacks();
  rule = QUEUE_CALLBACK_RULE;
  const settings = () =>
    indexSettings({
      ...initialConfiguration,
      members: MEMBERS,
      queues: initialConfiguration.queues.map((queue) => ({ ...queue, callbacks: rule })),
      outgoingRules: [{ ...RULE, callerNumber: null, record: false, detectMachines: false }],
    });
  callbacks = new Callbacks({
    store,
    history: { call: async () => null },
    clock: { now: () => NOW },
    routing: () => ({ ...noRouting, settings: settings() }),
    changed: () => undefined,
  });
});

const viewer = (name: string): Viewer => VIEWERS[name] ?? { agentId: name, role: 'agent' };
const request = (queueId: string | null, more: Partial<CallbackRequest> = {}): CallbackRequest => ({
  ...{ number: '89161234567', name: '', clientCode: null, queueId, priority: 'medium' },
  ...{ local: '2026-11-23T15:00', zone: 'Europe/Moscow' },
  ...more,
});
const said = (result: object) => (isRefusal(result) ? result.refused : 'ok');

/** Of sales, by boris; personal ones. */
const KINDS: Readonly<Record<string, Partial<Callback>>> = {
  'of sales, made by a supervisor': { queueId: 'sales', createdBy: 'vera' },
  'of sales, made by boris': { queueId: 'sales', createdBy: 'boris' },
  'personal, anna’s': { queueId: null, agentId: 'anna', createdBy: 'anna' },
  'personal, boris’s': { queueId: null, agentId: 'boris', createdBy: 'boris' },
  'personal, boris’s, made by anna': { queueId: null, agentId: 'boris', createdBy: 'anna' },
  'of service, made by a caller': { queueId: 'service', createdBy: '(customer)' },
};

describe.each([
  ['of sales, made by a supervisor', 'anna', 'ok'],
  ['of sales, made by a supervisor', 'boris', 'notFound'],
  ['of sales, made by a supervisor', 'vera', 'ok'],
  ['of sales, made by boris', 'boris', 'ok'],
  ['personal, anna’s', 'anna', 'ok'],
  ['personal, anna’s', 'boris', 'notFound'],
  ['personal, anna’s', 'vera', 'ok'],
  ['personal, boris’s', 'anna', 'notFound'],
  ['personal, boris’s, made by anna', 'anna', 'ok'],
  ['of service, made by a caller', 'anna', 'notFound'],
  ['of service, made by a caller', 'boris', 'ok'],
] as const)('%s, for %s: %s', (kind, who, answer) => {
  const own = who === 'anna' ? 'sales' : null;
  test.each([
    ['get', () => callbacks.get(viewer(who), 'cb1')],
    ['change', () => callbacks.change(viewer(who), 'cb1', request(own))],
    ['callNow', () => callbacks.callNow(viewer(who), 'cb1')],
    ['takeOver', () => callbacks.takeOver(viewer(who), 'cb1')],
    ['cancel', () => callbacks.cancel(viewer(who), 'cb1')],
  ] as const)('%s', async (_, ask) => {
    await store.add(callback(KINDS[kind]));
    const before = await store.get('cb1');
    expect(said(await ask())).toBe(answer);
    if (answer === 'notFound') expect(await store.get('cb1')).toEqual(before);
  });
});

describe('made', () => {
  test.each([
    ['anna', null, 'ok'],
    ['anna', 'sales', 'ok'],
    ['anna', 'service', 'notFound'],
    ['vera', 'service', 'ok'],
    ['vera', 'nowhere', 'notFound'],
  ] as const)('by %s for %s: %s', async (who, queueId, answer) => {
    expect(said(await callbacks.schedule(viewer(who), request(queueId)))).toBe(answer);
  });

  test('for a queue whose callbacks only supervisors schedule', async () => {
    rule = { ...rule, agentsMaySchedule: false };
    expect(said(await callbacks.schedule(viewer('anna'), request('sales')))).toBe('forbidden');
    expect(said(await callbacks.schedule(viewer('vera'), request('sales')))).toBe('ok');
    await store.add(callback({ queueId: null, agentId: 'anna' }));
    expect(said(await callbacks.change(viewer('anna'), 'cb1', request('sales')))).toBe('forbidden');
  });

  test('one too many, or too far ahead', async () => {
    rule = { ...rule, mostOpen: 1, furthestDays: 2 };
    const far = request('sales', { local: '2026-11-26T15:00' });
    expect(await callbacks.schedule(viewer('anna'), far)).toMatchObject({
      refused: 'invalidInput',
      details: { field: 'local' },
    });
    const first = await callbacks.schedule(viewer('anna'), request('sales'));
    if (isRefusal(first)) throw new Error(first.message);
    expect(said(await callbacks.schedule(viewer('vera'), request('sales')))).toBe('tooMany');
    expect(said(await callbacks.change(viewer('anna'), first.callback.id, request('sales')))).toBe('ok');
    expect(said(await callbacks.schedule(viewer('anna'), request(null)))).toBe('ok');
    await callbacks.cancel(viewer('anna'), first.callback.id);
    expect(said(await callbacks.schedule(viewer('vera'), request('sales')))).toBe('ok');
  });

  test.each([
    ['a number that the agent may not dial', { number: '112' }, 'numberNotAllowed', undefined],
    ['a time that has passed', { local: '2026-11-23T11:58' }, 'invalidInput', 'local'],
    ['a zone that there is not', { zone: 'Europe/Nowhere' }, 'invalidInput', 'zone'],
    ['no date', { local: '2026-02-30T10:00' }, 'invalidInput', 'local'],
  ] as const)('%s', async (_, more, refused, field) => {
    const answer = await callbacks.schedule(viewer('anna'), request('sales', more));
    expect(answer).toMatchObject(field === undefined ? { refused } : { refused, details: { field } });
  });
});

test('a moment that is told as such is kept, also in the second of two hours of the same name', async () => {
  const at = Date.UTC(2027, 9, 31, 1, 10);
  const asked = request('sales', { local: '2027-10-31T02:10', zone: 'Europe/Berlin', at });
  expect(await callbacks.schedule(viewer('anna'), asked)).toMatchObject({
    clockChange: 'none',
    callback: { dueAt: at },
  });
});

test('taken over it is personal, and nobody need be told of it any more', async () => {
  await store.add(callback({ queueId: 'sales', overdueSince: 5 }));
  expect(await callbacks.takeOver(viewer('anna'), 'cb1')).toMatchObject({
    ...{ queueId: null, agentId: 'anna', overdueSince: null, state: 'scheduled' },
  });
});
