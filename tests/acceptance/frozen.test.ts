// The controller is frozen: its connection to Asterisk stands, and nothing is answered on it. Nobody may wait for it unheard.
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { Service } from '../support/service-process.js';
import { expectMusic, expectTalking } from '../support/talking.js';

jest.setTimeout(120_000);

/** From the INVITE to the first note. */
const MUSIC_WITHIN_MS = 2_000;

let centre: TestCentre;
const running: Service[] = [];

beforeAll(async () => {
  centre = await TestCentre.start({
    phones: ['101', '102'],
    fallbackMembers: ['102'],
    globals: { RINGMASTER_RETRIES: '12' },
  });
  await centre.ready('101');
  // Its database and its settings are the process's from now on.
  await centre.service.stop();
});
afterEach(async () => {
  await centre.lab.bank.reset();
  for (const service of running.splice(0)) service.kill('SIGKILL');
});
afterAll(() => centre.lab.stop());

/** No watchdog, which would end it. */
async function start(): Promise<Service> {
  const service = new Service({ ...centre.environment, WATCHDOG_SECONDS: '0' });
  running.push(service);
  await service.ready();
  return service;
}

async function callsIn() {
  const before = Date.now();
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  await customer.untilAnswered();
  expect(Date.now() - before).toBeLessThan(MUSIC_WITHIN_MS);
  await expectMusic(customer);
  return customer;
}

test('a new caller hears music within 2 s and reaches the fallback queue', async () => {
  const service = await start();
  service.kill('SIGSTOP');
  const customer = await callsIn();
  const fallback = await centre.lab.bank.phone('102').nextCall({ timeoutMs: 40_000 });
  await fallback.answer();
  await expectTalking(customer, fallback);
});

test.each(['SIGCONT', 'a new start'])('a caller who still hears that music is taken after %s', async (cure) => {
  const service = await start();
  service.kill('SIGSTOP');
  const customer = await callsIn();
  if (cure === 'SIGCONT') service.kill('SIGCONT');
  else {
    service.kill('SIGKILL');
    await start();
  }
  const offered = await centre.lab.bank.phone('101').nextCall({ timeoutMs: 20_000 });
  await offered.answer();
  await expectTalking(customer, offered);
  await customer.hangup();
  await offered.untilEnded();
  await centre.untilAsteriskIsClean();
});

test('a phone reaches another phone', async () => {
  const service = await start();
  service.kill('SIGSTOP');
  const caller = await centre.lab.bank.phone('101').dial('102');
  const called = await centre.lab.bank.phone('102').nextCall();
  await called.answer();
  await expectTalking(caller, called);
});
