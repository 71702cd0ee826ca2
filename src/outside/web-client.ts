/**
 * HTTP to other systems by Node's own client: bounded in time and size, without redirects, and not to private addresses where the
 * administrator has said so. The address is checked as it is connected to, so a name cannot lead elsewhere after the check.
 */
import { lookup } from 'node:dns';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { WebAnswer, WebClient, WebRequest } from '../app/integrations/web-client.js';

export interface WebClientOptions {
  readonly allowPrivateAddresses: boolean;
}

const PRIVATE = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 3],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv4');
for (const [net, bits] of [
  ['::', 127],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
  ['64:ff9b::', 96],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv6');

/** Addresses of one's own machine and network. IPv4 written as IPv6 is judged as IPv4. */
export function isPrivateAddress(address: string): boolean {
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

class PrivateAddress extends Error {
  readonly code = 'privateAddress';
}

const publicOnly: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const open = (addresses ?? []).filter(({ address }) => !isPrivateAddress(address));
    const [first] = open;
    if (error !== null) callback(error, '', 0);
    else if (first === undefined) callback(new PrivateAddress('private address'), '', 0);
    else if (options.all === true) callback(null, open);
    else callback(null, first.address, first.family);
  });
};

/** Kept connections are few: other systems are asked seldom, and must not be held open for nothing. */
const AGENT_OPTIONS = { keepAlive: true, maxSockets: 32, maxFreeSockets: 8, timeout: 60_000 } as const;

export class NodeWebClient implements WebClient {
  readonly #allowPrivate: boolean;
  readonly #http = new HttpAgent(AGENT_OPTIONS);
  readonly #https = new HttpsAgent(AGENT_OPTIONS);
  readonly #closing = new AbortController();

  constructor({ allowPrivateAddresses }: WebClientOptions) {
    this.#allowPrivate = allowPrivateAddresses;
  }

  /** What is being asked fails. */
  close(): void {
    this.#closing.abort();
    this.#http.destroy();
    this.#https.destroy();
  }

  ask(asked: WebRequest): Promise<WebAnswer> {
    const url = URL.canParse(asked.url) ? new URL(asked.url) : null;
    if (url === null || !['http:', 'https:'].includes(url.protocol)) return failed('badUrl', false);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (!this.#allowPrivate && isIP(host) !== 0 && isPrivateAddress(host)) return failed('privateAddress', false);
    return new Promise((resolve) => this.#send(url, asked, resolve));
  }

  #send(url: URL, asked: WebRequest, answer: (answer: WebAnswer) => void): void {
    const secure = url.protocol === 'https:';
    const timeout = AbortSignal.timeout(asked.timeoutMs);
    const signal = AbortSignal.any([timeout, this.#closing.signal]);
    let reached = false;
    const fail = (error: Error) => {
      const code = timeout.aborted ? 'timeout' : codeOf(error);
      answer({ kind: 'failed', code, reached });
    };
    try {
      const request = (secure ? httpsRequest : httpRequest)(url, {
        method: asked.method,
        headers: { ...asked.headers, ...lengthOf(asked.body) },
        agent: asked.fresh === true ? false : secure ? this.#https : this.#http,
        signal,
        ...(this.#allowPrivate ? {} : { lookup: publicOnly }),
      });
      request.on('error', fail);
      request.on('socket', (socket) => {
        // On a kept connection it is sent at once.
        if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', () => (reached = true));
        else reached = true;
      });
      request.on('response', (response) => read(response, asked.mostBytes, answer, fail));
      request.end(asked.body ?? undefined);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  }
}

function read(
  response: IncomingMessage,
  mostBytes: number,
  answer: (answer: WebAnswer) => void,
  fail: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const done = (cut: boolean) => {
    const body = Buffer.concat(chunks).subarray(0, mostBytes).toString('utf8');
    answer({ kind: 'answered', status: response.statusCode ?? 0, body, cut });
  };
  response.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes <= mostBytes) return;
    done(true);
    response.destroy();
  });
  response.on('end', () => done(false));
  response.on('error', fail);
  response.on('close', () => response.complete || fail(new Error('cut off')));
}

function lengthOf(body: string | null): Readonly<Record<string, string>> {
  return body === null ? {} : { 'content-length': String(Buffer.byteLength(body)) };
}

function failed(code: string, reached: boolean): Promise<WebAnswer> {
  return Promise.resolve({ kind: 'failed', code, reached });
}

/** Node's own names of what went wrong, such as `ECONNREFUSED`; never its sentences, which hold addresses. */
function codeOf(error: Error): string {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' && /^[A-Za-z_0-9]{1,60}$/.test(code) ? code : 'failed';
}
