/** Asterisk's stored recordings over HTTP, as ARI gives them: whole files of a folder, behind basic authorisation. */
import { readFile, rm } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const PATH = /^\/ari\/recordings\/stored\/([^/]+)(\/file)?$/;

export class AsteriskFiles {
  readonly username = 'ringmaster';
  readonly password = 'secret';
  /** Answered instead of anything else. */
  status: number | null = null;
  readonly #folder: string;
  readonly #server: Server;

  constructor(folder: string) {
    this.#folder = folder;
    this.#server = createServer((request, response) => {
      this.#answer(request, response).catch(() => response.destroy());
    });
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const wanted = `Basic ${Buffer.from(`${this.username}:${this.password}`).toString('base64')}`;
    const [, encoded, file] = PATH.exec(request.url ?? '') ?? [];
    const status = request.headers.authorization === wanted ? this.status : 401;
    if (status !== null || encoded === undefined) {
      response.writeHead(status ?? 400).end();
      return;
    }
    const path = join(this.#folder, `${decodeURIComponent(encoded)}.wav`);
    const bytes = await readFile(path).catch(() => null);
    if (bytes === null) response.writeHead(404).end('{"message":"Recording not found"}');
    else if (request.method === 'DELETE') {
      await rm(path);
      response.writeHead(204).end();
    } else if (request.method === 'GET' && file !== undefined) {
      response.writeHead(200, { 'content-type': 'audio/wav', 'content-length': bytes.length }).end(bytes);
    } else response.writeHead(405).end();
  }
}
