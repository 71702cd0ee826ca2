// A lamp on a desk phone (BLF key): subscribes to a number by SIP (RFC 6665) and keeps what the PBX tells of it (RFC 4235).
import { createHash, randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { phonePassword } from './pbx-conf.js';
import { Awaited, within } from './wait.js';

const WAIT_MS = 10_000;
const HOST = '127.0.0.1';
const EXPIRES_SECONDS = 600;

/** What the key shows: the dialog's state, and whether the one who is watched has put it on hold. */
export interface Shown {
  /** terminated: free; early: rings; confirmed: busy. */
  readonly state: string;
  readonly onHold: boolean;
}

const hash = (text: string): string => createHash('md5').update(text).digest('hex');
const token = (): string => randomBytes(8).toString('hex');

/** One key of one phone. */
export class LampKey {
  readonly #socket: Socket;
  readonly #target: string;
  readonly #phone: string;
  readonly #pbxPort: number;
  readonly #callId = `${token()}@${HOST}`;
  readonly #tag = token();
  readonly #accepted = new Awaited<void>();
  readonly #shown: Shown[] = [];
  readonly #watchers = new Set<() => void>();
  #cseq = 0;
  #lastNotify = -1;
  #remoteTag = '';
  #authorization = '';

  private constructor(socket: Socket, phone: string, target: string, pbxPort: number) {
    this.#socket = socket;
    this.#phone = phone;
    this.#target = target;
    this.#pbxPort = pbxPort;
    socket.on('message', (data) => this.#receive(data.toString('utf8')));
  }

  /** The phone `phone`, which the PBX knows, watches the number `target`. */
  static async watch(pbx: { readonly sipPort: number }, phone: string, target: string): Promise<LampKey> {
    const socket = createSocket('udp4');
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.bind(0, HOST, resolve);
    });
    const key = new LampKey(socket, phone, target, pbx.sipPort);
    key.#subscribe(EXPIRES_SECONDS);
    await within(key.#accepted.promise, WAIT_MS, `the subscription of ${phone} to ${target}`);
    return key;
  }

  /** Everything that was told so far, the oldest first. */
  get shown(): readonly Shown[] {
    return [...this.#shown];
  }

  /** Waits until the key shows this. */
  async until(state: string, onHold = false): Promise<void> {
    const seen = new Awaited<void>();
    const look = (): void => {
      const last = this.#shown.at(-1);
      if (last?.state === state && last.onHold === onHold) seen.resolve();
    };
    this.#watchers.add(look);
    look();
    try {
      await within(seen.promise, WAIT_MS, `the lamp of ${this.#target}: ${state}`);
    } catch (error) {
      throw new Error(`${String(error)}; it showed ${JSON.stringify(this.#shown)}`);
    } finally {
      this.#watchers.delete(look);
    }
  }

  /** Ends the subscription. */
  close(): void {
    this.#subscribe(0);
    this.#socket.close();
  }

  #subscribe(expires: number): void {
    this.#cseq += 1;
    const uri = this.#uri();
    const own = `sip:${this.#phone}@${HOST}:${(this.#socket.address() as AddressInfo).port}`;
    const to = this.#remoteTag === '' ? '' : `;tag=${this.#remoteTag}`;
    const lines = [
      `SUBSCRIBE ${uri} SIP/2.0`,
      `Via: SIP/2.0/UDP ${own.slice(own.indexOf('@') + 1)};branch=z9hG4bK${token()};rport`,
      'Max-Forwards: 70',
      `From: <sip:${this.#phone}@${HOST}>;tag=${this.#tag}`,
      `To: <${uri}>${to}`,
      `Call-ID: ${this.#callId}`,
      `CSeq: ${this.#cseq} SUBSCRIBE`,
      `Contact: <${own}>`,
      'Event: dialog',
      'Accept: application/dialog-info+xml',
      `Expires: ${expires}`,
      ...(this.#authorization === '' ? [] : [`Authorization: ${this.#authorization}`]),
      'Content-Length: 0',
    ];
    this.#send(lines);
  }

  #uri(): string {
    return `sip:${encodeURIComponent(this.#target)}@${HOST}:${this.#pbxPort}`;
  }

  #send(lines: readonly string[]): void {
    this.#socket.send(`${lines.join('\r\n')}\r\n\r\n`, this.#pbxPort, HOST);
  }

  #receive(text: string): void {
    if (text.startsWith('SIP/2.0 ')) this.#answered(text);
    else if (text.startsWith('NOTIFY ')) this.#notified(text);
  }

  #answered(text: string): void {
    const status = Number(text.slice(8, 11));
    if (status === 401 && this.#authorization === '') {
      this.#authorization = this.#digest(header(text, 'WWW-Authenticate'));
      this.#subscribe(EXPIRES_SECONDS);
    } else if (status < 300) {
      this.#remoteTag = /;tag=([^;\s]+)/.exec(header(text, 'To'))?.[1] ?? '';
      this.#accepted.resolve();
    } else this.#accepted.reject(new Error(`the PBX refused the subscription: ${text.split('\r\n')[0]}`));
  }

  /** RFC 2617, as Asterisk asks for it by default: MD5, with qop=auth. */
  #digest(challenge: string): string {
    const read = (name: string): string => new RegExp(`${name}="([^"]*)"`).exec(challenge)?.[1] ?? '';
    const [realm, nonce, opaque] = [read('realm'), read('nonce'), read('opaque')];
    const [cnonce, count] = [token(), '00000001'];
    const secret = hash(`${this.#phone}:${realm}:${phonePassword(this.#phone)}`);
    const response = hash(`${secret}:${nonce}:${count}:${cnonce}:auth:${hash(`SUBSCRIBE:${this.#uri()}`)}`);
    const who = `username="${this.#phone}", realm="${realm}", nonce="${nonce}", uri="${this.#uri()}"`;
    const how = `response="${response}", algorithm=MD5, cnonce="${cnonce}", qop=auth, nc=${count}`;
    return `Digest ${who}, ${how}${opaque === '' ? '' : `, opaque="${opaque}"`}`;
  }

  #notified(text: string): void {
    const copied = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${header(text, name)}`);
    this.#send(['SIP/2.0 200 OK', ...copied, 'Content-Length: 0']);
    // One that was sent twice counts once.
    const cseq = Number.parseInt(header(text, 'CSeq'), 10);
    const state = /<state>([^<]*)<\/state>/.exec(text)?.[1];
    if (cseq <= this.#lastNotify || state === undefined) return;
    this.#lastNotify = cseq;
    this.#shown.push({ state, onHold: /\+sip\.rendering"? pvalue="no"/.test(text) });
    for (const look of [...this.#watchers]) look();
  }
}

function header(text: string, name: string): string {
  return new RegExp(`^${name}:\\s*(.*?)\\r$`, 'im').exec(text)?.[1] ?? '';
}
