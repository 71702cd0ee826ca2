/**
 * The WebSocket under the phone, as JsSIP wants one. Every connection begins by asking the service for a password and a ticket, so a page
 * that was cut off for whatever reason comes back by the same way.
 *
 *   idle ─connect─► asking ─credentials─► opening ─► open ─► closed, and JsSIP connects again after a second
 *                      └────────────────────┴─► over: the service says that it would be in vain
 *
 * A connection can be dead and look open. So the other end is asked now and then (OPTIONS, by ourselves: JsSIP never hears of it), and
 * one that does not answer soon is given up.
 */
import { asCommandError } from '../link/command-error.js';
import type { PhoneFailure } from './phone.js';
import { backoffMs, failureOf, failureOfClose, isPong, type PhoneCredentials, pingMessage } from './sip-words.js';

export interface SipSocketParts {
  /** Asks the service. */
  readonly credentials: () => Promise<PhoneCredentials>;
  /** Before the connection is used: JsSIP needs the password. */
  readonly given: (credentials: PhoneCredentials) => void;
  /** It would be in vain to try again. */
  readonly over: (why: PhoneFailure) => void;
  /** Is there a call? Then a dead connection is to be found sooner. */
  readonly inCall: () => boolean;
  /** The service's address, with a slash at its end. */
  readonly server: string;
}

const PING_MS = 10_000;
const PONG_WITHIN_MS = 4_000;
/** In a call it is known, and said, within six seconds. Each costs the PBX an answer. */
const PING_IN_CALL_MS = 3_000;
const PONG_IN_CALL_WITHIN_MS = 2_500;
const OPEN_WITHIN_MS = 8_000;

export class SipSocket {
  /** Also behind TLS, which ends before Asterisk: it is Asterisk who reads this. */
  readonly via_transport = 'WS';
  readonly url = 'ws://ringmaster/phone';
  readonly sip_uri = 'sip:ringmaster;transport=ws';
  // JsSIP sets these.
  onconnect: () => void = () => undefined;
  ondisconnect: (error: boolean, code?: number, reason?: string) => void = () => undefined;
  ondata: (data: unknown) => void = () => undefined;

  readonly #parts: SipSocketParts;
  #socket: WebSocket | null = null;
  #attempt = 0;
  #failures = 0;
  #timer: number | undefined;
  #pongTimer: number | undefined;
  #askedAt = 0;

  constructor(parts: SipSocketParts) {
    this.#parts = parts;
  }

  connect(): void {
    this.#attempt += 1;
    const attempt = this.#attempt;
    clearTimeout(this.#timer);
    this.#timer = window.setTimeout(() => void this.#open(attempt), backoffMs(this.#failures));
  }

  disconnect(): void {
    this.#attempt += 1;
    this.#close();
  }

  send(message: string): boolean {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(message);
    return true;
  }

  isConnected(): boolean {
    return this.#socket?.readyState === WebSocket.OPEN;
  }

  isConnecting(): boolean {
    return this.#socket?.readyState === WebSocket.CONNECTING;
  }

  /** The network has changed, or the computer woke up: is anybody there? */
  check(): void {
    if (this.#socket?.readyState !== WebSocket.OPEN || this.#pongTimer !== undefined) return;
    this.send(pingMessage());
    this.#askedAt = Date.now();
    const withinMs = this.#parts.inCall() ? PONG_IN_CALL_WITHIN_MS : PONG_WITHIN_MS;
    this.#pongTimer = window.setTimeout(() => this.#gone(this.#attempt, 1006, 'no answer'), withinMs);
  }

  #tick(): void {
    if (this.#parts.inCall() || Date.now() - this.#askedAt >= PING_MS) this.check();
  }

  /** It has served its purpose: should it be cut off, another is made at once. */
  settled(): void {
    this.#failures = 0;
  }

  /** It is open but of no use: another one, with another password. */
  drop(): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#gone(this.#attempt, 1000, 'of no use');
  }

  async #open(attempt: number): Promise<void> {
    let credentials: PhoneCredentials;
    try {
      credentials = await this.#parts.credentials();
    } catch (error) {
      if (attempt !== this.#attempt) return;
      const failure = failureOf(asCommandError(error).code);
      if (failure === null) this.#gone(attempt, 0, 'no credentials');
      else this.#parts.over(failure);
      return;
    }
    if (attempt !== this.#attempt) return;
    this.#parts.given(credentials);
    const url = new URL(credentials.url.replace(/^\//, ''), this.#parts.server);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url, 'sip');
    this.#socket = socket;
    this.#timer = window.setTimeout(() => this.#gone(attempt, 1006, 'not opened'), OPEN_WITHIN_MS);
    socket.onopen = () => this.#opened(attempt);
    socket.onmessage = ({ data }) => this.#heard(data);
    socket.onclose = ({ code, reason }) => this.#gone(attempt, code, reason);
  }

  #opened(attempt: number): void {
    if (attempt !== this.#attempt) return;
    clearTimeout(this.#timer);
    this.#timer = window.setInterval(() => this.#tick(), PING_IN_CALL_MS);
    this.onconnect();
  }

  #heard(data: unknown): void {
    // Whatever is heard shows that somebody is there.
    clearTimeout(this.#pongTimer);
    this.#pongTimer = undefined;
    if (!(typeof data === 'string' && isPong(data))) this.ondata(data);
  }

  #gone(attempt: number, code: number, reason: string): void {
    if (attempt !== this.#attempt) return;
    this.#attempt += 1;
    this.#failures += 1;
    this.#close();
    const failure = failureOfClose(code);
    if (failure === null) this.ondisconnect(true, code, reason);
    else this.#parts.over(failure);
  }

  #close(): void {
    clearTimeout(this.#timer);
    clearTimeout(this.#pongTimer);
    this.#pongTimer = undefined;
    const socket = this.#socket;
    this.#socket = null;
    if (socket === null) return;
    socket.onopen = null;
    socket.onmessage = null;
    socket.onclose = null;
    socket.close();
  }
}
