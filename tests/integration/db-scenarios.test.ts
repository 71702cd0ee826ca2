/** Scenarios on real databases: drafts, versions that never change, and what may not be taken away from under them. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Database, openDatabase } from '../../src/db/database.js';
import { account, QUEUE } from '../support/configuration.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';

const AT = { by: 'vera', at: 1_700_000_000_000 };
const LATER = { by: 'boris', at: 1_700_000_001_000 };
const END = { type: 'hangUp' };
const draft = (name: string, steps: object = {}) => ({ name, start: 'a', steps: { a: END, ...steps } });
const ANSWERS = {
  a: { type: 'queue', queueId: QUEUE.id, next: 'b' },
  b: { type: 'agent', agentId: 'a101', next: 'c' },
  c: END,
};

describe.each(databaseKinds())('on $name', (kind) => {
  let place: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    place = await kind.create();
    database = await openDatabase({ url: place.url }, quietLog);
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  const publish = async (id: string, content: Readonly<Record<string, unknown>>) => {
    await database.scenarios.save(id, content, AT);
    return await database.scenarios.publish(id, content, LATER);
  };
  const inForce = async () =>
    (await database.configuration.load()).scenarios.map(({ id, version, scenario }) => [id, version, scenario.name]);

  test('a draft is kept as it was given, faulty or not, and leads nobody anywhere', async () => {
    const faulty = { name: 5, ключ: ['«»', null], __proto: {} };
    await database.scenarios.save('day', faulty, AT);
    const kept = { id: 'day', draft: faulty, version: null, changedAt: AT.at, changedBy: 'vera' };
    expect(await database.scenarios.find('day')).toEqual(kept);
    expect(await database.scenarios.list()).toEqual([kept]);
    expect(await inForce()).toEqual([]);
    expect(await database.scenarios.find('night')).toBeNull();
  });

  test('versions count on, the newest is in force, and an older one stays as it was', async () => {
    expect(await publish('day', draft('one'))).toBe(1);
    expect(await publish('day', draft('two'))).toBe(2);
    await database.scenarios.save('day', draft('three'), AT);
    expect(await inForce()).toEqual([['day', 2, 'two']]);
    expect((await database.scenarios.version({ id: 'day', version: 1 }))?.scenario.name).toBe('one');
    expect(await database.scenarios.version({ id: 'day', version: 3 })).toBeNull();
    const [newest] = await database.scenarios.versions('day');
    expect(newest).toEqual({ version: 2, publishedAt: LATER.at, publishedBy: 'boris' });
  });

  test('one that was removed is nowhere but for the calls that are in it; its number of versions goes on', async () => {
    await publish('day', draft('one'));
    expect(await database.scenarios.remove('day', LATER)).toBe(true);
    expect([await database.scenarios.find('day'), await inForce()]).toEqual([null, []]);
    expect(await database.scenarios.remove('day', LATER)).toBe(false);
    expect((await database.scenarios.version({ id: 'day', version: 1 }))?.scenario.name).toBe('one');
    expect(await publish('day', draft('two'))).toBe(2);
  });

  test('nothing is taken away that a number, a queue or a scenario leads to', async () => {
    const { configuration, scenarios } = database;
    await configuration.saveQueue(QUEUE);
    await configuration.saveAgent(account('101'));
    const to = { kind: 'scenario', scenarioId: 'day' } as const;
    const route = { number: '100', to, priority: 0, record: false };
    await expect(configuration.saveRoute(route)).rejects.toMatchObject({ code: 'unknownReference', field: 'to' });
    await scenarios.save('day', draft('one'), AT);
    await expect(configuration.saveRoute(route)).rejects.toMatchObject({ code: 'unknownReference' });
    await publish('day', draft('one', ANSWERS));
    await configuration.saveRoute(route);
    await expect(scenarios.remove('day', AT)).rejects.toMatchObject({ code: 'stillInUse', field: 'route' });
    await expect(configuration.removeQueue(QUEUE.id)).rejects.toMatchObject({ code: 'stillInUse', field: 'scenario' });
    await expect(configuration.removeAgent('a101')).rejects.toMatchObject({ code: 'stillInUse', field: 'scenario' });
    await configuration.removeRoute('100');
    await publish('night', draft('night', { a: { type: 'scenario', scenarioId: 'day' } }));
    await expect(scenarios.remove('day', AT)).rejects.toMatchObject({ code: 'stillInUse', field: 'scenario' });
    await publish('night', draft('night'));
    expect(await scenarios.remove('day', AT)).toBe(true);
    expect(await configuration.removeQueue(QUEUE.id)).toBe(true);
  });
});
