/**
 * A small stand-in for Asterisk's ARI: HTTP login check, event WebSocket, REST over the WebSocket. It behaves as the real one does
 * where the connection depends on it (one socket per application name, answers in order), and misbehaves on request.
 */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';

/** A request as it came in over the WebSocket. */
export interface FakeRequest {
  readonly type: string;
  readonly request_id: string;
  readonly method: string;
  readonly uri: string;
  readonly content_type?: string;
  readonly message_body?: string;
}

/** An answer; `'silence'` never answers. */
export type FakeAnswer = { status: number; reason?: string; body?: unknown } | 'silence';

export class FakeAri {
  readonly password = 'secret';
  /** When set, HTTP and the WebSocket handshake answer this status. */
  httpStatus: number | undefined;
  /** Answers requests other than asterisk/info. */
  answer: (request: FakeRequest) => FakeAnswer = () => ({ status: 204, reason: 'No Content' });
  /** Answers asterisk/info instead of the usual answer. */
  infoAnswer: FakeAnswer | undefined;
  startupTime = '2026-01-01T00:00:00.000+0000';
  /** Sent on each new socket before anything else, as an event that comes before the first answer. */
  greeting: object | undefined;
  /** All WebSocket handshakes seen, the refused ones too. */
  readonly handshakes: URL[] = [];
  readonly requests: FakeRequest[] = [];
  pings = 0;
  readonly sockets = new Set<WebSocket>();
  #server: Server | undefined;
  #webSockets: WebSocketServer | undefined;
  #port = 0;
  #pongs = true;
  readonly #connections = new Set<Socket>();
  readonly #waiting: (() => void)[] = [];

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Listens; after a stop, on the same port again. */
  async start(): Promise<void> {
    this.#webSockets = new WebSocketServer({ noServer: true, autoPong: false });
    this.#server = createServer((request, response) => this.#http(request, response));
    this.#server.on('upgrade', (request, socket, head) => this.#upgrade(request, socket, head));
    this.#server.on('connection', (socket: Socket) => {
      this.#connections.add(socket);
      socket.on('close', () => this.#connections.delete(socket));
    });
    this.#server.listen(this.#port, '127.0.0.1');
    await once(this.#server, 'listening');
    const address = this.#server.address();
    this.#port = (address as AddressInfo).port;
  }

  /** Dies as a killed process does: every connection is gone at once. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === undefined) return;
    this.#server = undefined;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#connections) socket.destroy();
    await closed;
  }

  /** Cuts the WebSockets without a closing handshake. */
  cut(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  /** From now on pings stay unanswered, as with a peer that lost its power. */
  stopPongs(): void {
    this.#pongs = false;
  }

  resumePongs(): void {
    this.#pongs = true;
  }

  /** Sends text (JSON for objects) to all sockets. */
  emit(event: object | string): void {
    const text = typeof event === 'string' ? event : JSON.stringify(event);
    for (const socket of this.sockets) socket.send(text);
  }

  /** Resolves once `condition` holds; looked at after each handshake, request, ping and end of a socket. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #changed(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }

  #http(request: IncomingMessage, response: ServerResponse): void {
    const basic = `Basic ${Buffer.from(`ari:${this.password}`).toString('base64')}`;
    const status = this.httpStatus ?? (request.headers.authorization === basic ? 200 : 401);
    response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
  }

  #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', this.url);
    this.handshakes.push(url);
    this.#changed();
    const status = this.httpStatus ?? (url.searchParams.get('api_key') === `ari:${this.password}` ? 101 : 401);
    if (status !== 101) {
      socket.end(`HTTP/1.1 ${status} Refused\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
      return;
    }
    this.#webSockets?.handleUpgrade(request, socket, head, (webSocket) => this.#accept(webSocket));
  }

  #accept(socket: WebSocket): void {
    this.sockets.add(socket);
    if (this.greeting !== undefined) socket.send(JSON.stringify(this.greeting));
    socket.on('message', (data) => this.#request(socket, JSON.parse(String(data)) as FakeRequest));
    socket.on('ping', (data) => {
      this.pings += 1;
      if (this.#pongs) socket.pong(data);
      this.#changed();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      this.sockets.delete(socket);
      this.#changed();
    });
    this.#changed();
  }

  #request(socket: WebSocket, request: FakeRequest): void {
    this.requests.push(request);
    const info = this.infoAnswer ?? { status: 200, body: this.#info() };
    const answer = request.uri === 'asterisk/info' ? info : this.answer(request);
    if (answer !== 'silence') {
      const text = answer.body === undefined ? {} : { message_body: JSON.stringify(answer.body) };
      const { status: status_code, reason: reason_phrase = 'OK' } = answer;
      const frame = { type: 'RESTResponse', request_id: request.request_id, status_code, reason_phrase, ...text };
      socket.send(JSON.stringify(frame));
    }
    this.#changed();
  }

  #info(): object {
    return { system: { version: '22.0.0-fake' }, status: { startup_time: this.startupTime } };
  }
}
