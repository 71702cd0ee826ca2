/** Scenarios on real databases: drafts, versions that never change, and what may not be taken away from under them. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { VoicemailFilter, VoicemailRecord } from '../../src/app/scenarios/voicemail-store.js';
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

  test('a tag that a scenario gives keeps its word and stays enabled while the scenario is published', async () => {
    const { tags } = database.addressBook;
    const asked = { id: 't1', name: 'asked', colour: '#00ff00', enabled: true };
    await tags.save(asked, AT);
    const marks = draft('day', { a: { type: 'tag', tag: 'asked', next: 'b' }, b: END });
    await database.scenarios.save('day', marks, AT);
    expect(await tags.save({ ...asked, enabled: false }, AT)).toBe('saved');
    await tags.save(asked, AT);
    await database.scenarios.publish('day', marks, LATER);
    const inUse = { scenarioId: 'day' };
    expect(await tags.remove('t1', AT)).toEqual(inUse);
    expect(await tags.save({ ...asked, name: 'other' }, AT)).toEqual(inUse);
    expect(await tags.save({ ...asked, enabled: false }, AT)).toEqual(inUse);
    expect(await tags.save({ ...asked, colour: '#ff0000' }, AT)).toBe('saved');
    await database.scenarios.remove('day', LATER);
    expect(await tags.remove('t1', AT)).toBe(true);
  });
});

describe.each(databaseKinds())('voicemail on $name', (kind) => {
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

  const left: VoicemailRecord = {
    id: 'v1',
    to: { kind: 'queue', queueId: 'sales' },
    callId: 'c1',
    from: { number: '+79161234567', name: "Anna O'Neil" },
    sound: 'ringmaster/voicemail/v1',
    createdAt: 1_700_000_000_000,
    durationMs: 0,
    heardAt: null,
    heardBy: null,
  };
  const all = { boxes: null, onlyNew: false, since: 0, until: 2_000_000_000_000, limit: 10 };
  const ids = async (filter: Partial<VoicemailFilter>) =>
    (await database.voicemails.list({ ...all, ...filter })).map(({ id }) => id);

  test('nobody is shown it while it is recorded; then it is listed, the newest first', async () => {
    const { voicemails } = database;
    await voicemails.add(left);
    expect([await ids({}), await voicemails.find('v1')]).toEqual([[], null]);
    expect((await voicemails.unfinished(left.createdAt + 1)).map(({ id }) => id)).toEqual(['v1']);
    expect(await voicemails.unfinished(left.createdAt)).toEqual([]);
    await voicemails.ready('v1', 5_000);
    expect(await voicemails.find('v1')).toEqual({ ...left, durationMs: 5_000 });
    await voicemails.add({ ...left, id: 'v2', to: { kind: 'agent', agentId: 'anna' }, createdAt: left.createdAt + 1 });
    await voicemails.ready('v2', 1_000);
    expect(await ids({})).toEqual(['v2', 'v1']);
    expect(await ids({ limit: 1 })).toEqual(['v2']);
    expect(await ids({ since: left.createdAt, until: left.createdAt + 1 })).toEqual(['v1']);
    expect(await ids({ boxes: [{ kind: 'queue', queueId: 'sales' }] })).toEqual(['v1']);
    // An agent of this name is no queue of this name.
    expect(await ids({ boxes: [{ kind: 'agent', agentId: 'sales' }] })).toEqual([]);
    expect(await ids({ boxes: [] })).toEqual([]);
  });

  test('it is marked, withdrawn, and forgotten once its file is gone', async () => {
    const { voicemails } = database;
    await voicemails.add(left);
    await voicemails.ready('v1', 5_000);
    await voicemails.mark('v1', { at: 7, by: 'anna' });
    expect(await voicemails.find('v1')).toMatchObject({ heardAt: 7, heardBy: 'anna' });
    expect(await ids({ onlyNew: true })).toEqual([]);
    await voicemails.mark('v1', null);
    expect(await ids({ onlyNew: true })).toEqual(['v1']);
    await voicemails.forget('v1');
    expect(await ids({})).toEqual(['v1']);
    await voicemails.withdraw('v1');
    expect([await ids({}), (await voicemails.withdrawn()).length]).toEqual([[], 1]);
    await voicemails.forget('v1');
    expect(await voicemails.withdrawn()).toEqual([]);
  });
});
