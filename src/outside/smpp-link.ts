/**
 * One connection to an SMSC, made again whenever it is lost:
 *
 *   connecting ─► binding ─► bound ─► lost ─(pause, longer each time)─► connecting …
 *
 * A link that says nothing is asked now and then (enquire_link); one that does not answer is cut.
 */
import smpp, { type Pdu, type Session } from 'smpp';
import type { Log } from '../app/ports.js';

export interface SmppLinkOptions {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
  readonly systemId: string;
  readonly password: string;
  readonly systemType: string;
  readonly times: SmppTimes;
  readonly log: Log;
}

export interface SmppTimes {
  /** For the connection and the bind together, and for each enquire_link. */
  readonly bindMs: number;
  readonly enquireMs: number;
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
}

export interface SmppListener {
  deliver(pdu: Pdu): Promise<boolean>;
  lost(): void;
}

/** ESME_RX_T_APPN: cannot be taken now, send it again later. */
const LATER = 0x64;

export class SmppLink {
  readonly #options: SmppLinkOptions;
  readonly #listener: SmppListener;
  #session: Session | null = null;
  #bound = false;
  #stopped = false;
  #attempts = 0;
  readonly #timers = new Set<NodeJS.Timeout>();

  constructor(options: SmppLinkOptions, listener: SmppListener) {
    this.#options = options;
    this.#listener = listener;
  }

  /** The session while it is bound. */
  get session(): Session | null {
    return this.#bound ? this.#session : null;
  }

  start(): void {
    if (!this.#stopped) this.#connect();
  }

  stop(): void {
    this.#stopped = true;
    this.#clearTimers();
    const session = this.#session;
    if (session === null) return;
    if (this.#bound) session.unbind();
    this.#bound = false;
    // Not at once: the unbind is to go out first.
    session.close();
    setTimeout(() => session.destroy(), this.#options.times.firstPauseMs).unref();
  }

  #connect(): void {
    const { host, port, tls, systemId, password, systemType, times, log } = this.#options;
    const session = smpp.connect({ host, port, tls });
    this.#session = session;
    session.on('error', (error: Error) => {
      log.debug({ code: Reflect.get(error, 'code') }, 'The connection to the SMSC failed');
      session.destroy();
    });
    session.once('close', () => this.#lost());
    this.#answerRequests(session);
    const limit = this.#after(times.bindMs, () => session.destroy());
    session.once(tls ? 'secureConnect' : 'connect', () => {
      const account = { system_id: systemId, password, system_type: systemType, interface_version: 0x34 };
      session.bind_transceiver(account, (pdu) => {
        this.#forget(limit);
        if (pdu.command_status === 0) this.#isBound(session);
        else {
          log.warn({ status: pdu.command_status }, 'The SMSC does not let us bind');
          session.destroy();
        }
      });
    });
  }

  #isBound(session: Session): void {
    this.#bound = true;
    this.#attempts = 0;
    this.#options.log.info({}, 'Bound to the SMSC');
    this.#enquireLater(session);
  }

  #enquireLater(session: Session): void {
    const { enquireMs, bindMs } = this.#options.times;
    this.#after(enquireMs, () => {
      const limit = this.#after(bindMs, () => {
        this.#options.log.warn({}, 'The SMSC does not answer: connecting anew');
        session.destroy();
      });
      session.enquire_link({}, () => {
        this.#forget(limit);
        this.#enquireLater(session);
      });
    });
  }

  #answerRequests(session: Session): void {
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    session.on('unknown', (pdu: Pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    for (const command of ['deliver_sm', 'data_sm']) {
      session.on(command, (pdu: Pdu) => {
        this.#listener.deliver(pdu).then(
          (taken) => session.send(pdu.response(taken ? {} : { command_status: LATER })),
          () => session.send(pdu.response({ command_status: LATER })),
        );
      });
    }
  }

  #lost(): void {
    this.#clearTimers();
    if (this.#bound) this.#options.log.warn({}, 'The connection to the SMSC is lost');
    this.#bound = false;
    this.#session = null;
    this.#listener.lost();
    if (this.#stopped) return;
    const { firstPauseMs, longestPauseMs } = this.#options.times;
    this.#after(Math.min(firstPauseMs * 2 ** Math.min(this.#attempts, 20), longestPauseMs), () => this.#connect());
    this.#attempts += 1;
  }

  #after(ms: number, act: () => void): NodeJS.Timeout {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    timer.unref();
    this.#timers.add(timer);
    return timer;
  }

  #forget(timer: NodeJS.Timeout): void {
    clearTimeout(timer);
    this.#timers.delete(timer);
  }

  #clearTimers(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers.clear();
  }
}
