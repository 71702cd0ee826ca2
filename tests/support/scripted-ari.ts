/** A connection to Asterisk that answers by rule, keeps what was asked, and tells what a test says. */
import type { PhoneSystemListener } from '../../src/app/phone-system.js';
import type { Log } from '../../src/app/ports.js';
import type { AriConnection, AriEvent, AriMethod, AriQuery, AriResponse } from '../../src/ari/connection.js';

export const QUIET_LOG: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** Hears of nothing. */
export const DEAF: PhoneSystemListener = {
  connected: () => {},
  disconnected: () => {},
  replaced: () => {},
  arrived: () => {},
  fact: () => {},
  transferAsked: () => {},
  keyPressed: () => {},
};

export class ScriptedAri implements AriConnection {
  readonly status = 'connected';
  readonly requests: { readonly method: AriMethod; readonly uri: string; readonly query: AriQuery }[] = [];
  readonly #statusOf: (method: AriMethod, uri: string) => number;
  readonly #bodies: Readonly<Record<string, unknown>>;
  #hears: (event: AriEvent) => void = () => {};

  /** `bodies`: what is answered to a question, by its URI. */
  constructor(
    statusOf: (method: AriMethod, uri: string) => number = () => 204,
    bodies: Readonly<Record<string, unknown>> = {},
  ) {
    this.#statusOf = statusOf;
    this.#bodies = bodies;
  }

  async request(method: AriMethod, uri: string, query: AriQuery = {}): Promise<AriResponse> {
    this.requests.push({ method, uri, query });
    return { status: this.#statusOf(method, uri), reason: '', body: this.#bodies[uri] };
  }

  together(sending: () => void): void {
    sending();
  }

  /** Asterisk tells something. */
  tell(event: AriEvent): void {
    this.#hears(event);
  }

  onEvent(listener: (event: AriEvent) => void): void {
    this.#hears = listener;
  }

  start(): void {}
  onStatus(): void {}
  async close(): Promise<void> {}
}
