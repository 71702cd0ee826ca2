/** The SIP side of the phone: registered for as long as it is wanted, through cuts and restarts, and the calls that come to it. */
import type { UA } from 'jssip';
import type { RTCSession } from 'jssip/lib/RTCSession';
import type { IncomingRequest } from 'jssip/lib/SIPMessage';
import type { RTCSessionEvent } from 'jssip/lib/UA';
import { asCommandError } from '../link/command-error.js';
import type { PhoneFailure } from './phone.js';
import { SipCall } from './sip-call.js';
import { SipSocket } from './sip-socket.js';
import { backoffMs, failureOf, type PhoneCredentials } from './sip-words.js';

export interface SipPhoneParts {
  readonly server: string;
  readonly credentials: () => Promise<PhoneCredentials>;
  readonly registered: (first: boolean) => void;
  /** By itself it comes back from this. */
  readonly away: () => void;
  /** And from this it does not. */
  readonly failed: (why: PhoneFailure) => void;
  readonly rings: (call: SipCall) => void;
  readonly microphoneLost: (call: SipCall) => void;
  /** A call is another than it was, or there are others. */
  readonly changed: () => void;
}

/** A phone may talk, have another on hold, and be rung for a third. */
const MOST_CALLS = 6;
/** JsSIP counts in seconds, and waits at least one. */
const RECOVERY_S = 1;

export class SipPhone {
  readonly #parts: SipPhoneParts;
  readonly #calls = new Map<string, SipCall>();
  #ua: UA | null = null;
  #socket: SipSocket | null = null;
  #iceServers: RTCIceServer[] = [];
  #everRegistered = false;
  #over = false;

  constructor(parts: SipPhoneParts) {
    this.#parts = parts;
  }

  get calls(): readonly SipCall[] {
    return [...this.#calls.values()];
  }

  get iceServers(): RTCIceServer[] {
    return this.#iceServers;
  }

  call(id: string): SipCall | undefined {
    return this.#calls.get(id);
  }

  /** JsSIP is loaded only now: a desktop without a phone does without. */
  async start(): Promise<void> {
    const { server } = this.#parts;
    // The name is known with the first password: until then nothing can be made.
    const [{ default: jssip }, first] = await Promise.all([import('jssip'), this.#askUntilGiven()]);
    if (first === null || this.#over) return;
    let given: PhoneCredentials | null = first;
    const socket = new SipSocket({
      server,
      credentials: () => {
        const at = given;
        given = null;
        return at === null ? this.#parts.credentials() : Promise.resolve(at);
      },
      given: (credentials) => this.#given(credentials),
      over: (why) => this.#fail(why),
      inCall: () => this.#calls.size > 0,
    });
    this.#socket = socket;
    const ua = new jssip.UA({
      sockets: [socket],
      uri: first.uri,
      authorization_user: first.username,
      password: first.password,
      display_name: first.displayName,
      registrar_server: 'sip:ringmaster',
      // Dialogs are watched by the PBX, by whether voice comes.
      session_timers: false,
      connection_recovery_min_interval: RECOVERY_S,
      connection_recovery_max_interval: RECOVERY_S,
    });
    this.#ua = ua;
    ua.on('registered', () => this.#registered());
    ua.on('disconnected', () => this.#over || this.#parts.away());
    ua.on('registrationFailed', () => this.#refused());
    ua.on('newRTCSession', ({ session, request, originator }: RTCSessionEvent) => {
      // We never dial.
      if (String(originator) === 'remote') this.#rings(session, request as IncomingRequest);
    });
    ua.start();
  }

  /** Calls are hung up. */
  stop(): void {
    this.#over = true;
    for (const call of this.#calls.values()) call.hangUp(480);
    this.#ua?.stop();
    this.#socket?.disconnect();
  }

  /** The page goes: it leaves everything as it is, for the next one to take up. */
  leave(): void {
    this.#over = true;
    this.#socket?.disconnect();
  }

  /** Another tab has the phone, and takes the calls up: here they end without a word to the PBX. */
  giveAway(): void {
    this.leave();
    for (const call of this.#calls.values()) call.hangUp();
    this.#ua?.stop();
  }

  /** The network has changed, or the computer woke up. */
  check(): void {
    this.#socket?.check();
  }

  async #askUntilGiven(): Promise<PhoneCredentials | null> {
    for (let failures = 1; !this.#over; failures += 1) {
      try {
        return await this.#parts.credentials();
      } catch (error) {
        const failure = failureOf(asCommandError(error).code);
        if (failure !== null) this.#fail(failure);
        else await new Promise((resolve) => setTimeout(resolve, backoffMs(failures + 1)));
      }
    }
    return null;
  }

  #given({ password, iceServers }: PhoneCredentials): void {
    this.#iceServers = iceServers.map((server) => ({ ...server, urls: [...server.urls] }));
    this.#ua?.set('password', password);
  }

  #registered(): void {
    const first = !this.#everRegistered;
    this.#everRegistered = true;
    this.#socket?.settled();
    // Without it Asterisk would say goodbye to where we were before.
    if (!first) for (const call of this.#calls.values()) call.renew();
    this.#parts.registered(first);
  }

  /** The password is not good any more, or Asterisk has just been started: a new connection brings a new password. */
  #refused(): void {
    if (this.#over) return;
    this.#parts.away();
    this.#socket?.drop();
  }

  #rings(session: RTCSession, request: IncomingRequest): void {
    if (this.#calls.size >= MOST_CALLS) {
      session.terminate({ status_code: 486 });
      return;
    }
    const call: SipCall = new SipCall(session, request, {
      changed: () => this.#parts.changed(),
      microphoneLost: () => this.#parts.microphoneLost(call),
      ended: () => {
        this.#calls.delete(session.id);
        this.#parts.changed();
      },
    });
    this.#calls.set(call.id, call);
    this.#parts.changed();
    this.#parts.rings(call);
  }

  #fail(why: PhoneFailure): void {
    if (this.#over) return;
    this.#over = true;
    for (const call of this.#calls.values()) call.hangUp(480);
    this.#ua?.stop();
    this.#socket?.disconnect();
    this.#parts.failed(why);
  }
}
