/**
 * One WebSocket to Asterisk from its opening to its end: frames in and out, heartbeat, and the first question (which Asterisk is
 * this?) that makes the link usable. A link is never reused; the connection builds a new one.
 *
 *   opening ──open──▶ asking ──200──▶ up
 *      └───────────────┴──────────────┴──▶ down   (exactly once: refused, unanswered, cut, no pong, or dropped by us)
 */
import type { ClientRequest, IncomingMessage } from 'node:http';
import type WebSocket from 'ws';
import { AriConnectError, failureOfStatus } from './client.js';
import { PendingRequests, parseJson, requestUri } from './connection-requests.js';
import {
  type AriEvent,
  type AriLogger,
  type AriMethod,
  type AriQuery,
  type AriResponse,
  AriUnavailable,
} from './connection-types.js';
import { inOneWrite } from './one-write.js';

const OPEN = 1;
const GOODBYE_TIMEOUT_MS = 500;
/** Of all devices. */
const DEVICE_STATES = { eventSource: 'deviceState:' };

/** What Asterisk says about itself. */
export interface AsteriskIdentity {
  readonly startupTime: string;
  readonly asteriskVersion: string;
}

/** Who wants to know what happens on a link. */
export interface LinkListener {
  up(identity: AsteriskIdentity): void;
  event(event: AriEvent): void;
  down(failure: AriConnectError): void;
}

/** How a link behaves. */
export interface LinkOptions {
  readonly app: string;
  readonly requestTimeoutMs: number;
  /** How long the first question may take. */
  readonly firstAnswerMs: number;
  readonly pingIntervalMs: number;
  readonly log: AriLogger;
}

export class AriLink {
  readonly #socket: WebSocket;
  readonly #requests: PendingRequests;
  readonly #options: LinkOptions;
  readonly #listener: LinkListener;
  #phase: 'opening' | 'asking' | 'up' | 'down' = 'opening';
  /** Events between the opening and `up`: held back so that nobody sees an event of a connection not yet announced. */
  #early: AriEvent[] = [];
  #openTimer: NodeJS.Timeout | undefined;
  #pingTimer: NodeJS.Timeout | undefined;
  #pongSeen = true;
  /** A request was not answered, and another is to show whether any is. */
  #doubting = false;

  constructor(socket: WebSocket, options: LinkOptions, listener: LinkListener) {
    this.#socket = socket;
    this.#options = options;
    this.#listener = listener;
    this.#requests = new PendingRequests(options.requestTimeoutMs);
    socket.on('open', () => this.#ask());
    socket.on('message', (data) => {
      // A busy Asterisk that talks is no silent one, though its pong is late.
      this.#pongSeen = true;
      this.#receive(String(data));
    });
    socket.on('pong', () => {
      this.#pongSeen = true;
    });
    socket.on('unexpected-response', (_request: ClientRequest, response: IncomingMessage) => {
      response.resume();
      this.#end(failureOfStatus(response.statusCode ?? 0));
    });
    socket.on('error', (error) => this.#end(new AriConnectError('unreachable', `Asterisk: ${error.message}.`)));
    socket.on('close', (code) => this.#end(new AriConnectError('cut', `Asterisk closed the WebSocket (${code}).`)));
    this.#openTimer = setTimeout(() => {
      this.#end(new AriConnectError('unresponsive', 'Asterisk did not open the WebSocket in time.'));
    }, options.requestTimeoutMs);
  }

  /** Sends a request; rejects with AriUnavailable when the link is not up, goes down, or the answer does not come. */
  request(method: AriMethod, path: string, query?: AriQuery, body?: unknown): Promise<AriResponse> {
    if (this.#phase === 'up' && this.#socket.readyState === OPEN) {
      const answer = this.#requests.send(method, requestUri(path, query), body, this.#socket);
      answer.catch((error: unknown) => this.#unanswered(error));
      return answer;
    }
    return Promise.reject(new AriUnavailable('ARI_NOT_CONNECTED', `${method} ${path}: not connected to Asterisk.`));
  }

  together(sending: () => void): void {
    inOneWrite(this.#socket, sending);
  }

  /** Ends the link at once, without telling the listener. */
  drop(why: string): void {
    if (this.#release(why)) this.#socket.terminate();
  }

  /** Ends the link with a closing handshake, bounded in time, without telling the listener. */
  async close(why: string): Promise<void> {
    const wasOpen = this.#socket.readyState === OPEN;
    if (!this.#release(why)) return;
    if (!wasOpen) {
      this.#socket.terminate();
      return;
    }
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => this.#socket.terminate(), GOODBYE_TIMEOUT_MS);
      this.#socket.once('close', () => {
        clearTimeout(force);
        resolve();
      });
      this.#socket.close(1000);
    });
  }

  /**
   * Asterisk can lose an application whose socket it still keeps, and on which it even answers the heartbeat: when connections that
   * were given up while it stood still end after the new one has begun. No event comes then, and no answer to anything.
   */
  #unanswered(error: unknown): void {
    if (this.#phase !== 'up' || this.#doubting || !(error instanceof AriUnavailable) || error.code !== 'ARI_TIMEOUT')
      return;
    this.#doubting = true;
    this.#requests.send('GET', 'asterisk/ping', undefined, this.#socket).then(
      () => {
        this.#doubting = false;
      },
      () => this.#end(new AriConnectError('unresponsive', 'Asterisk answers no request any more.')),
    );
  }

  /** The first request shows that Asterisk answers on the socket, and which Asterisk it is. */
  #ask(): void {
    if (this.#phase !== 'opening') return;
    this.#phase = 'asking';
    clearTimeout(this.#openTimer);
    // Versions before 20.14, 21.9 and 22.4 ignore requests on the WebSocket; any may have lost us in the very beginning.
    const silent = 'The first request on the WebSocket gave no answer: does this Asterisk know REST over WebSocket?';
    this.#openTimer = setTimeout(
      () => this.#end(new AriConnectError('unresponsive', silent)),
      this.#options.firstAnswerMs,
    );
    this.#leaveDeviceStates();
    this.#requests.send('GET', 'asterisk/info', undefined, this.#socket).then(
      (response) => this.#recognise(response),
      // Cut, or later than the timer above.
      () => this.#end(new AriConnectError('unresponsive', silent)),
    );
  }

  /**
   * Nobody here needs them, and they are dangerous: when a WebSocket ends, Asterisk (seen in 22.10.1) holds its session locked while it
   * waits for the delivery of a device's state to end, and that delivery waits for the session. Nobody connects any more then.
   */
  #leaveDeviceStates(): void {
    const uri = requestUri(`applications/${encodeURIComponent(this.#options.app)}/subscription`, DEVICE_STATES);
    // An Asterisk that knows no device states refuses; one that is cut off shows it by the question that follows.
    this.#requests.send('DELETE', uri, undefined, this.#socket).catch(() => undefined);
  }

  #recognise(response: AriResponse): void {
    if (this.#phase !== 'asking') return;
    const startupTime = textAt(response.body, 'status', 'startup_time');
    if (response.status !== 200 || startupTime === undefined) {
      const message = `Asterisk does not say who it is (asterisk/info: ${response.status} ${response.reason}).`;
      this.#end(new AriConnectError('not_ready', message));
      return;
    }
    this.#phase = 'up';
    clearTimeout(this.#openTimer);
    this.#pingTimer = setInterval(() => this.#beat(), this.#options.pingIntervalMs);
    this.#socket.ping();
    this.#pongSeen = false;
    this.#listener.up({ startupTime, asteriskVersion: textAt(response.body, 'system', 'version') ?? 'unknown' });
    const early = this.#early;
    this.#early = [];
    for (const event of early) this.#listener.event(event);
  }

  #receive(text: string): void {
    const frame = parseJson(text);
    if (!isEvent(frame)) {
      this.#options.log.warn({ length: text.length }, 'Asterisk sent a frame that is not an event; ignored.');
    } else if (frame.type === 'RESTResponse') {
      if (this.#requests.settle(frame)) return;
      const { request_id: requestId, status_code: status } = frame;
      this.#options.log.debug({ requestId, status }, 'Asterisk answered a request that nobody waits for any more.');
    } else if (this.#phase === 'up') {
      this.#listener.event(frame);
    } else {
      this.#early.push(frame);
    }
  }

  /** A peer that vanished without a FIN (power, network) shows only by its silence. */
  #beat(): void {
    // After a stall of this process the pong may be waiting unread in the socket: let it be read first.
    setImmediate(() => {
      if (this.#phase !== 'up') return;
      if (!this.#pongSeen) {
        this.#end(new AriConnectError('unresponsive', 'Asterisk did not answer the heartbeat.'));
        return;
      }
      this.#pongSeen = false;
      this.#socket.ping();
    });
  }

  #end(failure: AriConnectError): void {
    if (!this.#release(failure.message)) return;
    this.#socket.terminate();
    this.#listener.down(failure);
  }

  /** Takes everything of ours off the socket; false when that was done before. */
  #release(why: string): boolean {
    if (this.#phase === 'down') return false;
    this.#phase = 'down';
    clearTimeout(this.#openTimer);
    clearInterval(this.#pingTimer);
    this.#early = [];
    this.#socket.removeAllListeners();
    // Terminating a socket that is not open yet emits an error, which would be thrown if nobody listened.
    this.#socket.on('error', () => undefined);
    this.#requests.rejectAll('ARI_CONNECTION_LOST', why);
    return true;
  }
}

function isEvent(frame: unknown): frame is AriEvent {
  return typeof frame === 'object' && frame !== null && 'type' in frame && typeof frame.type === 'string';
}

function textAt(body: unknown, section: string, field: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined;
  const inner: unknown = Reflect.get(body, section);
  if (typeof inner !== 'object' || inner === null) return undefined;
  const value: unknown = Reflect.get(inner, field);
  return typeof value === 'string' ? value : undefined;
}
