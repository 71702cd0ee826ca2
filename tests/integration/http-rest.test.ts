/** REST as a client meets it: login, commands, errors, description, health, metrics. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { NOW, PASSWORD } from '../support/fake-application.js';
import { type FakeService, startFakeService } from '../support/fake-service.js';

/** Each guess is a slow hash on purpose. */
const SLOW_MS = 30_000;

let service: FakeService;
const open = async (options: Parameters<typeof startFakeService>[0] = {}) => {
  service = await startFakeService(options);
};
beforeEach(() => open());
afterEach(() => service.close());

const api = () => request(service.url);
const bearer = async (agentId: string) => `Bearer ${await service.token(agentId)}`;
const logIn = (login: string, password: string, more: object = {}) =>
  api()
    .post('/api/v1/login')
    .send({ login, password, ...more });

describe('logging in', () => {
  test("answers a token and starts the agent's session", async () => {
    const { status, body } = await logIn('anna', PASSWORD);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      role: 'agent',
      agent: { id: 'anna', loggedIn: true },
      expiresAt: NOW + 12 * 3_600_000,
    });
    const me = await api().get('/api/v1/me').set('Authorization', `Bearer ${body.token}`);
    expect(me.body).toMatchObject({ role: 'agent', agent: { id: 'anna' } });
  });

  test('an agent who is logged in already simply goes on', async () => {
    await logIn('anna', PASSWORD);
    expect((await logIn('anna', PASSWORD)).status).toBe(200);
  });

  test('without a session only looks on', async () => {
    const { body } = await logIn('anna', PASSWORD, { session: false });
    expect(body.agent.loggedIn).toBe(false);
    expect(service.application.loggedIn.size).toBe(0);
  });

  test('answers alike for a wrong password, an unknown login and a disabled account', async () => {
    const configuration = service.application.configuration();
    const agents = configuration.agents.map((agent) => (agent.id === 'boris' ? { ...agent, disabled: true } : agent));
    service.application.reconfigure({ ...configuration, agents });
    const answers = [await logIn('anna', 'wrong'), await logIn('nobody', PASSWORD), await logIn('boris', PASSWORD)];
    for (const answer of answers) {
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual(answers[0]?.body);
    }
  });

  test(
    'is refused after ten wrong passwords for one login, and only for that one',
    async () => {
      for (let round = 0; round < 10; round += 1) expect((await logIn('anna', 'wrong')).status).toBe(401);
      const refused = await logIn('ANNA', PASSWORD);
      expect(refused.status).toBe(429);
      expect(refused.body.error).toMatchObject({ code: 'tooManyAttempts', details: { retryAfterSeconds: 300 } });
      expect(refused.headers['retry-after']).toBe('300');
      expect((await logIn('boris', PASSWORD)).status).toBe(200);
    },
    SLOW_MS,
  );

  test(
    'counts parallel guesses too',
    async () => {
      const answers = await Promise.all(Array.from({ length: 20 }, () => logIn('anna', 'wrong')));
      expect(answers.filter((answer) => answer.status === 401)).toHaveLength(10);
    },
    SLOW_MS,
  );

  test('is limited for each address', async () => {
    await service.close();
    await open({ loginsPerMinute: 2 });
    const statuses = [];
    for (const login of ['a', 'b', 'c']) statuses.push((await logIn(login, 'wrong')).status);
    expect(statuses).toEqual([401, 401, 429]);
  });

  test('stores no token as it is', async () => {
    const { body } = await logIn('anna', PASSWORD);
    expect(await service.application.credentials.tokenOwner(body.token, NOW)).toBeNull();
  });
});

describe('logging out', () => {
  test('ends the session and the token', async () => {
    const { body } = await logIn('vera', PASSWORD);
    const authorization = `Bearer ${body.token}`;
    const out = await api().post('/api/v1/logout').set('Authorization', authorization);
    expect(out.body).toEqual({ loggedOut: true });
    expect(service.application.loggedIn.has('vera')).toBe(false);
    expect((await api().get('/api/v1/me').set('Authorization', authorization)).status).toBe(401);
  });

  test('is refused during a call, and the token stays good', async () => {
    const { body } = await logIn('anna', PASSWORD);
    const authorization = `Bearer ${body.token}`;
    const refused = await api().post('/api/v1/logout').set('Authorization', authorization);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'inCall']);
    expect((await api().get('/api/v1/me').set('Authorization', authorization)).status).toBe(200);
  });
});

describe('commands over REST', () => {
  test('take their fields from the path, the query and the body', async () => {
    const authorization = await bearer('vera');
    const forced = await api()
      .put('/api/v1/agents/anna/status')
      .set('Authorization', authorization)
      .send({ statusId: 'ready', blocking: true });
    expect([forced.status, forced.body.id]).toEqual([200, 'anna']);
    const query = `since=${NOW - 1000}&until=${NOW}&limit=5&agentId=boris`;
    const history = await api().get(`/api/v1/history/calls?${query}`).set('Authorization', authorization);
    expect(history.body).toMatchObject([{ agentId: 'boris' }]);
  });

  test('save and remove configuration with defaults filled in', async () => {
    const authorization = await bearer('admin');
    const saved = await api()
      .put('/api/v1/configuration/queues/night')
      .set('Authorization', authorization)
      .send({ name: 'Night' });
    expect(saved.body).toMatchObject({ id: 'night', strategy: 'longestIdle', retryMs: { busy: 10_000 } });
    const list = await api().get('/api/v1/configuration/queues').set('Authorization', authorization);
    expect(list.body.map((queue: { id: string }) => queue.id)).toContain('night');
    const remove = () => api().delete('/api/v1/configuration/queues/night').set('Authorization', authorization);
    expect((await remove()).body).toEqual({ removed: true });
    expect((await remove()).status).toBe(404);
  });

  test('refuse a body that contradicts the address', async () => {
    const answer = await api()
      .put('/api/v1/configuration/queues/night')
      .set('Authorization', await bearer('admin'))
      .send({ id: 'day', name: 'Night' });
    expect([answer.status, answer.body.error.code]).toEqual([400, 'invalidInput']);
  });

  test('need a token', async () => {
    for (const authorization of ['', 'Bearer x', 'Basic YTpi', `Bearer ${'A'.repeat(43)}`]) {
      const answer = await api().get('/api/v1/me').set('Authorization', authorization);
      expect([answer.status, answer.body.error.code]).toEqual([401, 'unauthenticated']);
    }
  });

  test('say what is wrong with the input', async () => {
    const answer = await api()
      .post('/api/v1/calls')
      .set('Authorization', await bearer('anna'))
      .send({ number: 'sip:x' });
    expect(answer.status).toBe(400);
    expect(answer.body.error).toMatchObject({ code: 'invalidInput', details: { issues: [{ path: 'number' }] } });
  });
});

describe('errors', () => {
  test('malformed JSON, a body too large and an unknown address have the one shape', async () => {
    const post = (body: string) => api().post('/api/v1/login').set('Content-Type', 'application/json').send(body);
    expect(await post('{')).toMatchObject({ status: 400, body: { error: { code: 'invalidInput' } } });
    expect(await post(`"${'x'.repeat(300_000)}"`)).toMatchObject({
      status: 413,
      body: { error: { code: 'invalidInput' } },
    });
    expect(await api().get('/api/v1/nowhere')).toMatchObject({ status: 404, body: { error: { code: 'notFound' } } });
    expect(await api().get('/../etc/passwd')).toMatchObject({ status: 404, body: { error: { code: 'notFound' } } });
  });

  test('a fault is a 500 with an id and without its story', async () => {
    service.application.credentials.tokenOwner = async () => {
      throw new Error('SELECT secret FROM tokens');
    };
    const answer = await api()
      .get('/api/v1/me')
      .set('Authorization', `Bearer ${'A'.repeat(43)}`);
    expect(answer).toMatchObject({ status: 500, body: { error: { code: 'internal' } } });
    expect(answer.text).not.toContain('SELECT');
    expect(service.log.errors[0]?.details).toMatchObject({ faultId: answer.body.error.details.faultId });
  });
});

describe('while nothing can be written', () => {
  const AWAY = { status: 503, body: { error: { code: 'databaseUnavailable' } } };
  type Door = readonly ['post' | 'put' | 'delete', string, object];

  test.each<Door>([
    ['post', '/login', { login: 'anna', password: PASSWORD }],
    ['post', '/logout', {}],
    ['post', '/me/session', {}],
    ['put', '/me/status', { statusId: 'ready' }],
    ['post', '/calls', { number: '102' }],
    ['post', '/calls/call-anna/consult', { number: '102' }],
    ['delete', '/configuration/statuses/lunch', {}],
  ])('%s %s is refused', async (method, path, body) => {
    const authorization = await bearer('vera');
    service.application.report({ database: 'unavailable' });
    expect(await api()[method](`/api/v1${path}`).set('Authorization', authorization).send(body)).toMatchObject(AWAY);
  });

  test('looking goes on, and so does hanging up', async () => {
    const authorization = await bearer('anna');
    service.application.report({ database: 'unavailable' });
    expect((await api().get('/api/v1/calls').set('Authorization', authorization)).status).toBe(200);
    const hungUp = await api().post('/api/v1/calls/call-anna/hang-up').set('Authorization', authorization);
    expect(hungUp.status).toBe(200);
  });

  test('a database that fails while it is asked is no fault of ours', async () => {
    service.application.credentials.tokenOwner = async () => {
      throw Object.assign(new Error('SQLITE_BUSY: database is locked'), { code: 'SQLITE_BUSY' });
    };
    const answer = await api()
      .get('/api/v1/me')
      .set('Authorization', `Bearer ${'A'.repeat(43)}`);
    expect(answer).toMatchObject(AWAY);
    expect(service.log.errors).toEqual([]);
  });
});

describe('what operators look at', () => {
  test('alive and ready', async () => {
    expect((await api().get('/health/live')).status).toBe(200);
    expect((await api().get('/health/ready')).body).toMatchObject({ ready: true, reasons: [] });
  });

  test('not ready while Asterisk or the database is away, with reasons and problems', async () => {
    service.application.report({
      asterisk: 'connecting',
      database: 'unavailable',
      problems: ['The name pbx does not resolve.'],
    });
    const answer = await api().get('/health/ready');
    expect(answer.status).toBe(503);
    expect(answer.body.reasons).toHaveLength(2);
    expect(answer.body.problems).toEqual(['The name pbx does not resolve.']);
  });

  test('metrics count calls, and commands by name and code', async () => {
    service.application.report({ liveCalls: 7, waitingCalls: 3, agentsLoggedIn: 2 });
    const authorization = await bearer('anna');
    await api().get('/api/v1/calls/call-boris').set('Authorization', authorization);
    const { text } = await api().get('/metrics');
    for (const line of [
      'ringmaster_calls_live 7',
      'ringmaster_calls_waiting 3',
      'ringmaster_agents_logged_in 2',
      'ringmaster_commands_total{name="call.get",code="notFound"} 1',
    ]) {
      expect(text).toContain(line);
    }
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  test('metrics ask for their token if one is set', async () => {
    await service.close();
    await open({ metricsToken: 'a-long-enough-token' });
    expect((await api().get('/metrics')).status).toBe(401);
    expect((await api().get('/metrics').set('Authorization', 'Bearer wrong')).status).toBe(401);
    expect((await api().get('/metrics').set('Authorization', 'Bearer a-long-enough-token')).status).toBe(200);
  });
});

describe('pages', () => {
  test('the API describes itself, and its page loads nothing from elsewhere', async () => {
    expect((await api().get('/api/v1/openapi.json')).body).toMatchObject({ openapi: '3.1.0' });
    expect((await api().get('/api/docs')).headers.location).toBe('docs/');
    const page = await api().get('/api/docs/');
    expect(page.text).not.toMatch(/https?:\/\//);
    for (const [, file] of page.text.matchAll(/(?:src|href)="([^"]+)"/g)) {
      expect((await api().get(`/api/docs/${file}`)).status).toBe(200);
    }
    expect(page.headers['content-security-policy']).toContain("script-src 'self'");
    expect(page.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
  });

  test.each([
    ['the desktop', '/'],
    ['the live page', '/live/'],
  ])('%s and all it needs are served', async (_name, path) => {
    const page = await api().get(path);
    expect(page.status).toBe(200);
    for (const [, file] of page.text.matchAll(/(?:src|href)="([^"#]+)"/g)) {
      expect([file, (await api().get(new URL(file ?? '', `http://x${path}`).pathname)).status]).toEqual([file, 200]);
    }
  });
});
