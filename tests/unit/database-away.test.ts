/** Which faults say that the database is away, so that a client is told to try again later. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { expect, test } from '@jest/globals';
import { isDatabaseFault } from '../../src/app/database-away.js';

const NOWHERE = '/nowhere/.s.PGSQL.5432';

/** What Node throws is no `Error` of the realm that tests run in. */
const ofThisRealm = (error: object) => Object.assign(new Error(String(error)), error);

test('a server whose socket is gone with it is away', async () => {
  const fault = await once(connect({ path: NOWHERE }), 'connect').catch(ofThisRealm);
  expect(fault).toMatchObject({ code: 'ENOENT', syscall: 'connect' });
  expect(isDatabaseFault(fault)).toBe(true);
});

test('a file that is not there is no fault of the database', async () => {
  const fault = await readFile(NOWHERE).catch(ofThisRealm);
  expect(fault).toMatchObject({ code: 'ENOENT', syscall: 'open' });
  expect(isDatabaseFault(fault)).toBe(false);
});
