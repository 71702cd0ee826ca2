/** A real SMPP server on the loopback, which takes, refuses, delays, drops and reports as a test wants it. */
import type { AddressInfo } from 'node:net';
import smpp, { type Pdu, type Server, type Session } from 'smpp';

export interface Submitted {
  readonly id: string;
  readonly to: string;
  readonly from: string;
  readonly text: string;
  readonly coding: number;
  /** Reference, number of parts and place, where it is a part of several. */
  readonly part: readonly number[] | null;
}

type Behaviour = 'take' | 'drop' | 'ignore' | { readonly status: number };

const ACCOUNT = { system_id: 'ringmaster', password: 'secret' };
const BIND_FAILED = 0x0d;
const LIMIT_MS = 15_000;

export class Smsc {
  readonly #server: Server;
  readonly #sessions = new Set<Session>();
  readonly #watchers = new Set<() => void>();
  readonly submitted: Submitted[] = [];
  binds = 0;
  enquiries = 0;
  /** What is done with the next messages, in order; then they are taken. */
  readonly next: Behaviour[] = [];
  answersEnquiries = true;
  /** The receipt is sent before the answer that names the message. */
  reportsAtOnce = false;

  static async start(port = 0): Promise<Smsc> {
    const smsc = new Smsc();
    await new Promise<void>((resolve) => smsc.#server.listen(port, '127.0.0.1', resolve));
    return smsc;
  }

  private constructor() {
    this.#server = smpp.createServer((session) => this.#welcome(session));
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Cuts every connection. */
  drop(): void {
    for (const session of this.#sessions) session.destroy();
  }

  async stop(): Promise<void> {
    this.drop();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Sends a receipt; answers the status with which it was confirmed. */
  report(id: string, state: string, fields: object = {}): Promise<number> {
    const text = `id:${id} sub:001 dlvrd:001 submit date:2611221200 done date:2611221201 stat:${state} err:017 text:`;
    return this.#deliver({ esm_class: 0x04, data_coding: 0, short_message: text, ...fields });
  }

  /** A customer's own message. */
  say(text: string): Promise<number> {
    return this.#deliver({ esm_class: 0, short_message: text });
  }

  async until<T>(what: string, look: () => T | undefined | null | false): Promise<T> {
    const found = look();
    if (found) return found;
    return await new Promise<T>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`did not happen: ${what}`)), LIMIT_MS);
      const check = () => {
        const now = look();
        if (!now) return;
        clearTimeout(limit);
        this.#watchers.delete(check);
        resolve(now);
      };
      this.#watchers.add(check);
    });
  }

  #deliver(fields: object): Promise<number> {
    const [session] = this.#sessions;
    if (session === undefined) throw new Error('nobody is connected');
    return new Promise((resolve) => {
      session.deliver_sm(fields, ({ command_status }) => resolve(command_status));
    });
  }

  #welcome(session: Session): void {
    this.#sessions.add(session);
    session.on('close', () => {
      this.#sessions.delete(session);
      this.#changed();
    });
    session.on('error', () => session.destroy());
    session.on('bind_transceiver', (pdu: Pdu) => {
      const known = pdu.system_id === ACCOUNT.system_id && pdu.password === ACCOUNT.password;
      session.send(pdu.response(known ? {} : { command_status: BIND_FAILED }));
      this.binds += 1;
      this.#changed();
    });
    session.on('enquire_link', (pdu: Pdu) => {
      this.enquiries += 1;
      if (this.answersEnquiries) session.send(pdu.response());
      this.#changed();
    });
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    session.on('submit_sm', (pdu: Pdu) => this.#take(session, pdu));
  }

  #take(session: Session, pdu: Pdu): void {
    const behaviour = this.next.shift() ?? 'take';
    const id = `m${this.submitted.length + 1}`;
    this.submitted.push(read(id, pdu));
    if (behaviour === 'take') {
      if (this.reportsAtOnce) void this.report(id, 'DELIVRD');
      session.send(pdu.response({ message_id: id }));
    } else if (behaviour === 'drop') session.destroy();
    else if (behaviour !== 'ignore') session.send(pdu.response({ command_status: behaviour.status }));
    this.#changed();
  }

  #changed(): void {
    for (const check of [...this.#watchers]) check();
  }
}

function read(id: string, pdu: Pdu): Submitted {
  const { message = '', udh = [] } = pdu.short_message ?? {};
  const [header] = udh;
  return {
    id,
    to: pdu.destination_addr ?? '',
    from: pdu.source_addr ?? '',
    text: String(message),
    coding: pdu.data_coding ?? -1,
    part: header === undefined ? null : [...header].slice(2),
  };
}
