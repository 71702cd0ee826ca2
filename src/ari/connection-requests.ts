/**
 * Requests on their way: numbers them, matches Asterisk's answers to them, and gives up those that stay unanswered.
 * This is the hot path (some twenty requests per call): one map, and one timer for all deadlines.
 */
import {
  type AriMethod,
  type AriQuery,
  type AriResponse,
  AriUnavailable,
  type AriUnavailableCode,
} from './connection-types.js';

interface Pending {
  readonly label: string;
  readonly deadlineAt: number;
  readonly resolve: (response: AriResponse) => void;
  readonly reject: (error: AriUnavailable) => void;
}

/** The body is parsed when it is first looked at: most answers are used for their status alone. */
class LazyResponse implements AriResponse {
  #text: string;
  #parsed: unknown;

  constructor(
    readonly status: number,
    readonly reason: string,
    text: unknown,
  ) {
    this.#text = typeof text === 'string' ? text : '';
  }

  get body(): unknown {
    if (this.#text !== '') {
      this.#parsed = parseJson(this.#text);
      this.#text = '';
    }
    return this.#parsed;
  }
}

/** `undefined` for what is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The URI as Asterisk wants it on the socket: relative to /ari, without a leading slash, with its query. */
export function requestUri(path: string, query?: AriQuery): string {
  let uri = path.startsWith('/') ? path.slice(1) : path;
  if (query === undefined) return uri;
  let separator = uri.includes('?') ? '&' : '?';
  for (const name in query) {
    const value = query[name];
    if (value === undefined) continue;
    // encodeURIComponent writes a blank as %20; Asterisk does not read a plus sign as a blank everywhere.
    uri += `${separator}${encodeURIComponent(name)}=${encodeURIComponent(value)}`;
    separator = '&';
  }
  return uri;
}

/** One request as the text frame that Asterisk reads. */
export function requestFrame(id: string, method: AriMethod, uri: string, body: unknown): string {
  if (body === undefined) return JSON.stringify({ type: 'RESTRequest', request_id: id, method, uri });
  const text = JSON.stringify(body);
  const frame = {
    type: 'RESTRequest',
    request_id: id,
    method,
    uri,
    content_type: 'application/json',
    message_body: text,
  };
  return JSON.stringify(frame);
}

/** The unanswered requests of one socket. */
export class PendingRequests {
  readonly #pending = new Map<string, Pending>();
  readonly #timeoutMs: number;
  #lastId = 0;
  #timer: NodeJS.Timeout | undefined;
  readonly #onTimer = (): void => {
    this.#timer = undefined;
    // After a stall of this process the answers may be waiting unread in the socket: let them be read first.
    setImmediate(this.#expire);
  };

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs;
  }

  get size(): number {
    return this.#pending.size;
  }

  /** Takes the request down and passes its frame to `send`; settles with the answer, or with AriUnavailable. */
  send(method: AriMethod, uri: string, body: unknown, socket: { send(frame: string): void }): Promise<AriResponse> {
    return new Promise((resolve, reject) => {
      this.#lastId += 1;
      const id = String(this.#lastId);
      socket.send(requestFrame(id, method, uri, body));
      // The label goes into error messages and logs: without the query, which may hold numbers of customers.
      const query = uri.indexOf('?');
      const label = `${method} ${query < 0 ? uri : uri.slice(0, query)}`;
      this.#pending.set(id, { label, deadlineAt: performance.now() + this.#timeoutMs, resolve, reject });
      this.#timer ??= setTimeout(this.#onTimer, this.#timeoutMs);
    });
  }

  /** Settles the request that `frame` (a RESTResponse) answers; false when nobody waits for it any more. */
  settle(frame: Readonly<Record<string, unknown>>): boolean {
    const id = frame.request_id;
    const pending = typeof id === 'string' ? this.#pending.get(id) : undefined;
    if (pending === undefined || typeof id !== 'string') return false;
    this.#pending.delete(id);
    const { status_code: status, reason_phrase: reason, message_body: body } = frame;
    pending.resolve(
      new LazyResponse(typeof status === 'number' ? status : 0, typeof reason === 'string' ? reason : '', body),
    );
    return true;
  }

  /** Gives up all requests: their socket is gone. */
  rejectAll(code: AriUnavailableCode, why: string): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const lost = [...this.#pending.values()];
    this.#pending.clear();
    for (const { reject, label } of lost) reject(new AriUnavailable(code, `${label}: ${why}`));
  }

  /** All have the same patience, so the map's order is the order of the deadlines: stop at the first that has time left. */
  readonly #expire = (): void => {
    const now = performance.now();
    for (const [id, { deadlineAt, label, reject }] of this.#pending) {
      if (deadlineAt > now) {
        this.#timer ??= setTimeout(this.#onTimer, deadlineAt - now);
        return;
      }
      this.#pending.delete(id);
      reject(new AriUnavailable('ARI_TIMEOUT', `${label}: no answer from Asterisk within ${this.#timeoutMs} ms.`));
    }
  };
}
