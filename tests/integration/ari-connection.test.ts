/** The connection to Asterisk under everything that an Asterisk and a network may do to it. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
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

describe('connecting', () => {
  test('says when this Asterisk was started, and subscribes to everything', async () => {
    const app = connectTo();
    await app.connected();
    expect(app.changes).toEqual([
      { status: 'connecting' },
      { status: 'connected', startupTime: asterisk.startupTime, asteriskVersion: '22.0.0-fake' },
    ]);
    expect(app.connection.status).toBe('connected');
    expect(asterisk.handshakes[0]?.searchParams.get('app')).toBe('ring master');
    expect(asterisk.handshakes[0]?.searchParams.get('subscribeAll')).toBe('true');
  });

  test('an event that comes before the first answer is told after "connected" and not lost', async () => {
    asterisk.greeting = { type: 'StasisStart', channel: { id: 'early' } };
    const app = new Observed(asterisk.url);
    observed.push(app);
    const order: string[] = [];
    app.connection.onStatus((status) => void order.push(status));
    app.connection.onEvent((event) => void order.push(event.type));
    app.connection.start();
    await app.until(() => app.events.length === 1);
    expect(order).toEqual(['connecting', 'connected', 'StasisStart']);
  });

  test('an absent Asterisk is waited for', async () => {
    await asterisk.stop();
    const app = connectTo();
    await app.until(() => app.count('disconnected') === 2);
    expect(app.changes[1]).toMatchObject({ status: 'disconnected', failure: 'unreachable' });
    await asterisk.start();
    await app.connected();
  });

  test('an Asterisk that is still starting is waited for', async () => {
    asterisk.httpStatus = 503;
    const app = connectTo();
    await app.until(() => app.count('disconnected') === 1);
    expect(app.changes.at(-1)).toMatchObject({ failure: 'not_ready', message: expect.stringContaining('503') });
    asterisk.httpStatus = undefined;
    await app.connected();
  });

  test('an Asterisk that was away and now starts is asked often again', async () => {
    await asterisk.stop();
    const app = connectTo();
    await app.until(() => app.count('disconnected') === 3);
    asterisk.httpStatus = 503;
    await asterisk.start();
    await app.until(() => app.changes.at(-1)?.failure === 'not_ready');
    expect(app.logged.findLast(({ level }) => level === 'warn')?.details).toEqual({
      failure: 'not_ready',
      retryMs: 100,
    });
  });

  test('a wrong password is said loudly once, without the password, and tried again', async () => {
    const app = connectTo({ password: 'wrong-word' });
    await app.until(() => app.count('disconnected') === 3);
    expect(app.changes.at(-1)).toMatchObject({ status: 'disconnected', failure: 'unauthorized' });
    expect(app.logged.filter(({ level }) => level === 'error')).toHaveLength(1);
    expect(JSON.stringify([app.logged, app.changes])).not.toContain('wrong-word');
  });

  test('a password changed while connected is reported too, from the WebSocket handshake', async () => {
    const app = connectTo();
    await app.connected();
    asterisk.httpStatus = 401;
    asterisk.cut();
    await app.until(() => app.changes.at(-1)?.failure === 'unauthorized');
    asterisk.httpStatus = undefined;
    await app.connected(2);
  });

  test('an Asterisk that ignores requests on the WebSocket is named as the reason', async () => {
    asterisk.infoAnswer = 'silence';
    const app = connectTo({ requestTimeoutMs: 100 });
    await app.until(() => app.count('disconnected') === 1);
    expect(app.changes.at(-1)).toMatchObject({ failure: 'unresponsive', message: expect.stringContaining('REST') });
    asterisk.infoAnswer = undefined;
    await app.connected();
  });

  test('an address with a path, or of another scheme, is refused at once', () => {
    expect(() => new Observed('http://127.0.0.1:8088/pbx')).toThrow(TypeError);
    expect(() => new Observed('ftp://127.0.0.1')).toThrow(TypeError);
    expect(() => new Observed('127.0.0.1')).toThrow(TypeError);
  });
});

describe('losing Asterisk', () => {
  test('a cut leads to a new connection that carries events and requests', async () => {
    const app = connectTo();
    await app.connected();
    asterisk.cut();
    await app.connected(2);
    expect(app.changes.map(({ status }) => status)).toEqual([
      'connecting',
      'connected',
      'disconnected',
      'connecting',
      'connected',
    ]);
    asterisk.emit({ type: 'ChannelDestroyed', cause: 16 });
    await app.until(() => app.events.length === 1);
    expect((await app.connection.request('GET', 'channels')).status).toBe(204);
  });

  test('a restart of Asterisk shows in its start-up time', async () => {
    const app = connectTo();
    await app.connected();
    await asterisk.stop();
    asterisk.startupTime = '2026-01-02T00:00:00.000+0000';
    await asterisk.start();
    await app.connected(2);
    expect(app.changes.at(-1)?.startupTime).toBe('2026-01-02T00:00:00.000+0000');
  });

  test('more than ten refused attempts do not end the attempts', async () => {
    const app = connectTo({ maxRetryDelayMs: 20 });
    await app.connected();
    asterisk.httpStatus = 503;
    asterisk.cut();
    await asterisk.until(() => asterisk.handshakes.length >= 13);
    asterisk.httpStatus = undefined;
    await app.connected(2);
    const warnings = app.logged.filter(({ level }) => level === 'warn');
    expect(warnings.map(({ message }) => message)).toEqual([
      expect.stringContaining('closed the WebSocket'),
      expect.stringContaining('503'),
    ]);
  });

  test('requests under way are rejected at the cut, later ones at once, and neither hangs', async () => {
    asterisk.answer = () => 'silence';
    const app = connectTo();
    await app.connected();
    const pending = app.connection.request('POST', 'channels/x/answer');
    pending.catch(() => undefined);
    await asterisk.until(() => asterisk.requests.length === 2);
    asterisk.cut();
    await expect(pending).rejects.toMatchObject({ name: 'AriUnavailable', code: 'ARI_CONNECTION_LOST' });
    await expect(app.connection.request('GET', 'channels')).rejects.toMatchObject({ code: 'ARI_NOT_CONNECTED' });
  });

  test('a peer that answers no heartbeat is dropped and connected anew', async () => {
    const app = connectTo({ pingIntervalMs: 50 });
    await app.connected();
    asterisk.stopPongs();
    await app.until(() => app.count('disconnected') === 1);
    expect(app.changes.at(-1)).toMatchObject({ failure: 'unresponsive' });
    asterisk.resumePongs();
    await app.connected(2);
  });

  test('a peer that answers its heartbeats is kept', async () => {
    const app = connectTo({ pingIntervalMs: 20 });
    await app.connected();
    await asterisk.until(() => asterisk.pings >= 8);
    expect(app.count('disconnected')).toBe(0);
  });
});
