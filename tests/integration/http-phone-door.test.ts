// The SIP WebSocket of browsers' phones, passed on: who is let in, what passes, and how each end is told that the other has gone.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { WebSocket, WebSocketServer } from 'ws';
import { attachPhoneDoor } from '../../src/http/phone-door.js';
import type { Pings } from '../../src/http/phone-watch.js';

const TICKET = 'abcdefghijklmnopqrstuvwxyz012345';
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** Asterisk: says everything back. */
let asterisk: WebSocketServer;
let server: Server;
let over: AbortController;
let tickets: Set<string>;
/** As the phones are told. */
let sockets: { readonly closed: number; readonly seen: readonly string[]; talks: boolean };
let door: { close(): void };
let url: string;

const portOf = (listening: { address(): unknown }) => (listening.address() as AddressInfo).port;

beforeEach(async () => {
  asterisk = new WebSocketServer({ port: 0, host: '127.0.0.1', path: '/ws', handleProtocols: () => 'sip' });
  asterisk.on('connection', (socket) =>
    socket.on('message', (data, isBinary) => socket.send(data, { binary: isBinary })),
  );
  await once(asterisk, 'listening');
  server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  over = new AbortController();
  tickets = new Set([TICKET]);
  open();
});

function open(pings: Pings = { talkingMs: 500, idleMs: 20_000 }): void {
  const told = { closed: 0, seen: [] as string[], talks: false };
  sockets = told;
  const page = {
    talks: () => told.talks,
    quiet: () => void told.seen.push('quiet'),
    answers: () => void told.seen.push('answers'),
  };
  const admit = (ticket: string) =>
    tickets.delete(ticket) ? { agentId: 'anna', over: over.signal, closed, ...page } : null;
  const closed = () => {
    told.closed += 1;
  };
  const ariUrl = `http://127.0.0.1:${portOf(asterisk)}/`;
  door = attachPhoneDoor({ server, phones: { admit }, ariUrl, log: quiet, pings });
  url = `ws://127.0.0.1:${portOf(server)}/phone`;
}

afterEach(async () => {
  door.close();
  asterisk.close();
  for (const socket of asterisk.clients) socket.terminate();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const connect = (ticket = TICKET, protocol = 'sip') => new WebSocket(`${url}?ticket=${ticket}`, protocol);

async function connected(): Promise<WebSocket> {
  const page = connect();
  await once(page, 'open');
  return page;
}

async function refusal(page: WebSocket): Promise<string> {
  const [error] = (await once(page, 'error')) as [Error];
  return error.message;
}

async function closed(page: WebSocket): Promise<number> {
  const [code] = (await once(page, 'close')) as [number];
  return code;
}

describe('who is let in', () => {
  test('who has a ticket, once', async () => {
    const page = await connected();
    expect(page.protocol).toBe('sip');
    expect(await refusal(connect())).toContain('403');
    page.close();
  });

  test.each([
    ['without a ticket', ''],
    ['with a wrong one', 'abcdefghijklmnopqrstuvwxyz01234X'],
    ['with something else in its place', '%00<script>'],
  ])('nobody %s', async (_what, ticket) => {
    expect(await refusal(connect(ticket))).toContain('403');
    expect(asterisk.clients.size).toBe(0);
  });

  test('nobody who does not speak SIP, and the ticket stays good', async () => {
    expect(await refusal(connect(TICKET, 'chat'))).toContain('400');
    (await connected()).close();
  });

  test('other paths are none of its business, whatever they are', async () => {
    server.on('upgrade', (request, socket) => {
      if (request.url !== '/phone') socket.end('HTTP/1.1 418 Teapot\r\n\r\n');
    });
    for (const path of ['/socket.io/?x=1', '//', '/phones', '/phone/../x']) {
      const page = new WebSocket(`ws://127.0.0.1:${portOf(server)}${path}`, 'sip');
      expect(await refusal(page)).toContain('418');
    }
  });
});

describe('what passes', () => {
  test('text as text, also what is said before Asterisk has answered', async () => {
    const page = connect();
    await once(page, 'open');
    page.send('REGISTER sip:ringmaster SIP/2.0');
    const [data, isBinary] = await once(page, 'message');
    expect([String(data), isBinary]).toEqual(['REGISTER sip:ringmaster SIP/2.0', false]);
    page.close();
  });

  test('no message that is larger than any of SIP', async () => {
    const page = await connected();
    page.send('x'.repeat(65 * 1024));
    expect(await closed(page)).toBe(1009);
  });

  test('no flood', async () => {
    const page = await connected();
    for (let sent = 0; sent < 700; sent += 1) page.send('OPTIONS');
    expect(await closed(page)).toBe(1008);
  });
});

describe('who goes takes the other along', () => {
  test('the page', async () => {
    const accepted = once(asterisk, 'connection') as Promise<[WebSocket]>;
    const page = await connected();
    const [peer] = await accepted;
    expect(sockets.closed).toBe(0);
    page.close();
    await once(peer, 'close');
    expect(asterisk.clients.size).toBe(0);
    expect(sockets.closed).toBe(1);
  });

  test('Asterisk, and one that is not there: the page may try again', async () => {
    const accepted = once(asterisk, 'connection') as Promise<[WebSocket]>;
    const page = await connected();
    const [peer] = await accepted;
    peer.close();
    expect(await closed(page)).toBe(1001);
    asterisk.close();
    tickets.add(TICKET);
    expect(await closed(await connected())).toBe(1013);
  });

  test.each([
    ['superseded', 4001],
    ['ended', 4002],
    ['stopped', 1012],
  ])('the phone is %s: the page is told by a code of its own', async (why, code) => {
    const page = await connected();
    over.abort(why);
    expect(await closed(page)).toBe(code);
  });

  test('we: the page may try again', async () => {
    const page = await connected();
    door.close();
    expect(await closed(page)).toBe(1012);
  });

  test('a page that vanished without a word', async () => {
    door.close();
    open({ talkingMs: 20, idleMs: 100 });
    const accepted = once(asterisk, 'connection') as Promise<[WebSocket]>;
    const page = new WebSocket(`${url}?ticket=${TICKET}`, 'sip', { autoPong: false });
    const gone = closed(page);
    const [peer] = await accepted;
    await once(peer, 'close');
    expect(await gone).toBe(1006);
    expect(sockets.seen).toEqual([]);
  });
});

/** Long enough for a busy machine to answer in time. */
const TALKING_MS = 1_000;

describe('is anybody there?', () => {
  /** Sees the page's pings, and answers none. */
  async function mute(talks: boolean): Promise<{ page: WebSocket; pings: () => number }> {
    door.close();
    open({ talkingMs: talks ? 30 : TALKING_MS, idleMs: 20_000 });
    sockets.talks = talks;
    const page = new WebSocket(`${url}?ticket=${TICKET}`, 'sip', { autoPong: false });
    let count = 0;
    page.on('ping', () => {
      count += 1;
    });
    await once(page, 'open');
    return { page, pings: () => count };
  }

  test('a page that talks and does not answer is told once, by one ping; and so is its next word', async () => {
    const { page, pings } = await mute(true);
    await until(() => sockets.seen.length > 0);
    await until(() => pings() > 0);
    page.pong();
    await until(() => sockets.seen.length > 1);
    expect(sockets.seen.slice(0, 2)).toEqual(['quiet', 'answers']);
    await until(() => sockets.seen.length === 3);
    page.send('OPTIONS');
    await until(() => sockets.seen.length > 3);
    expect(sockets.seen.slice(2, 4)).toEqual(['quiet', 'answers']);
    expect(pings()).toBeLessThanOrEqual(sockets.seen.length);
    page.terminate();
  });

  test('one that talks and answers is asked again and again, and nothing is told', async () => {
    door.close();
    open({ talkingMs: TALKING_MS, idleMs: 20_000 });
    sockets.talks = true;
    const page = await connected();
    await once(page, 'ping');
    await once(page, 'ping');
    expect(sockets.seen).toEqual([]);
    page.close();
  });

  test('one that does not talk is not asked for a long time', async () => {
    const { page, pings } = await mute(false);
    page.send('OPTIONS');
    await once(page, 'message');
    expect([pings(), sockets.seen]).toEqual([0, []]);
    page.terminate();
  });
});

async function until(isSo: () => boolean): Promise<void> {
  const limit = AbortSignal.timeout(10_000);
  while (!isSo()) {
    limit.throwIfAborted();
    await new Promise(setImmediate);
  }
}
