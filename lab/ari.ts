// A small ARI client for the lab: events and REST over one WebSocket. It knows nothing of the product's own client.
import { WebSocket } from 'ws';
import { Awaited, within } from './wait.js';

const REQUEST_TIMEOUT_MS = 5_000;

/** Where an ARI is and how to log in. */
export interface AriAddress {
  readonly ariUrl: string;
  readonly ariUser: string;
  readonly ariPassword: string;
}

/** A caller as events show it. */
export interface Party {
  readonly name: string;
  readonly number: string;
}

/** The part of a channel the lab looks at. */
export interface AriChannel {
  readonly id: string;
  readonly name: string;
  readonly state: string;
  readonly caller: Party;
  readonly connected: Party;
}

/** The part of an ARI event the lab looks at. */
export interface AriEvent {
  readonly type: string;
  readonly timestamp?: string;
  readonly args?: readonly string[];
  readonly channel?: AriChannel;
  readonly peer?: AriChannel;
  readonly dialstatus?: string;
  readonly cause?: number;
  readonly cause_txt?: string;
  readonly digit?: string;
  readonly state?: string;
  /** A phone's Transfer key: the call it was pressed in, and where it leads: a number, or another call of the phone. */
  readonly referred_by?: { readonly source_channel: AriChannel };
  readonly refer_to?: {
    readonly requested_destination?: { readonly destination?: string };
    readonly destination_channel?: AriChannel;
  };
  readonly recording?: { readonly name: string; readonly cause?: string };
}

/** Status and parsed body of an answer. */
export interface AriAnswer {
  readonly status: number;
  readonly reason: string;
  readonly body: unknown;
}

interface RestResponse extends AriEvent {
  readonly request_id: string;
  readonly status_code: number;
  readonly reason_phrase: string;
  readonly message_body?: string;
}

type Query = Readonly<Record<string, string | number | boolean>>;

const parsed = (text: string | undefined): unknown => (text ? JSON.parse(text) : undefined);

/** One ARI call over plain HTTP, for a look at an Asterisk without joining it as an application. */
export async function ariHttp(address: AriAddress, method: string, path: string): Promise<AriAnswer> {
  const authorization = `Basic ${Buffer.from(`${address.ariUser}:${address.ariPassword}`).toString('base64')}`;
  const response = await fetch(`${address.ariUrl}/ari/${path}`, {
    method,
    headers: { authorization },
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  return { status: response.status, reason: response.statusText, body: parsed(await response.text()) };
}

/** A connected Stasis application. */
export class LabAri {
  readonly #socket: WebSocket;
  readonly #pending = new Map<string, Awaited<RestResponse>>();
  readonly #listeners = new Set<(event: AriEvent) => void>();
  #requests = 0;

  private constructor(
    socket: WebSocket,
    readonly app: string,
  ) {
    this.#socket = socket;
    socket.on('message', (data) => this.#receive(String(data)));
    socket.on('close', () => {
      for (const request of this.#pending.values()) request.reject(new Error(`${app}: the ARI connection closed`));
      this.#pending.clear();
    });
  }

  /** Connects the application, subscribed to everything. */
  static async connect(address: AriAddress, app: string): Promise<LabAri> {
    const login = encodeURIComponent(`${address.ariUser}:${address.ariPassword}`);
    const url = `${address.ariUrl.replace('http', 'ws')}/ari/events?app=${app}&subscribeAll=true&api_key=${login}`;
    const socket = new WebSocket(url);
    const opened = new Awaited<void>();
    socket.once('open', () => opened.resolve());
    socket.on('error', (error) => opened.reject(error));
    const ari = new LabAri(socket, app);
    await within(opened.promise, REQUEST_TIMEOUT_MS, `ARI connection of ${app}`);
    // Asterisk may lock itself up when a connection ends that is told of devices' states.
    await ari.request('DELETE', `applications/${app}/subscription`, { eventSource: 'deviceState:' });
    return ari;
  }

  #receive(text: string): void {
    const event = JSON.parse(text) as AriEvent | RestResponse;
    if ('request_id' in event) {
      this.#pending.get(event.request_id)?.resolve(event);
      this.#pending.delete(event.request_id);
      return;
    }
    for (const listener of [...this.#listeners]) listener(event);
  }

  /** Calls the listener for every event, until the function returned is called. */
  listen(listener: (event: AriEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The next event that matches. Call it before causing the event, and await it afterwards. */
  next(matches: (event: AriEvent) => boolean, what: string, timeoutMs = REQUEST_TIMEOUT_MS): Promise<AriEvent> {
    const found = new Awaited<AriEvent>();
    const stop = this.listen((event) => {
      if (matches(event)) found.resolve(event);
    });
    const waiting = within(found.promise, timeoutMs, what).finally(stop);
    waiting.catch(() => undefined);
    return waiting;
  }

  /** One REST request; any status is an answer. */
  async request(method: string, path: string, query: Query = {}, body?: unknown): Promise<AriAnswer> {
    const request_id = `r${++this.#requests}`;
    const search = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    );
    // Asterisk decodes %20, not the form encoding's "+".
    const uri = search.size > 0 ? `${path}?${search.toString().replaceAll('+', '%20')}` : path;
    const content = body === undefined ? {} : { content_type: 'application/json', message_body: JSON.stringify(body) };
    const answer = new Awaited<RestResponse>();
    this.#pending.set(request_id, answer);
    this.#socket.send(
      JSON.stringify({ type: 'RESTRequest', transaction_id: request_id, request_id, method, uri, ...content }),
    );
    const response = await within(answer.promise, REQUEST_TIMEOUT_MS, `${method} ${uri}`);
    return { status: response.status_code, reason: response.reason_phrase, body: parsed(response.message_body) };
  }

  /** One REST request that must succeed. */
  async command(method: string, path: string, query: Query = {}, body?: unknown): Promise<unknown> {
    const answer = await this.request(method, path, query, body);
    if (answer.status >= 300) {
      throw new Error(`${method} ${path}: ${answer.status} ${answer.reason} ${JSON.stringify(answer.body ?? '')}`);
    }
    return answer.body;
  }

  /** Closes the connection. */
  async close(): Promise<void> {
    const closed = new Awaited<void>();
    this.#socket.once('close', () => closed.resolve());
    this.#socket.close();
    await within(closed.promise, 1_000, 'close').catch(() => this.#socket.terminate());
  }
}
