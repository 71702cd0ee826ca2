/**
 * The only file that touches the npm package ari-client: it builds the client and opens its event socket.
 *
 * ari-client 2.2.0 opens the WebSocket; everything it does afterwards is cut off here, at one point, because each part has a
 * fault that would end a service meant to run for months:
 * - It loads Asterisk's API description over HTTP (a dozen requests) to build one method per operation. On a refused or reset
 *   connection that promise never settles; on a wrong password, or when Asterisk answers 503 half-way through its start, the
 *   loader throws outside of the promise and takes the process down; over https it hangs, since Asterisk names an http base path.
 *   Commands are sent on the socket instead, so the description is not needed at all: an empty one stands in for it, and nobody is
 *   asked for it.
 * - Its message handler throws for any event type that the description does not name, and parses each frame a second time.
 * - It gives up reconnecting for ever after ten attempts.
 */
import { createRequire, Module } from 'node:module';
import type { Client } from 'ari-client';
import type WebSocket from 'ws';
import type { AriCredentials, AriFailure } from './connection-types.js';

/** Why an attempt to reach Asterisk failed; `reason` is stable, the message is for people. */
export class AriConnectError extends Error {
  override readonly name = 'AriConnectError';

  constructor(
    readonly reason: AriFailure,
    message: string,
  ) {
    super(message);
  }
}

/** What an HTTP answer other than success means for the connection. */
export function failureOfStatus(status: number): AriConnectError {
  if (status === 401 || status === 403) {
    return new AriConnectError('unauthorized', `Asterisk refused the ARI user name or password (HTTP ${status}).`);
  }
  if (status === 503) return new AriConnectError('not_ready', 'Asterisk is still starting (HTTP 503).');
  if (status === 404) {
    return new AriConnectError(
      'not_ready',
      'There is no ARI at this address (HTTP 404): Asterisk is still starting, or ari.conf or http.conf disables it.',
    );
  }
  return new AriConnectError('not_ready', `Asterisk answered HTTP ${status}.`);
}

/** Stands in for swagger-client's loader: ready at once, describes nothing, asks nobody. */
class EmptyDescription {
  readonly ready = true;
  readonly apis = {};

  constructor(options: { success: () => void }) {
    // ari-client reads its own field, assigned from this constructor, inside `success`: so only after it has returned.
    queueMicrotask(options.success);
  }
}

/** Stands in for the HTTP package that ari-client asks for the description with. */
function emptyAnswer(_url: string, answered: (error: null) => void): void {
  queueMicrotask(() => answered(null));
}

const requireHere = createRequire(import.meta.url);

/** ari-client without what it would do beyond opening a WebSocket. */
function loadAriClient(): typeof import('ari-client') {
  const requireAsAriClient = createRequire(requireHere.resolve('ari-client'));
  // Its HTTP package alone would take a sixth of the service's start, and so of every recovery: it is not even loaded.
  const http = requireAsAriClient.resolve('request');
  const empty = new Module(http);
  empty.exports = emptyAnswer;
  empty.loaded = true;
  requireHere.cache[http] ??= empty;
  const swagger: object = requireAsAriClient('swagger-client');
  Reflect.set(swagger, 'SwaggerApi', EmptyDescription);
  return requireHere('ari-client');
}
const { connect: connectAriClient } = loadAriClient();

/**
 * ari-client knows only `<protocol>//<host>/ari`; an address with another path would be called at the wrong place.
 * Throws a TypeError for an address that cannot work, so that it is found at start and not in a retry loop.
 */
export function checkedAriUrl(address: string): URL {
  if (!URL.canParse(address)) throw new TypeError('The ARI address is not a URL such as http://127.0.0.1:8088.');
  const url = new URL(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new TypeError(`The ARI address must begin with http:// or https://, not ${url.protocol}//`);
  }
  if (!['', '/ari'].includes(url.pathname.replace(/\/$/, ''))) {
    throw new TypeError(
      `The ARI address must not have a path: ${url.pathname} (a prefix in http.conf is not supported).`,
    );
  }
  return url;
}

/**
 * Builds the ari-client of a connection. It asks Asterisk nothing and opens no WebSocket yet: whether Asterisk is there, is ready and
 * takes the password is told by the WebSocket's handshake.
 */
export async function buildClient({ url, username, password }: AriCredentials, signal: AbortSignal): Promise<Client> {
  return await withAbort(connectAriClient(checkedAriUrl(url).origin, username, password), signal);
}

/**
 * Opens a new event socket for `app` with ari-client and takes it over.
 * Runs to its end without giving way, so it holds the socket before the first byte of the handshake: no frame can be missed.
 */
export function openSocket(client: Client, app: string): WebSocket {
  const former = socketOf(client);
  // Its promise settles only on success (failures go to its own reconnect loop, removed below); the socket's own events tell more.
  client.start(encodeURIComponent(app), true).catch(() => undefined);
  const socket = socketOf(client);
  if (socket === undefined || socket === former)
    throw new AriConnectError('unreachable', 'ari-client opened no socket.');
  for (const event of ['message', 'error', 'close', 'pong']) socket.removeAllListeners(event);
  return socket;
}

function socketOf(client: Client): WebSocket | undefined {
  const socket: unknown = Reflect.get(client, '_ws');
  return isWebSocket(socket) ? socket : undefined;
}

function isWebSocket(value: unknown): value is WebSocket {
  return typeof value === 'object' && value !== null && 'terminate' in value && 'readyState' in value;
}

async function withAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return await new Promise<T>((resolve, reject) => {
    const abort = () => reject(new AriConnectError('unreachable', 'Asterisk did not answer in time.'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work
      .then(resolve, (error: unknown) =>
        reject(new AriConnectError('unreachable', `Asterisk does not answer: ${causeOf(error)}.`)),
      )
      .finally(() => signal.removeEventListener('abort', abort));
  });
}

/** fetch hides the reason (ECONNREFUSED …) in `cause`. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return 'no answer in time';
  return error.cause instanceof Error ? error.cause.message || error.cause.name : error.message;
}
