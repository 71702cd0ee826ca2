/**
 * The connection to Asterisk's ARI: one that is always being kept up. It knows when to build a new link, when to stop for good,
 * and who wants to hear of it; a single WebSocket's life is in connection-link.ts.
 */
import type { Client } from 'ari-client';
import { AriConnectError, buildClient, checkedAriUrl, openSocket } from './client.js';
import { AriLink, type AsteriskIdentity } from './connection-link.js';
import {
  type AriConnectionOptions,
  type AriEvent,
  type AriFailure,
  type AriMethod,
  type AriQuery,
  type AriResponse,
  type AriStatus,
  type AriStatusInfo,
  AriUnavailable,
} from './connection-types.js';

export * from './connection-types.js';

const FIRST_ANSWER_MS = 1_000;
const FIRST_RETRY_MS = 100;
/** An attempt or a link of ours that was given up may still be served this long afterwards, once Asterisk is awake again. */
const GHOST_MS = 60_000;
const DEFAULTS = { requestTimeoutMs: 5000, pingIntervalMs: 2000, maxRetryDelayMs: 2000 };

/** The connection of one Stasis application to one Asterisk. */
export interface AriConnection {
  readonly status: AriStatus;
  /** Connects, and reconnects without limit. An absent Asterisk is a status, not an error. Does nothing the second time. */
  start(): void;
  /**
   * Sends a command or a question and resolves with Asterisk's answer, whatever its status. `uri` is relative to `/ari`
   * (`channels/x/answer`), its parts encoded by the caller; query values are encoded here; `body` is sent as JSON.
   * @throws AriUnavailable when not connected, when the connection is lost before the answer, or when the deadline passes.
   */
  request(method: AriMethod, uri: string, query?: AriQuery, body?: unknown): Promise<AriResponse>;
  /** Requests that are sent within `sending` leave as one write. */
  together(sending: () => void): void;
  /** Hears every event, also of types unknown to this version, in order, from the moment of `connected`. */
  onEvent(listener: (event: AriEvent) => void): void;
  /** Hears every change of status. `connected` is told before the first event of that connection. */
  onStatus(listener: (status: AriStatus, info: AriStatusInfo) => void): void;
  /** Ends the connection for good; pending requests are rejected. No timer, socket or listener is left. */
  close(): Promise<void>;
}

/**
 * Builds a connection; nothing is sent before `start()`.
 * @throws TypeError when the address cannot be an ARI's.
 */
export function createAriConnection(options: AriConnectionOptions): AriConnection {
  checkedAriUrl(options.url);
  return new KeptConnection(options);
}

class KeptConnection implements AriConnection {
  readonly #options: AriConnectionOptions & typeof DEFAULTS;
  readonly #eventListeners: ((event: AriEvent) => unknown)[] = [];
  readonly #statusListeners: ((status: AriStatus, info: AriStatusInfo) => unknown)[] = [];
  #status: AriStatus = 'disconnected';
  #client: Client | undefined;
  #link: AriLink | undefined;
  #attempt: AbortController | undefined;
  #retryTimer: NodeJS.Timeout | undefined;
  #retryMs = FIRST_RETRY_MS;
  #lastFailure: AriFailure | undefined;
  #started = false;
  #gaveUpAt = Number.NEGATIVE_INFINITY;

  constructor(options: AriConnectionOptions) {
    this.#options = { ...DEFAULTS, ...options };
  }

  get status(): AriStatus {
    return this.#status;
  }

  start(): void {
    if (this.#started || this.#isOver()) return;
    this.#started = true;
    this.#connect();
  }

  request(method: AriMethod, uri: string, query?: AriQuery, body?: unknown): Promise<AriResponse> {
    if (this.#link !== undefined) return this.#link.request(method, uri, query, body);
    return Promise.reject(new AriUnavailable('ARI_NOT_CONNECTED', `${method} ${uri}: not connected to Asterisk.`));
  }

  together(sending: () => void): void {
    if (this.#link === undefined) sending();
    else this.#link.together(sending);
  }

  onEvent(listener: (event: AriEvent) => void): void {
    this.#eventListeners.push(listener);
  }

  onStatus(listener: (status: AriStatus, info: AriStatusInfo) => void): void {
    this.#statusListeners.push(listener);
  }

  async close(): Promise<void> {
    if (this.#status === 'closed') return;
    const link = this.#stop();
    this.#setStatus('closed', {});
    this.#eventListeners.length = 0;
    this.#statusListeners.length = 0;
    await link?.close('the connection was closed.');
  }

  #isOver(): boolean {
    return this.#status === 'closed' || this.#status === 'replaced';
  }

  #connect(): void {
    this.#setStatus('connecting', {});
    // A status listener may have closed the connection.
    if (this.#isOver()) return;
    const attempt = new AbortController();
    this.#attempt = attempt;
    this.#open(attempt).catch((error: unknown) => {
      // Closed or replaced meanwhile.
      if (this.#attempt !== attempt) return;
      this.#failed(error instanceof AriConnectError ? error : new AriConnectError('unreachable', String(error)));
    });
  }

  async #open(attempt: AbortController): Promise<void> {
    const deadline = setTimeout(() => attempt.abort(), this.#options.requestTimeoutMs);
    try {
      // Built once: afterwards a reconnect is a WebSocket handshake and nothing else.
      this.#client ??= await buildClient(this.#options, attempt.signal);
    } finally {
      clearTimeout(deadline);
    }
    if (this.#attempt !== attempt) return;
    const socket = openSocket(this.#client, this.#options.app);
    // Quick at first, for a lost beginning is soon mended by another; patient with an Asterisk that has too much to do.
    const firstAnswerMs = Math.min(Math.max(FIRST_ANSWER_MS, 5 * this.#retryMs), this.#options.requestTimeoutMs);
    const link: AriLink = new AriLink(
      socket,
      { ...this.#options, firstAnswerMs },
      {
        up: (identity) => this.#up(identity),
        event: (event) => this.#deliver(event, link),
        down: (failure) => this.#failed(failure),
      },
    );
    this.#link = link;
  }

  #up(identity: AsteriskIdentity): void {
    this.#retryMs = FIRST_RETRY_MS;
    this.#lastFailure = undefined;
    this.#options.log.info({ app: this.#options.app, ...identity }, 'Connected to Asterisk.');
    this.#setStatus('connected', identity);
  }

  #failed(error: AriConnectError): void {
    this.#link = undefined;
    if (this.#isOver()) return;
    if (error.reason === 'unresponsive') this.#gaveUpAt = performance.now();
    // Another kind of trouble is progress (refused → still starting): be quick again, for the next step may be near.
    if (error.reason !== this.#lastFailure) this.#retryMs = FIRST_RETRY_MS;
    this.#report(error);
    const delayMs = Math.min(this.#retryMs, this.#options.maxRetryDelayMs);
    this.#retryMs = Math.min(delayMs * 2, this.#options.maxRetryDelayMs);
    this.#retryTimer = setTimeout(() => this.#connect(), delayMs);
    this.#setStatus('disconnected', { failure: error.reason, message: error.message });
  }

  /** Loud once for each kind of trouble, then quiet: a PBX away for an hour is not 1800 warnings. */
  #report(error: AriConnectError): void {
    const { log } = this.#options;
    const details = { failure: error.reason, retryMs: this.#retryMs };
    if (error.reason === this.#lastFailure) log.debug(details, error.message);
    else if (error.reason === 'unauthorized')
      log.error(details, `${error.message} Check ARI_USERNAME and ARI_PASSWORD.`);
    else log.warn(details, error.message);
    this.#lastFailure = error.reason;
  }

  #deliver(event: AriEvent, link: AriLink): void {
    // A listener may have ended this link while its early events were still being handed out.
    if (this.#link !== link) return;
    for (const listener of this.#eventListeners) {
      try {
        this.#watch(listener(event), event.type);
      } catch (error) {
        this.#listenerFailed(error, event.type);
      }
    }
    if (event.type === 'ApplicationReplaced' && event.application === this.#options.app) this.#overtaken();
  }

  /**
   * An Asterisk that stood still serves, once it goes on, the attempts that we gave up meanwhile, in any order: then we were replaced
   * by ourselves. Two controllers do not fight here: the lease in the database decides between them before either connects.
   */
  #overtaken(): void {
    if (performance.now() - this.#gaveUpAt > GHOST_MS) {
      this.#replaced();
      return;
    }
    const link = this.#link;
    this.#failed(new AriConnectError('cut', 'An earlier attempt to connect was served late.'));
    link?.drop('an earlier attempt to connect was served late.');
  }

  /** Another controller has taken the application over: to come back would take it away again, in turn, for ever. */
  #replaced(): void {
    this.#options.log.error({ app: this.#options.app }, 'Another controller took this application over; stopping.');
    this.#stop()?.drop('another controller took the application over.');
    this.#setStatus('replaced', {});
  }

  /** Ends attempts and retries; returns the link that was in use, for the caller to end. */
  #stop(): AriLink | undefined {
    clearTimeout(this.#retryTimer);
    const attempt = this.#attempt;
    this.#attempt = undefined;
    attempt?.abort();
    const link = this.#link;
    this.#link = undefined;
    return link;
  }

  #setStatus(status: AriStatus, info: AriStatusInfo): void {
    this.#status = status;
    for (const listener of [...this.#statusListeners]) {
      try {
        this.#watch(listener(status, info), status);
      } catch (error) {
        this.#listenerFailed(error, status);
      }
    }
  }

  /** TypeScript lets an async function pass as a listener; its rejection would end the process. */
  #watch(result: unknown, subject: string): void {
    if (result instanceof Promise) result.catch((error: unknown) => this.#listenerFailed(error, subject));
  }

  #listenerFailed(error: unknown, subject: string): void {
    this.#options.log.error({ err: error, subject }, 'A listener of the ARI connection failed.');
  }
}
