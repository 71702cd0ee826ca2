// Connections to Asterisk come and go while devices change their state: a real Asterisk stays open for the next one.
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { LabAri } from '../../lab/ari.js';
import { type Lab, startLab } from '../../lab/lab.js';
import { Observed } from '../support/ari-observed.js';

jest.setTimeout(60_000);
/** Without care, Asterisk locked itself up within ten. */
const CONNECTIONS = 100;
const DEVICES = 5;
let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ phones: ['101'] });
});
afterAll(() => lab.stop());

/** Devices that change as fast as Asterisk takes it, until told to stop. */
function devicesChange(by: LabAri): { readonly stop: () => Promise<number> } {
  let changes = 0;
  let wanted = true;
  const changing = (async () => {
    while (wanted) {
      changes += 1;
      const deviceState = changes % 2 === 0 ? 'NOT_INUSE' : 'INUSE';
      await by.command('PUT', `deviceStates/Stasis:test-${changes % DEVICES}`, { deviceState });
    }
    return changes;
  })();
  changing.catch(() => undefined);
  return {
    stop: () => {
      wanted = false;
      return changing;
    },
  };
}

test('a hundred connections that end while devices change their state leave Asterisk open for the next', async () => {
  const other = await LabAri.connect(lab.pbx, 'lamps');
  const changing = devicesChange(other);
  const { ariUrl: url, ariUser: username, ariPassword: password } = lab.pbx;
  for (let count = 0; count < CONNECTIONS; count += 1) {
    const app = new Observed(url, { app: 'ringmaster', username, password });
    app.connection.start();
    await app.connected();
    await app.connection.close();
  }
  expect(await changing.stop()).toBeGreaterThan(CONNECTIONS);
  await other.close();
});
