/** Every command over REST with inputs made from its schema: never a 500, never a crash, always the one shape of errors. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { catalogue } from '../../src/app/catalogue/catalogue.js';
import { type FakeService, startFakeService } from '../support/fake-service.js';
import { anyInput, errorProblem, restRequest } from '../support/fuzz.js';
import fc from '../support/properties.js';

/** Many requests in one test; a loaded machine needs its time. */
const LONG_MS = 60_000;

let service: FakeService;
let token: string;

beforeAll(async () => {
  service = await startFakeService();
  token = await service.token('admin');
});
afterAll(() => service.close());

/** A fuzzed save may have changed the administrator's password and so ended the login. */
async function stayLoggedIn(): Promise<void> {
  const { status } = await fetch(`${service.url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  if (status === 401) token = await service.token('admin').catch(() => token);
}

async function problemOf(method: string, path: string, body: string | undefined): Promise<string | null> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${service.url}/api/v1${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const answer: unknown = await response.json();
  if (response.status === 200) return null;
  if (response.status >= 500) return `status ${response.status}: ${JSON.stringify(answer)}`;
  return errorProblem((answer as { error?: unknown }).error);
}

describe('any input over REST is answered properly', () => {
  test.each([...catalogue.values()].map((entry) => [entry.name, entry] as const))(
    '%s',
    async (_name, entry) => {
      await stayLoggedIn();
      await fc.assert(
        fc.asyncProperty(anyInput(entry), async (input) => {
          const { method, path, body } = restRequest(entry, input);
          expect(await problemOf(method, path, body)).toBeNull();
        }),
        { numRuns: 30 },
      );
      expect(service.log.errors).toEqual([]);
    },
    LONG_MS,
  );

  test('raw bodies that are no JSON objects are invalid input', async () => {
    for (const body of ['{', 'null', '[]', '"x"', '\u0000', '{"number":1}}', '{"a":'.repeat(2000)]) {
      expect(await problemOf('POST', '/calls', body)).toBeNull();
      expect(await problemOf('PUT', '/me/status', body)).toBeNull();
      expect(await problemOf('POST', '/login', body)).toBeNull();
    }
  });

  test('raw addresses that cannot be decoded are invalid input', async () => {
    for (const path of [
      '/calls/%E0%A4%A',
      '/agents/%00',
      '/queues/%',
      '/history/calls?limit=%E0%A4%A&since=1&since=2',
    ]) {
      expect(await problemOf('GET', path, undefined)).toBeNull();
    }
  });
});
