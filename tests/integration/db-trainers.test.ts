/** Who is the trainer of whom, on real databases. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Database, openDatabase } from '../../src/db/database.js';
import { account, QUEUE } from '../support/configuration.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';

describe.each(databaseKinds())('trainers on $name', ({ create }) => {
  let place: TestDatabase;
  let database: Database;
  beforeEach(async () => {
    place = await create();
    database = await openDatabase({ url: place.url }, quietLog);
    for (const number of ['101', '102', '103']) await database.configuration.saveAgent(account(number));
    await database.configuration.saveQueue(QUEUE);
  });
  afterEach(async () => {
    await database.close();
    await place.remove();
  });

  const trainers = async () =>
    (await database.configuration.load()).trainers.map(({ of, id, trainerId }) => `${of} ${id}: ${trainerId}`).sort();

  test('are set, replaced and removed for agents and for queues', async () => {
    const { configuration } = database;
    await configuration.saveTrainer({ of: 'agent', id: 'a101', trainerId: 'a102' });
    await configuration.saveTrainer({ of: 'agent', id: 'a103', trainerId: 'a102' });
    await configuration.saveTrainer({ of: 'queue', id: QUEUE.id, trainerId: 'a102' });
    await configuration.saveTrainer({ of: 'agent', id: 'a101', trainerId: 'a103' });
    await configuration.saveTrainer({ of: 'queue', id: QUEUE.id, trainerId: 'a101' });
    expect(await trainers()).toEqual(['agent a101: a103', 'agent a103: a102', `queue ${QUEUE.id}: a101`]);
    expect(await configuration.removeTrainer('agent', 'a103')).toBe(true);
    expect(await configuration.removeTrainer('agent', 'a103')).toBe(false);
    expect(await trainers()).toEqual(['agent a101: a103', `queue ${QUEUE.id}: a101`]);
  });

  test('of an agent or a queue that does not exist, or who do not exist, are refused', async () => {
    const { configuration } = database;
    const unknown = (field: string) => ({ code: 'unknownReference', field });
    await expect(configuration.saveTrainer({ of: 'agent', id: 'x', trainerId: 'a102' })).rejects.toMatchObject(
      unknown('id'),
    );
    await expect(configuration.saveTrainer({ of: 'queue', id: 'a101', trainerId: 'a102' })).rejects.toMatchObject(
      unknown('id'),
    );
    await expect(configuration.saveTrainer({ of: 'agent', id: 'a101', trainerId: 'x' })).rejects.toMatchObject(
      unknown('trainerId'),
    );
    expect(await trainers()).toEqual([]);
  });

  test('go with the account, and with the queue', async () => {
    const { configuration } = database;
    await configuration.saveTrainer({ of: 'agent', id: 'a101', trainerId: 'a102' });
    await configuration.saveTrainer({ of: 'agent', id: 'a103', trainerId: 'a101' });
    await configuration.saveTrainer({ of: 'queue', id: QUEUE.id, trainerId: 'a103' });
    await configuration.removeAgent('a101');
    expect(await trainers()).toEqual([`queue ${QUEUE.id}: a103`]);
    await configuration.removeQueue(QUEUE.id);
    expect(await trainers()).toEqual([]);
  });
});
