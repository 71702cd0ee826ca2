/** Prepared messages on real databases. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { AgentAccount } from '../../src/app/directory.js';
import type { VoiceMessage } from '../../src/app/messages/store.js';
import { type Database, openDatabase } from '../../src/db/database.js';
import { account } from '../support/configuration.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';

const MOST = 50;
const greeting: VoiceMessage = {
  id: 'm1',
  agentId: 'anna',
  name: "Anna's «привет»",
  sound: 'ringmaster/messages/m1',
  durationMs: 0,
  bytes: 0,
  createdAt: 1_700_000_000_000,
  state: 'recording',
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

  const add = (changed: Partial<VoiceMessage>, most = MOST) => {
    const id = changed.id ?? greeting.id;
    return database.messages.add({ ...greeting, sound: `ringmaster/messages/${id}`, ...changed }, most);
  };
  const idsOf = (messages: readonly { readonly id: string }[]) => messages.map(({ id }) => id);
  const made = (id: string, number: string): AgentAccount => account(number, { id, login: id });

  test('a message is kept as it was given, then as it became', async () => {
    expect(await add({})).toBe('added');
    expect(await database.messages.find('m1')).toEqual(greeting);
    expect(await database.messages.ready('m1', 3_000_000_000, 5_000_000_000)).toBe(true);
    const ready = { ...greeting, state: 'ready', durationMs: 3_000_000_000, bytes: 5_000_000_000 };
    expect(await database.messages.find('m1')).toEqual(ready);
    expect(await database.messages.find('m2')).toBeNull();
    expect(await database.messages.ready('m2', 1, 1)).toBe(false);
  });

  test('an agent is listed the own and the shared ones, by name', async () => {
    await add({ id: 'm1', name: 'c' });
    await add({ id: 'm2', name: 'a', agentId: null });
    await add({ id: 'm3', name: 'b', agentId: 'boris' });
    await add({ id: 'm4', name: 'b' });
    expect(idsOf(await database.messages.list('anna'))).toEqual(['m2', 'm4', 'm1']);
    expect(idsOf(await database.messages.list('vera'))).toEqual(['m2']);
  });

  test('a name is there once for each owner, and for the shared ones', async () => {
    for (const agentId of ['anna', 'boris', null]) {
      expect(await add({ id: `one-${agentId}`, agentId, name: 'x' })).toBe('added');
      expect(await add({ id: `two-${agentId}`, agentId, name: 'x' })).toBe('alreadyExists');
      expect(await add({ id: `three-${agentId}`, agentId, name: 'y' })).toBe('added');
      expect(await database.messages.rename(`three-${agentId}`, 'x')).toBe('alreadyExists');
      expect(await database.messages.rename(`three-${agentId}`, 'y')).toBe('renamed');
      expect(await database.messages.rename(`three-${agentId}`, 'z')).toBe('renamed');
      expect((await database.messages.find(`three-${agentId}`))?.name).toBe('z');
    }
    expect(await database.messages.rename('none', 'x')).toBe('notFound');
  });

  test('of messages added at the same moment no more are taken than there is room for, and no name twice', async () => {
    const many = Array.from({ length: 8 }, (_, index) => add({ id: `m${index}`, name: `${index}` }, 5));
    expect((await Promise.all(many)).filter((outcome) => outcome === 'added')).toHaveLength(5);
    const same = Array.from({ length: 4 }, (_, index) => add({ id: `n${index}`, name: 'same', agentId: null }));
    expect((await Promise.all(same)).sort()).toEqual(['added', 'alreadyExists', 'alreadyExists', 'alreadyExists']);
  });

  test('what is withdrawn is gone, but known until it is forgotten; its name is free at once', async () => {
    await add({});
    expect(await database.messages.withdraw('m1', 'ready')).toBe(false);
    expect(await database.messages.withdraw('m1', 'recording')).toBe(true);
    expect(await database.messages.withdraw('m1', 'recording')).toBe(false);
    expect(await database.messages.find('m1')).toBeNull();
    expect(await database.messages.list('anna')).toEqual([]);
    expect(await database.messages.ready('m1', 1, 1)).toBe(false);
    expect(await database.messages.rename('m1', 'x')).toBe('notFound');
    expect(await add({ id: 'm2' }, 1)).toBe('added');
    expect(await database.messages.withdrawn()).toEqual([{ id: 'm1', sound: greeting.sound }]);
    await database.messages.forget('m2');
    await database.messages.forget('m1');
    expect(await database.messages.withdrawn()).toEqual([]);
    expect(idsOf(await database.messages.list('anna'))).toEqual(['m2']);
  });

  test('abandoned are old ones never finished, and ready ones of accounts that are gone', async () => {
    await database.configuration.saveAgent(made('anna', '101'));
    await add({ id: 'old', name: 'a', createdAt: 999 });
    await add({ id: 'young', name: 'b', createdAt: 1_000 });
    await add({ id: 'ready', name: 'c', createdAt: 1 });
    await database.messages.ready('ready', 1, 1);
    await add({ id: 'shared', name: 'd', agentId: null, createdAt: 1 });
    await database.messages.ready('shared', 1, 1);
    await add({ id: 'gone', agentId: 'boris', createdAt: 1 });
    await database.messages.ready('gone', 1, 1);
    await add({ id: 'gone-recording', name: 'e', agentId: 'boris', createdAt: 1_000 });
    await database.messages.withdrawAbandoned(1_000);
    expect(idsOf(await database.messages.withdrawn()).sort()).toEqual(['gone', 'old']);
    expect(idsOf(await database.messages.list('anna'))).toEqual(['young', 'ready', 'shared']);
    expect(await database.messages.find('gone-recording')).not.toBeNull();
  });

  test('messages are there after the database is opened again', async () => {
    await add({});
    await database.close();
    database = await openDatabase({ url: place.url }, quietLog);
    expect(await database.messages.find('m1')).toEqual(greeting);
  });
});
