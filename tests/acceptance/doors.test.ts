// The doors of the running service (REST and Socket.IO) beside a real Asterisk: ownership, pushed changes, hostile input.
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { catalogue } from '../../src/app/catalogue/catalogue.js';
import type { Log } from '../../src/app/ports.js';
import { CUSTOMER, DID, TestCentre } from '../support/centre.js';
import { anyInput, errorProblem, restRequest } from '../support/fuzz.js';
import fc from '../support/properties.js';
import { connect } from '../support/realtime-client.js';

jest.setTimeout(120_000);
const RUNS = 25;
const errors: string[] = [];
const log: Log = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: (details, message) => errors.push(`${message} ${JSON.stringify(details)}`),
};
let centre: TestCentre;

beforeAll(async () => {
  centre = await TestCentre.start({ phones: ['101', '102'], log });
});
afterEach(() => centre.reset());
afterAll(() => centre.stop());

const phone = (number: string) => centre.lab.bank.phone(number);

async function api(token: string | null, method: string, path: string, body?: unknown) {
  const response = await fetch(`${centre.service.url}/api/v1${path}`, {
    method,
    headers: token === null ? {} : { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return {
    status: response.status,
    body: (await response.json()) as Record<string, unknown> & { error?: { code: string } },
  };
}

async function logIn(login: string, password: string, session = false): Promise<string> {
  const { body } = await api(null, 'POST', '/login', { login, password, session });
  expect(body.error).toBeUndefined();
  return String(body.token);
}

const admin = () => logIn('admin', 'administrator');

/** A password for agent 101 and 102, set through the API as an administrator does. */
async function passwords(): Promise<void> {
  const token = await admin();
  for (const number of ['101', '102']) {
    const account = centre.centre.configuration().agents.find(({ id }) => id === `a${number}`);
    const { id, ...rest } = account ?? { id: '' };
    const { status } = await api(token, 'PUT', `/configuration/agents/${id}`, {
      ...rest,
      password: `secret-${number}`,
    });
    expect(status).toBe(200);
  }
}

async function talking() {
  await centre.ready('101');
  const customer = await centre.lab.bank.trunk.call(DID, CUSTOMER);
  const offered = await phone('101').nextCall();
  await offered.answer();
  const call = await centre.until('they talk', () => centre.calls().find(({ phase }) => phase === 'talking'));
  return { customer, offered, call };
}

describe('whose call it is', () => {
  test('another agent sees and commands nothing of it: not found, over REST and Socket.IO alike', async () => {
    await passwords();
    const { customer, call } = await talking();
    const stranger = await logIn('agent102', 'secret-102');
    const owner = await logIn('agent101', 'secret-101');
    for (const [method, path] of [
      ['GET', `/calls/${call.id}`],
      ['POST', `/calls/${call.id}/hang-up`],
      ['POST', `/calls/${call.id}/mute`],
    ] as const) {
      expect((await api(stranger, method, path)).body.error?.code).toBe('notFound');
    }
    const socket = await connect(centre.service.url, stranger);
    const refused = await socket.command('call.hangUp', { callId: call.id });
    expect(refused).toMatchObject({ ok: false, error: { code: 'notFound' } });
    socket.close();
    expect((await api(stranger, 'DELETE', `/calls/${call.id}`)).body.error?.code).toBe('forbidden');
    expect(customer.over).toBe(false);
    expect((await api(owner, 'POST', `/calls/${call.id}/hang-up`)).status).toBe(200);
    await customer.untilEnded();
  });

  test('an agent is pushed the own call as it happens, in numbered changes, and other agents are not', async () => {
    await passwords();
    const own = await connect(centre.service.url, await logIn('agent101', 'secret-101'));
    const other = await connect(centre.service.url, await logIn('agent102', 'secret-102'));
    const { customer, call } = await talking();
    await customer.hangup();
    await centre.untilClean();
    await own.until('the end of the call', () =>
      own.changes.some(({ topic, id, view }) => topic === 'call' && id === call.id && view === null),
    );
    const phases = own.changes
      .filter(({ topic }) => topic === 'call')
      .map(({ view }) => (view as { phase: string } | null)?.phase ?? null);
    expect(phases).toEqual(expect.arrayContaining(['queued', 'talking', null]));
    const numbers = own.changes.map(({ seq }) => seq);
    expect(numbers).toEqual(numbers.map((_, index) => (numbers[0] ?? 0) + index));
    expect(other.changes.filter(({ topic }) => topic === 'call')).toEqual([]);
    own.close();
    other.close();
  });

  test('logging out is refused during a call, with the reason; the login stays good', async () => {
    await passwords();
    const token = await logIn('agent101', 'secret-101', true);
    const { customer } = await talking();
    const refused = await api(token, 'POST', '/logout');
    expect(refused).toMatchObject({ status: 409, body: { error: { code: 'inCall' } } });
    expect((await api(token, 'GET', '/me')).status).toBe(200);
    await customer.hangup();
    await centre.until('is free', () => centre.activity('101') === 'idle');
    expect((await api(token, 'POST', '/logout')).status).toBe(200);
    expect((await api(token, 'GET', '/me')).status).toBe(401);
  });
});

describe('any input over both doors is answered properly, and the call that goes on is not touched', () => {
  /** What would end or take away the call of the test on purpose, and what would lock the test out. */
  const SPARED = new Set([
    'configuration.agents.remove',
    'configuration.queues.remove',
    // These would have the service ask addresses that nobody knows.
    ...['webhooks.create', 'webhooks.change', 'integrations.save'],
  ]);
  const commands = [...catalogue.values()].filter(({ name }) => !SPARED.has(name));

  test('REST', async () => {
    const { customer, offered } = await talking();
    let token = await admin();
    for (const entry of commands) {
      await fc.assert(
        fc.asyncProperty(anyInput(entry), async (input) => {
          const { method, path, body } = restRequest(entry, input);
          const answer = await api(token, method, path, body);
          if (answer.status === 401) token = await admin().catch(() => token);
          expect(answer.status).toBeLessThan(500);
          if (answer.status !== 200) expect(errorProblem(answer.body.error)).toBeNull();
        }),
        { numRuns: RUNS },
      );
    }
    expect(errors).toEqual([]);
    expect([customer.over, offered.over]).toEqual([false, false]);
  });

  test('Socket.IO', async () => {
    const { customer, offered } = await talking();
    const socket = await connect(centre.service.url, await admin());
    for (const entry of commands) {
      await fc.assert(
        fc.asyncProperty(anyInput(entry), async (input) => {
          const answer = await socket.command(entry.name, input);
          if (!answer.ok) expect(errorProblem(answer.error)).toBeNull();
          if (!answer.ok) expect(answer.error.code).not.toBe('internal');
        }),
        { numRuns: RUNS },
      );
    }
    expect(errors).toEqual([]);
    expect([customer.over, offered.over]).toEqual([false, false]);
    socket.close();
  });
});

test('the metrics, the health and the live page are served', async () => {
  const page = async (path: string) => {
    const response = await fetch(`${centre.service.url}${path}`);
    return { status: response.status, text: await response.text() };
  };
  expect(await page('/health/live')).toMatchObject({ status: 200 });
  expect(await page('/health/ready')).toMatchObject({ status: 200 });
  expect((await page('/metrics')).text).toContain('ringmaster_calls_live 0');
  expect((await page('/')).text).toContain('<html');
  expect((await page('/api/v1/openapi.json')).text).toContain('"openapi":"3.1');
});
