// Asterisk stands still for a while, with its connections open: it is noticed, nothing hangs, and everything is looked at afterwards.
import { afterAll, afterEach, beforeAll, expect, jest, test } from '@jest/globals';
import { isRefusal } from '../../src/core/refusal.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { type Client, connect } from '../support/realtime-client.js';
import { expectTalking } from '../support/talking.js';

jest.setTimeout(90_000);
/** From the freeze to the first refusal. */
const NOTICED_WITHIN_MS = 6_000;

let centre: TestCentre;
let client: Client | undefined;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102'] });
});
afterEach(async () => {
  client?.close();
  await centre.reset();
});
afterAll(() => centre.stop());

const asterisk = (signal: NodeJS.Signals) => process.kill(centre.lab.pbx.pid ?? 0, signal);

async function watching(): Promise<Client> {
  const answer = await fetch(`${centre.service.url}/api/v1/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login: 'admin', password: 'administrator', session: false }),
  });
  const { token } = (await answer.json()) as { token: string };
  client = await connect(centre.service.url, token);
  expect(await client.next()).toMatchObject({ event: 'snapshot', message: { staleSince: null } });
  return client;
}

/** The next message that is not a change. */
async function news(of: Client) {
  for (;;) {
    const received = await of.next();
    if (received.event !== 'change') return received;
  }
}

test('commands are refused at once, desktops are told, and afterwards the call is commanded as before', async () => {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const offered = await centre.lab.bank.phone('101').nextCall();
  await offered.answer();
  const call = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  const desktop = await watching();
  const frozenAt = Date.now();
  asterisk('SIGSTOP');
  try {
    await centre.until('it is noticed', () => centre.centre.health().asterisk !== 'connected', NOTICED_WITHIN_MS);
    expect(await news(desktop)).toMatchObject({ event: 'stale' });
    const before = Date.now();
    const refused = await centre.centre.calls.hold('a101', call.id, null);
    expect(isRefusal(refused) && refused.refused).toBe('phoneSystemUnavailable');
    expect(Date.now() - before).toBeLessThan(100);
    // Attempts to connect are given up meanwhile; Asterisk serves them when it goes on.
    await new Promise((resolve) => setTimeout(resolve, frozenAt + 10_000 - Date.now()));
  } finally {
    asterisk('SIGCONT');
  }
  await centre.until('it is connected again', () => centre.centre.freshness.staleSince === null, 15_000);
  expect(await news(desktop)).toMatchObject({ event: 'fresh' });
  expect(await news(desktop)).toMatchObject({ event: 'snapshot', message: { staleSince: null } });
  await expectTalking(customer, offered);
  await centre.accepted(centre.centre.calls.hangUp('a101', call.id, null));
  await customer.untilEnded();
  await centre.untilClean();
  await centre.lab.bank.trunk.call(DID, CUSTOMER);
  await centre.rung('101', 'a new call');
});

test('a customer who hangs up meanwhile is found gone afterwards, and the agent is free', async () => {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const offered = await centre.lab.bank.phone('101').nextCall();
  await offered.answer();
  await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  asterisk('SIGSTOP');
  try {
    await centre.until('it is noticed', () => centre.centre.health().asterisk !== 'connected', NOTICED_WITHIN_MS);
    await customer.hangup();
  } finally {
    asterisk('SIGCONT');
  }
  await offered.untilEnded();
  await centre.untilClean(15_000);
  expect(centre.activity('101')).toBe('idle');
});
