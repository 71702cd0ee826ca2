/** The ends of the connection to Asterisk: taken over by another controller, or closed. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
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

describe('another controller takes the application over', () => {
  test('this one stops commanding and never comes back', async () => {
    asterisk.answer = () => 'silence';
    const app = connectTo();
    await app.connected();
    const pending = app.connection.request('POST', 'channels/x/answer');
    pending.catch(() => undefined);
    await asterisk.until(() => asterisk.requests.length === 2);
    asterisk.emit({ type: 'ApplicationReplaced', application: 'ring master' });
    await app.until(() => app.count('replaced') === 1);
    expect(app.events.at(-1)?.type).toBe('ApplicationReplaced');
    await expect(pending).rejects.toMatchObject({ code: 'ARI_CONNECTION_LOST' });
    await expect(app.connection.request('GET', 'channels')).rejects.toMatchObject({ code: 'ARI_NOT_CONNECTED' });
    await asterisk.until(() => asterisk.sockets.size === 0);
    app.connection.start();
    expect(app.connection.status).toBe('replaced');
    expect(asterisk.handshakes).toHaveLength(1);
    expect(app.changes.at(-1)).toEqual({ status: 'replaced' });
  });

  test('an attempt of our own that was given up and served late replaces us: we connect again', async () => {
    const app = connectTo({ pingIntervalMs: 50 });
    await app.connected();
    asterisk.stopPongs();
    await app.until(() => app.count('disconnected') === 1);
    asterisk.resumePongs();
    await app.until(() => app.count('connected') === 2);
    asterisk.emit({ type: 'ApplicationReplaced', application: 'ring master' });
    await app.until(() => app.count('connected') === 3);
    expect(app.count('replaced')).toBe(0);
  });

  test("another application's replacement is only news", async () => {
    const app = connectTo();
    await app.connected();
    asterisk.emit({ type: 'ApplicationReplaced', application: 'other' });
    await app.until(() => app.events.length === 1);
    expect(app.connection.status).toBe('connected');
  });
});

describe('closing', () => {
  test('while connected says goodbye, rejects what is pending, and is not told as a loss', async () => {
    asterisk.answer = () => 'silence';
    const app = connectTo();
    await app.connected();
    const pending = app.connection.request('GET', 'channels');
    pending.catch(() => undefined);
    await asterisk.until(() => asterisk.requests.length === 2);
    await app.connection.close();
    await app.connection.close();
    await expect(pending).rejects.toMatchObject({ code: 'ARI_CONNECTION_LOST' });
    await asterisk.until(() => asterisk.sockets.size === 0);
    expect(app.changes.map(({ status }) => status)).toEqual(['connecting', 'connected', 'closed']);
    app.connection.start();
    expect(app.connection.status).toBe('closed');
  });

  test('between two attempts ends the attempts', async () => {
    await asterisk.stop();
    const app = connectTo();
    await app.until(() => app.count('disconnected') === 1);
    await app.connection.close();
    expect(app.changes.at(-1)).toEqual({ status: 'closed' });
  });

  test('in the middle of an attempt leaves no socket behind', async () => {
    const app = connectTo();
    await app.connection.close();
    const other = connectTo();
    await asterisk.until(() => asterisk.handshakes.length === 1);
    await other.connection.close();
    await asterisk.until(() => asterisk.sockets.size === 0);
    expect([app.count('connected'), other.count('connected')]).toEqual([0, 0]);
  });

  test('from within a status listener is obeyed', async () => {
    const app = new Observed(asterisk.url);
    app.connection.onStatus((status) => {
      if (status === 'connecting') app.connection.close().catch(() => undefined);
    });
    app.connection.start();
    expect(app.connection.status).toBe('closed');
    expect(asterisk.handshakes).toHaveLength(0);
  });

  test('lets the process end by itself, whether Asterisk was there or not', async () => {
    const script = `
      import { createAriConnection } from './src/ari/connection.ts';
      const log = { debug() {}, info() {}, warn() {}, error() {} };
      const make = (url, app, last) => new Promise((resolve) => {
        const connection = createAriConnection({ url, username: 'ari', password: 'secret', app, log });
        connection.onStatus((status) => { if (status === last) connection.close().then(resolve); });
        connection.start();
      });
      await Promise.all([make('${asterisk.url}', 'a', 'connected'), make('http://127.0.0.1:1', 'b', 'disconnected')]);
      console.log('closed');
    `;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 20_000,
    });
    let closedAt = 0;
    child.stdout.once('data', () => {
      closedAt = performance.now();
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    expect(closedAt).toBeGreaterThan(0);
    expect(performance.now() - closedAt).toBeLessThan(2000);
  }, 30_000);
});
