/** A real HTTP server on the loopback that answers as a test wants it, and keeps what it was asked. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  readonly at: number;
}

export type Answer = (response: ServerResponse, asked: Asked) => void;

const LIMIT_MS = 15_000;

export function answer(status: number, body = '', headers: Record<string, string> = {}): Answer {
  return (response) => response.writeHead(status, headers).end(body);
}

/** Says nothing; the connection stays open. */
export const silence: Answer = () => {};
export const hangUp: Answer = (response) => response.destroy();

export class WebServer {
  readonly #server: Server;
  readonly #watchers = new Set<() => void>();
  readonly asked: Asked[] = [];
  /** For the next requests, in order. */
  readonly next: Answer[] = [];
  port = 0;
  /** For all others. */
  usual: Answer = answer(200);

  static async start(port = 0): Promise<WebServer> {
    const server = new WebServer();
    await new Promise<void>((resolve) => server.#server.listen(port, '127.0.0.1', resolve));
    server.port = (server.#server.address() as AddressInfo).port;
    return server;
  }

  private constructor() {
    this.#server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const { method = '', url = '', headers } = request;
        const asked = { method, url, headers, body: Buffer.concat(chunks).toString(), at: performance.now() };
        this.asked.push(asked);
        (this.next.shift() ?? this.usual)(response, asked);
        for (const check of [...this.#watchers]) check();
      });
    });
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async until(what: string, look: (asked: readonly Asked[]) => boolean, limitMs = LIMIT_MS): Promise<void> {
    if (look(this.asked)) return;
    await new Promise<void>((resolve, reject) => {
      const limit = setTimeout(() => {
        const urls = this.asked.map(({ url, body }) => `${url} ${body.slice(0, 200)}`);
        reject(new Error(`did not happen: ${what}; asked was ${urls.join(', ')}`));
      }, limitMs);
      const check = () => {
        if (!look(this.asked)) return;
        clearTimeout(limit);
        this.#watchers.delete(check);
        resolve();
      };
      this.#watchers.add(check);
    });
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
