/** Teams, on real databases: who is in one, and what goes with it. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Database, openDatabase } from '../../src/db/database.js';
import { account, QUEUE } from '../support/configuration.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';

const NORTH = { id: 'north', name: 'North' };

describe.each(databaseKinds())('teams on $name', ({ create }) => {
  let place: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    place = await create();
    database = await openDatabase({ url: place.url }, quietLog);
    await database.configuration.saveTeam(NORTH);
    for (const number of ['101', '102'])
      await database.configuration.saveAgent(account(number, { teamId: number === '101' ? 'north' : null }));
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  const teamsOf = async () => (await database.configuration.load()).agents.map(({ id, teamId }) => [id, teamId]);

  test('are made, renamed, listed by name, and an agent is in one or in none', async () => {
    const { configuration } = database;
    await configuration.saveTeam({ id: 'south', name: 'Accounts' });
    await configuration.saveTeam({ id: 'north', name: 'The north' });
    expect((await configuration.load()).teams).toEqual([
      { id: 'south', name: 'Accounts' },
      { id: 'north', name: 'The north' },
    ]);
    expect(await teamsOf()).toEqual([
      ['a101', 'north'],
      ['a102', null],
    ]);
    await configuration.saveAgent(account('101', { teamId: 'south' }));
    expect(await teamsOf()).toContainEqual(['a101', 'south']);
  });

  test('that there are not, and names twice, are refused', async () => {
    const { configuration } = database;
    await expect(configuration.saveAgent(account('102', { teamId: 'south' }))).rejects.toMatchObject({
      ...{ code: 'unknownReference', field: 'teamId' },
    });
    await expect(configuration.saveTeam({ id: 'south', name: 'North' })).rejects.toMatchObject({
      ...{ code: 'alreadyExists', field: 'name' },
    });
    const keys = { scope: 'team', ownerId: 'south', betweenDigitsMs: null, keys: [] } as const;
    await expect(configuration.saveKeySet(keys)).rejects.toMatchObject({ code: 'unknownReference', field: 'ownerId' });
    await expect(configuration.saveTrainer({ of: 'team', id: 'south', trainerId: 'a102' })).rejects.toMatchObject({
      ...{ code: 'unknownReference', field: 'id' },
    });
  });

  test('that are removed leave their agents, and take their keys and their trainer along', async () => {
    const { configuration } = database;
    await configuration.saveQueue(QUEUE);
    const hold = { sequence: '*1', option: { kind: 'hold' }, reserved: false } as const;
    const keys = { scope: 'team', ownerId: 'north', betweenDigitsMs: null, keys: [hold] } as const;
    await configuration.saveKeySet(keys);
    await configuration.saveTrainer({ of: 'team', id: 'north', trainerId: 'a101' });
    await configuration.saveTrainer({ of: 'team', id: 'north', trainerId: 'a102' });
    await configuration.saveTrainer({ of: 'queue', id: QUEUE.id, trainerId: 'a102' });
    const before = await configuration.load();
    expect(before.keySets).toEqual([keys]);
    expect(before.trainers).toContainEqual({ of: 'team', id: 'north', trainerId: 'a102' });
    expect(before.trainers).toHaveLength(2);
    expect(await configuration.removeTeam('north')).toBe(true);
    expect(await configuration.removeTeam('north')).toBe(false);
    const after = await configuration.load();
    expect([after.teams, after.keySets, after.trainers]).toEqual([
      [],
      [],
      [{ of: 'queue', id: QUEUE.id, trainerId: 'a102' }],
    ]);
    expect(await teamsOf()).toEqual([
      ['a101', null],
      ['a102', null],
    ]);
  });
});
