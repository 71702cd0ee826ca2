// One controller at a time: who comes last has the lease, and waits until the one before has written everything.
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { type Database, openDatabase } from '../../src/db/database.js';
import { databaseKinds, quietLog, type TestDatabase } from '../support/databases.js';

const APP = 'ringmaster';
const nobody = () => {};

describe.each(databaseKinds())('the lease, on $name', ({ create }) => {
  let stored: TestDatabase;
  let first: Database;
  let second: Database;

  beforeEach(async () => {
    stored = await create();
    first = await openDatabase({ url: stored.url }, quietLog);
    second = await openDatabase({ url: stored.url }, quietLog);
  });
  afterEach(async () => {
    await Promise.all([first.close(), second.close()]);
    await stored.remove();
  });

  test('whoever comes after a controller that has let go need not wait, and has the next epoch', async () => {
    const lease = await first.takeLease(APP, nobody);
    await lease.release();
    const next = await second.takeLease(APP, nobody);
    expect([lease.epoch, next.epoch]).toEqual([1, 2]);
    await next.release();
  });

  test('a holder is told that another has taken over; the newcomer waits until it has let go', async () => {
    const order: string[] = [];
    let tell = nobody;
    const lost = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const lease = await first.takeLease(APP, () => tell());
    const handedOver = lost.then(async () => {
      order.push('the first has let go');
      await lease.release();
    });
    const next = await second.takeLease(APP, nobody);
    order.push('the second holds it');
    await handedOver;
    expect(order).toEqual(['the first has let go', 'the second holds it']);
    await next.release();
  });

  test('who asks is told at once that another has taken over, and by no later renewal again', async () => {
    let told = 0;
    const lease = await first.takeLease(APP, () => {
      told += 1;
    });
    expect(await lease.confirm()).toBe(true);
    const taking = second.takeLease(APP, nobody);
    while (await lease.confirm());
    expect([await lease.confirm(), told, lease.isSure]).toEqual([false, 1, false]);
    await lease.release();
    await (await taking).release();
  });

  test('a holder is sure of it until it has not renewed for a while', async () => {
    const holder = await first.takeLease(APP, nobody);
    expect(holder.isSure).toBe(true);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 2_000);
    expect(holder.isSure).toBe(false);
    clock.mockRestore();
    await holder.release();
  });

  test('applications have nothing to do with each other', async () => {
    const one = await first.takeLease(APP, () => {
      throw new Error('nobody has taken it');
    });
    const other = await second.takeLease('another', nobody);
    expect(other.epoch).toBe(1);
    await Promise.all([one.release(), other.release()]);
  });
});
