/** Requests and events on the connection to Asterisk. */
import { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { AriConnectionOptions } from '../../src/ari/connection.js';
import { Observed } from '../support/ari-observed.js';
import { FakeAri } from '../support/fake-ari.js';

let asterisk: FakeAri;
let observed: Observed[];

function connectTo(options: Partial<AriConnectionOptions> = {}): Observed {
  const made = new Observed(asterisk.url, options);
  observed.push(made);
  made.connection.start();
  return made;
}

beforeEach(async () => {
  asterisk = new FakeAri();
  observed = [];
  await asterisk.start();
});

afterEach(async () => {
  for (const { connection } of observed) await connection.close();
  await asterisk.stop();
});

describe('requests', () => {
  test('every status is an answer, not an error', async () => {
    asterisk.answer = ({ uri }) => ({ status: Number(uri), reason: `because ${uri}`, body: { message: uri } });
    const app = connectTo();
    await app.connected();
    for (const status of [200, 201, 404, 409, 422, 500]) {
      expect(await app.connection.request('GET', String(status))).toMatchObject({
        status,
        reason: `because ${status}`,
        body: { message: String(status) },
      });
    }
  });

  test('method, encoded query and body arrive as they were given', async () => {
    const app = connectTo();
    await app.connected();
    await app.connection.request(
      'POST',
      'channels/create',
      { endpoint: 'PJSIP/101', app: 'a b' },
      { variables: { N: 'ü' } },
    );
    expect(asterisk.requests.at(-1)).toMatchObject({
      method: 'POST',
      uri: 'channels/create?endpoint=PJSIP%2F101&app=a%20b',
      content_type: 'application/json',
      message_body: '{"variables":{"N":"ü"}}',
    });
  });

  test('those sent together leave as one write, in their order', async () => {
    const app = connectTo();
    await app.connected();
    const write = jest.spyOn(Socket.prototype, '_writev');
    const answers: Promise<unknown>[] = [];
    app.connection.together(() => {
      for (const uri of ['a', 'b', 'c']) answers.push(app.connection.request('GET', uri));
    });
    expect(write).toHaveBeenCalledTimes(1);
    write.mockRestore();
    await Promise.all(answers);
    expect(asterisk.requests.slice(-3).map(({ uri }) => uri)).toEqual(['a', 'b', 'c']);
  });

  test('an unanswered request ends at its deadline and the connection goes on', async () => {
    asterisk.answer = ({ uri }) => (uri === 'slow' ? 'silence' : { status: 200 });
    const app = connectTo({ requestTimeoutMs: 80 });
    await app.connected();
    await expect(app.connection.request('GET', 'slow')).rejects.toMatchObject({ code: 'ARI_TIMEOUT' });
    expect((await app.connection.request('GET', 'quick')).status).toBe(200);
    expect(app.count('disconnected')).toBe(0);
  });

  test('an Asterisk that answers the heartbeat and no request any more is connected to anew', async () => {
    asterisk.answer = () => 'silence';
    const app = connectTo({ requestTimeoutMs: 80 });
    await app.connected();
    await expect(app.connection.request('GET', 'channels')).rejects.toMatchObject({ code: 'ARI_TIMEOUT' });
    await app.until(() => app.count('connected') === 2);
    expect(app.changes.find(({ status }) => status === 'disconnected')).toMatchObject({ failure: 'unresponsive' });
  });

  test('before start and after close a request is refused', async () => {
    const app = new Observed(asterisk.url);
    await expect(app.connection.request('GET', 'channels')).rejects.toMatchObject({ code: 'ARI_NOT_CONNECTED' });
    await app.connection.close();
    await expect(app.connection.request('GET', 'channels')).rejects.toMatchObject({ code: 'ARI_NOT_CONNECTED' });
  });

  test('a thousand at once are all answered with their own answer', async () => {
    asterisk.answer = ({ uri }) => ({ status: 200, body: { uri } });
    const app = connectTo();
    await app.connected();
    const uris = Array.from({ length: 1000 }, (_, index) => `channels/${index}`);
    const answers = await Promise.all(uris.map((uri) => app.connection.request('GET', uri)));
    expect(answers.map(({ body }) => (body as { uri: string }).uri)).toEqual(uris);
  });
});

describe('events', () => {
  test('of an unknown type arrive, and what is no event is stepped over', async () => {
    const app = connectTo();
    await app.connected();
    asterisk.emit({ type: 'InventedTomorrow', detail: 1 });
    asterisk.emit('not JSON');
    asterisk.emit('null');
    asterisk.emit('[]');
    asterisk.emit({ noType: true });
    asterisk.emit({ type: 'RESTResponse', request_id: 'unasked', status_code: 200 });
    asterisk.emit({ type: 'StasisEnd' });
    await app.until(() => app.events.length === 2);
    expect(app.events).toEqual([{ type: 'InventedTomorrow', detail: 1 }, { type: 'StasisEnd' }]);
    expect(app.connection.status).toBe('connected');
  });

  test('a listener that throws, or rejects, hurts nobody', async () => {
    const app = connectTo();
    app.connection.onEvent(() => {
      throw new Error('listener');
    });
    app.connection.onEvent((async () => {
      throw new Error('async listener');
    }) as () => void);
    app.connection.onStatus(() => {
      throw new Error('status listener');
    });
    const heard: string[] = [];
    app.connection.onEvent((event) => void heard.push(event.type));
    await app.connected();
    asterisk.emit({ type: 'One' });
    asterisk.emit({ type: 'Two' });
    await app.until(() => app.events.length === 2);
    expect((await app.connection.request('GET', 'channels')).status).toBe(204);
    expect(heard).toEqual(['One', 'Two']);
    expect(app.logged.filter(({ message }) => message.includes('listener'))).toHaveLength(5);
  });
});
