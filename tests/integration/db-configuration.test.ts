/** Configuration and credentials on real databases. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AgentAccount, CentreSettings } from '../../src/app/directory.js';
import { DEFAULT_FEATURE_CODES } from '../../src/app/feature-codes/features.js';
import { PERSONAL_CALLBACK_RULE, QUEUE_CALLBACK_RULE } from '../../src/core/callback/rule.js';
import type { QueueSettings } from '../../src/core/queue/settings.js';
import { type Database, openDatabase } from '../../src/db/database.js';
import { callback } from '../support/callback-scene.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';
import { agentEntry } from '../support/journal-entries.js';

const anna: AgentAccount = {
  id: 'anna',
  login: 'anna',
  name: "Anna O'Neil",
  number: '101',
  role: 'agent',
  language: 'ru',
  allow: ['8XXXXXXXXXX', '1.'],
  devices: [
    { id: 'd2', address: 'PJSIP/101', autoAnswer: true },
    { id: 'd1', address: 'PJSIP/101-web', autoAnswer: false },
  ],
  disabled: false,
  record: true,
  mayRecord: true,
  teamId: null,
};
const boris: AgentAccount = { ...anna, id: 'boris', login: 'boris', number: '102', devices: [] };
const sales: QueueSettings = {
  id: 'sales',
  name: 'Sales',
  number: '800',
  strategy: 'longestIdle',
  ringMs: 15000,
  wrapUpMs: 10000,
  retryMs: { busy: 1, rejected: 2, noAnswer: 3, unavailable: 4 },
  maxWaitMs: null,
  overflow: { kind: 'fallback' },
  joinWhenEmpty: 'always',
  leaveWhenEmpty: 'receiving',
  callBackAbandoned: { waitedMs: 5_000, priority: 'high', zone: 'Europe/Moscow' },
  music: 'default',
  language: 'en',
  announce: { position: true, estimatedWait: false, firstMs: 5000, everyMs: 30000 },
  priority: 0,
  serviceLevelMs: 20000,
  record: true,
  callbacks: QUEUE_CALLBACK_RULE,
};
const conflict = (code: string, field: string) => ({ code, field });

describe.each(databaseKinds())('the configuration on $name', ({ create }) => {
  let place: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    place = await create();
    database = await openDatabase({ url: place.url }, quietLog);
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  test('a new centre has the system’s statuses and defaults', async () => {
    const { statuses, centre, agents } = await database.configuration.load();
    expect(statuses.map(({ id, receiving, selectable }) => [id, receiving, selectable])).toEqual([
      ['sessionStart', false, false],
      ['ready', true, true],
      ['notReady', false, true],
      ['working', false, true],
      ['callHandling', false, true],
      ['noAnswer', false, false],
    ]);
    expect(statuses[1]?.name).toEqual({ en: 'Ready', ru: 'Готов' });
    expect(centre).toEqual({
      statusAfterLogin: 'sessionStart',
      missedLimit: 1,
      directRingMs: 30_000,
      defaultRoute: { kind: 'fallback' },
      recordingNotice: 'none',
      recordingRetentionDays: null,
      recordingMinimumFreeMb: 500,
      agentsMayListen: true,
      hangUpOnConsult: 'recall',
      transferRingMs: 30_000,
      conferenceSounds: true,
      holdMusic: 'default',
      defaultCountry: 'RU',
      blockedCallers: 'declined',
      managerWaitMs: 0,
      pickUpFrom: 'ownQueues',
      featureCodes: DEFAULT_FEATURE_CODES,
      parkingFirstSlot: 701,
      parkingLastSlot: 720,
      parkingLimitMs: 120_000,
      personalCallbacks: PERSONAL_CALLBACK_RULE,
      timeZone: 'Europe/Moscow',
    });
    expect(agents).toEqual([]);
  });

  test('what is saved is what is loaded, and saving again replaces it', async () => {
    const { configuration } = database;
    await configuration.saveAgent({ ...anna, number: '999', devices: [] });
    await configuration.saveAgent(anna);
    await configuration.saveQueue(sales);
    const other: QueueSettings = {
      ...sales,
      id: 'other',
      name: 'Other',
      number: null,
      overflow: { kind: 'queue', queueId: 'sales' },
    };
    await configuration.saveQueue(other);
    await configuration.saveMember({ queueId: 'sales', agentId: 'anna', priority: 1 });
    await configuration.saveMember({ queueId: 'sales', agentId: 'anna', priority: 2 });
    const route = { number: '+15550100', to: { kind: 'queue', queueId: 'sales' }, priority: 5, record: true } as const;
    await configuration.saveRoute(route);
    const rule = {
      id: 'r',
      position: 1,
      pattern: '9.',
      strip: 1,
      prepend: '8',
      address: 'PJSIP/{number}@trunk',
      callerNumber: null,
      record: true,
      detectMachines: true,
    };
    await configuration.saveOutgoingRule(rule);
    const lunch = {
      id: 'lunch',
      name: { en: 'Lunch', ru: 'Обед' },
      receiving: false,
      selectable: true,
      blocking: false,
      position: 9,
    };
    await configuration.saveStatus(lunch);
    const centre: CentreSettings = {
      statusAfterLogin: 'ready',
      missedLimit: 3,
      directRingMs: 1000,
      defaultRoute: { kind: 'queue', queueId: 'sales' },
      recordingNotice: 'announcement',
      recordingRetentionDays: 90,
      recordingMinimumFreeMb: 1000,
      agentsMayListen: false,
      hangUpOnConsult: 'complete',
      transferRingMs: 20_000,
      conferenceSounds: false,
      defaultCountry: 'DE',
      blockedCallers: 'busy',
      managerWaitMs: 5_000,
      holdMusic: 'hold',
      pickUpFrom: 'all',
      featureCodes: [{ code: '*55', feature: 'setStatus', statusId: 'lunch' }],
      parkingFirstSlot: 8001,
      parkingLastSlot: 8001,
      parkingLimitMs: 60_000,
      personalCallbacks: { ...PERSONAL_CALLBACK_RULE, attempts: 5 },
      timeZone: 'Asia/Omsk',
    };
    await configuration.saveCentre(centre);
    await configuration.savePhoneLogin({ address: 'PJSIP/199', agentId: 'anna' });
    const loaded = await configuration.load();
    expect(loaded).toEqual({
      agents: [anna],
      queues: [other, sales],
      members: [{ queueId: 'sales', agentId: 'anna', priority: 2 }],
      scenarios: [],
      statuses: loaded.statuses,
      routes: [route],
      outgoingRules: [rule],
      keySets: [],
      phoneLogins: [{ address: 'PJSIP/199', agentId: 'anna' }],
      trainers: [],
      teams: [],
      centre,
    });
    expect(loaded.statuses.at(-1)).toEqual(lunch);
  });

  test('keys are kept for their owner, and go with it', async () => {
    const { configuration } = database;
    await configuration.saveAgent(anna);
    await configuration.saveQueue(sales);
    const key = { sequence: '*1', option: { kind: 'transfer', number: null }, reserved: false } as const;
    const centre = {
      scope: 'centre',
      ownerId: 'centre',
      betweenDigitsMs: 900,
      keys: [{ ...key, reserved: true }],
    } as const;
    const own = { scope: 'agent', ownerId: 'anna', betweenDigitsMs: null, keys: [key] } as const;
    const customers = { ...own, scope: 'customer', ownerId: 'sales' } as const;
    for (const set of [centre, { ...own, keys: [] }, own, customers]) await configuration.saveKeySet(set);
    expect((await configuration.load()).keySets).toEqual([own, centre, customers]);
    await expect(configuration.saveKeySet({ ...own, ownerId: 'nobody' })).rejects.toMatchObject(
      conflict('unknownReference', 'ownerId'),
    );
    await configuration.removeAgent('anna');
    await configuration.removeQueue('sales');
    expect(await configuration.removeKeySet('centre', 'centre')).toBe(true);
    expect(await configuration.removeKeySet('centre', 'centre')).toBe(false);
    expect((await configuration.load()).keySets).toEqual([]);
  });

  test('logins, internal numbers, queue names and devices belong to one owner', async () => {
    const { configuration } = database;
    await configuration.saveAgent(anna);
    await configuration.saveQueue(sales);
    await expect(configuration.saveAgent({ ...boris, login: 'anna' })).rejects.toMatchObject(
      conflict('alreadyExists', 'login'),
    );
    await expect(configuration.saveAgent({ ...boris, number: '800' })).rejects.toMatchObject(
      conflict('alreadyExists', 'number'),
    );
    await expect(configuration.saveAgent({ ...boris, devices: anna.devices })).rejects.toMatchObject(
      conflict('alreadyExists', 'devices'),
    );
    await expect(configuration.saveQueue({ ...sales, id: 'x', name: 'X', number: '101' })).rejects.toMatchObject(
      conflict('alreadyExists', 'number'),
    );
    await expect(configuration.saveQueue({ ...sales, id: 'x', number: null })).rejects.toMatchObject(
      conflict('alreadyExists', 'name'),
    );
    expect((await configuration.load()).agents).toEqual([anna]);
    await configuration.saveAgent({ ...anna, number: '103' });
    await configuration.saveAgent({ ...boris, number: '101' });
    expect((await configuration.load()).agents.map((agent) => agent.number)).toEqual(['103', '101']);
  });

  test('nothing may lead to what does not exist', async () => {
    const { configuration } = database;
    await expect(configuration.saveMember({ queueId: 'none', agentId: 'x', priority: 1 })).rejects.toMatchObject(
      conflict('unknownReference', 'queueId'),
    );
    await expect(
      configuration.saveRoute({ number: '1', to: { kind: 'agent', agentId: 'x' }, priority: 0, record: false }),
    ).rejects.toMatchObject(conflict('unknownReference', 'to'));
    await expect(
      configuration.saveQueue({ ...sales, overflow: { kind: 'queue', queueId: 'x' } }),
    ).rejects.toMatchObject(conflict('unknownReference', 'overflow'));
    const { centre, queues } = await configuration.load();
    expect(queues).toEqual([]);
    await expect(configuration.saveCentre({ ...centre, statusAfterLogin: 'x' })).rejects.toMatchObject(
      conflict('unknownReference', 'statusAfterLogin'),
    );
  });

  test('callbacks lead to what exists, and that stays', async () => {
    const { configuration } = database;
    const rule = (more: Partial<QueueSettings['callbacks']>) =>
      configuration.saveQueue({ ...sales, callbacks: { ...QUEUE_CALLBACK_RULE, ...more } });
    await expect(rule({ fallback: { kind: 'queue', queueId: 'x' } })).rejects.toMatchObject(
      conflict('unknownReference', 'callbacks.fallback'),
    );
    await expect(rule({ greeting: { message: 'x' } })).rejects.toMatchObject(
      conflict('unknownReference', 'callbacks.greeting.message'),
    );
    const { centre } = await configuration.load();
    const takenOver = (queueId: string) => {
      const { away } = PERSONAL_CALLBACK_RULE;
      const loggedOut = { waitMs: 0, queueId };
      return configuration.saveCentre({
        ...centre,
        personalCallbacks: { ...PERSONAL_CALLBACK_RULE, away: { ...away, loggedOut } },
      });
    };
    await expect(takenOver('x')).rejects.toMatchObject(
      conflict('unknownReference', 'personalCallbacks.away.loggedOut.queueId'),
    );
    await configuration.saveQueue({ ...sales, id: 'other', name: 'Other', number: null });
    await rule({ fallback: { kind: 'queue', queueId: 'other' } });
    await takenOver('sales');
    await expect(configuration.removeQueue('other')).rejects.toMatchObject(
      conflict('stillInUse', 'callbacks.fallback'),
    );
    await expect(configuration.removeQueue('sales')).rejects.toMatchObject(conflict('stillInUse', 'personalCallbacks'));
  });

  test('a queue whose customers are to be called back stays until they are', async () => {
    const { configuration, callbacks } = database;
    await configuration.saveQueue(sales);
    await callbacks.add(callback({ queueId: 'sales' }));
    await expect(configuration.removeQueue('sales')).rejects.toMatchObject(conflict('stillInUse', 'callbacks'));
    await callbacks.change('cb1', (each) => ({ ...each, state: 'cancelled', nextAt: null }));
    expect(await configuration.removeQueue('sales')).toBe(true);
  });

  test('what is still in use cannot be removed', async () => {
    const { configuration, journal } = database;
    await configuration.saveAgent(anna);
    await configuration.saveQueue(sales);
    await configuration.saveRoute({ number: '1', to: { kind: 'queue', queueId: 'sales' }, priority: 0, record: false });
    await configuration.saveRoute({ number: '2', to: { kind: 'agent', agentId: 'anna' }, priority: 0, record: false });
    await expect(configuration.removeQueue('sales')).rejects.toMatchObject(conflict('stillInUse', 'route'));
    await expect(configuration.removeAgent('anna')).rejects.toMatchObject(conflict('stillInUse', 'route'));
    await expect(configuration.removeStatus('ready')).rejects.toMatchObject(conflict('stillInUse', 'system'));
    const [first] = (await configuration.load()).statuses;
    if (first === undefined) throw new Error('no status');
    await configuration.saveStatus({ ...first, id: 'lunch' });
    const { centre } = await configuration.load();
    const lunch = { code: '*55', feature: 'setStatus', statusId: 'lunch' } as const;
    const nowhere = { code: '*56', feature: 'setStatus', statusId: 'nowhere' } as const;
    await expect(configuration.saveCentre({ ...centre, featureCodes: [lunch, nowhere] })).rejects.toMatchObject(
      conflict('unknownReference', 'featureCodes.1.statusId'),
    );
    await configuration.saveCentre({ ...centre, featureCodes: [lunch] });
    const dialled = { ...conflict('stillInUse', 'featureCodes'), usedBy: '*55' };
    await expect(configuration.removeStatus('lunch')).rejects.toMatchObject(dialled);
    await configuration.saveCentre({ ...centre, featureCodes: [] });
    const entry = agentEntry('anna', 1, 1, { type: 'agent.loggedIn', sessionId: 's' });
    if (entry.stream !== 'agent') throw new Error('not an agent');
    const status = { id: 'lunch', since: 1, setBy: 'agent', blocking: false, until: null, next: null } as const;
    await journal.append({ ...entry, state: { ...entry.state, status } });
    await expect(configuration.removeStatus('lunch')).rejects.toMatchObject(conflict('stillInUse', 'agent'));
    expect(await configuration.removeRoute('1')).toBe(true);
    expect(await configuration.removeRoute('1')).toBe(false);
    expect(await configuration.removeQueue('sales')).toBe(true);
    expect(await configuration.removeOutgoingRule('none')).toBe(false);
  });

  test('removing an agent takes devices, memberships and logins along and frees the number', async () => {
    const { configuration, credentials } = database;
    await configuration.saveAgent(anna, 'hash');
    await configuration.saveQueue(sales);
    await configuration.saveMember({ queueId: 'sales', agentId: 'anna', priority: 1 });
    await credentials.saveToken('t', 'anna', 1, 100);
    expect(await configuration.removeAgent('anna')).toBe(true);
    expect(await configuration.removeAgent('anna')).toBe(false);
    expect(await credentials.tokenOwner('t', 2)).toBeNull();
    expect(await credentials.passwordHash('anna')).toBeNull();
    expect(await configuration.load()).toMatchObject({ agents: [], members: [] });
    await configuration.saveAgent({ ...boris, number: '101', devices: anna.devices });
  });

  test('a password stays until replaced, and a disabled account neither logs in nor stays logged in', async () => {
    const { configuration, credentials } = database;
    await configuration.saveAgent(anna);
    expect(await credentials.passwordHash('anna')).toBeNull();
    await configuration.saveAgent(anna, 'first');
    await configuration.saveAgent({ ...anna, name: 'Anna' });
    expect(await credentials.passwordHash('anna')).toEqual({ agentId: 'anna', hash: 'first' });
    await credentials.saveToken('t', 'anna', 1, 100);
    await configuration.saveAgent({ ...anna, disabled: true });
    expect(await credentials.passwordHash('anna')).toBeNull();
    expect(await credentials.tokenOwner('t', 2)).toBeNull();
  });

  test('a token is good until it expires or is removed', async () => {
    const { configuration, credentials } = database;
    await configuration.saveAgent(anna);
    for (const token of ['t1', 't2', 't3']) await credentials.saveToken(token, 'anna', 1, 100);
    expect(await credentials.tokenOwner('t1', 99)).toBe('anna');
    expect(await credentials.tokenOwner('t1', 100)).toBeNull();
    await credentials.removeToken('t1');
    expect(await credentials.tokenOwner('t1', 2)).toBeNull();
    expect(await credentials.tokenOwner('t2', 2)).toBe('anna');
    await credentials.removeTokensOf('anna');
    expect(await credentials.tokenOwner('t3', 2)).toBeNull();
  });

  test('configuration changes and the journal do not disturb each other', async () => {
    const { configuration, journal } = database;
    await configuration.saveAgent(anna);
    const writes = Array.from({ length: 200 }, (_, seq) =>
      journal.append(agentEntry('x', seq + 1, seq, { type: 'agent.offered', callId: 'c' })),
    );
    const changes = Array.from({ length: 20 }, (_, n) =>
      configuration.saveRoute({
        number: String(n),
        to: { kind: 'agent', agentId: 'anna' },
        priority: n,
        record: false,
      }),
    );
    await Promise.all([...writes, ...changes]);
    expect((await configuration.load()).routes).toHaveLength(20);
  });
});
