/** How callbacks are asked for: by the clock there, or in so many minutes. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import { createExecutor, type Execute } from '../../src/app/catalogue/execute.js';
import { createFakeApplication, type FakeApplication, silentLog } from '../support/fake-application.js';
import { memoryMessages } from '../support/memory-messages.js';

const MINUTE_MS = 60_000;
let application: FakeApplication;
let execute: Execute;

beforeEach(async () => {
  application = await createFakeApplication();
  await application.configure((store) =>
    store.saveOutgoingRule({
      ...{ id: 'out', position: 1, pattern: '8X.', strip: 1, prepend: '', address: 'PJSIP/{number}@trunk' },
      ...{ callerNumber: null, record: false, detectMachines: false },
    }),
  );
  const { messages } = memoryMessages();
  const logins = { revokeAll: async () => undefined, setPin: async () => undefined };
  execute = createExecutor({ application, messages, logins, log: silentLog });
});

async function schedule(input: object): Promise<unknown> {
  const asked = { number: '89161234567', ...input };
  const outcome = await execute({ agentId: 'anna', role: 'agent' }, 'callback.schedule', asked);
  return outcome.ok ? outcome.result : outcome.error;
}

describe('in so many minutes', () => {
  test('the zone is the centre’s', async () => {
    const now = application.now();
    expect(await schedule({ inMinutes: 30 })).toMatchObject({
      clockChange: 'none',
      callback: { zone: 'Europe/Moscow', dueAt: now + 30 * MINUTE_MS, queueId: null, agentId: 'anna' },
    });
  });

  test('or the one that is told', async () => {
    const told = await schedule({ inMinutes: 30, zone: 'Asia/Tokyo' });
    expect(told).toMatchObject({ callback: { zone: 'Asia/Tokyo', dueAt: application.now() + 30 * MINUTE_MS } });
    expect(told).not.toHaveProperty('callback.at');
  });
});

test.each([
  ['neither', {}, 'local'],
  ['both', { inMinutes: 30, local: '2099-11-23T10:00', zone: 'Europe/Moscow' }, 'local'],
  ['the clock there, and no zone', { local: '2099-11-23T10:00' }, 'zone'],
] as const)('%s is refused', async (_, input, field) => {
  expect(await schedule(input)).toMatchObject({ code: 'invalidInput', details: { field } });
});

test.each([
  ['hours that end before they begin', { hours: [{ days: ['mon'], from: '12:00', to: '09:00' }] }, 'hours.0.to'],
  ['a day that there is not', { hours: [{ days: ['monday'], from: '09:00', to: '12:00' }] }, 'hours.0.days.0'],
  ['no attempt', { attempts: 0 }, 'attempts'],
  ['an unknown result', { retryMs: { sulking: 1 } }, 'retryMs'],
  ['a sound outside of the folder', { greeting: '../secret' }, 'greeting'],
])('a queue’s rule: %s is refused with its place', async (_, rule, place) => {
  const asked = { id: 'sales', name: 'Sales', callbacks: rule };
  const outcome = await execute({ agentId: 'vera', role: 'supervisor' }, 'configuration.queues.save', asked);
  expect(JSON.stringify(outcome)).toContain(`callbacks.${place}`);
  expect(outcome).toMatchObject({ ok: false, error: { code: 'invalidInput' } });
});
