/** A SIP phone that registers over a WebSocket, as a browser's does: one REGISTER, answered to the challenge (RFC 3261, 22; RFC 7118). */
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { PhoneCredentials } from '../../src/app/browser-phone/credentials.js';

const LIMIT_MS = 10_000;
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

export class SipRegistration {
  readonly #callId = randomBytes(8).toString('hex');
  readonly #inbox: string[] = [];
  #sequence = 0;

  private constructor(
    readonly socket: WebSocket,
    readonly credentials: PhoneCredentials,
  ) {
    socket.on('message', (data) => this.#heard(String(data)));
  }

  /** Opens the WebSocket of these credentials, on the service. */
  static async open(serviceUrl: string, credentials: PhoneCredentials): Promise<SipRegistration> {
    const url = new URL(credentials.url, serviceUrl);
    url.protocol = url.protocol.replace('http', 'ws');
    const socket = new WebSocket(url, 'sip', { handshakeTimeout: LIMIT_MS });
    await once(socket, 'open', { signal: AbortSignal.timeout(LIMIT_MS) });
    return new SipRegistration(socket, credentials);
  }

  /** The final status: 200 when the phone is registered. */
  async register(password = this.credentials.password): Promise<number> {
    const challenged = await this.#ask('');
    const [, header = ''] = /^WWW-Authenticate: *Digest (.*)$/im.exec(challenged.text) ?? [];
    if (challenged.status !== 401 || header === '') return challenged.status;
    const field = (name: string) => new RegExp(`${name}="?([^",]*)`).exec(header)?.[1] ?? '';
    const { username, uri } = { username: this.credentials.username, uri: 'sip:ringmaster' };
    const [realm, nonce, opaque, cnonce, nc] = [field('realm'), field('nonce'), field('opaque'), 'c0ffee', '00000001'];
    const [ha1, ha2] = [md5(`${username}:${realm}:${password}`), md5(`REGISTER:${uri}`)];
    const response = md5([ha1, nonce, nc, cnonce, 'auth', ha2].join(':'));
    const quoted = Object.entries({ username, realm, nonce, uri, response, cnonce, opaque });
    const values = quoted.map(([name, value]) => `${name}="${value}"`);
    return (await this.#ask(`Authorization: Digest ${values.join(', ')}, qop=auth, nc=${nc}, algorithm=MD5\r\n`))
      .status;
  }

  /** The next request of this method that the phone is sent, whole. */
  request(method: string): Promise<string> {
    return this.#next((message) => message.startsWith(`${method} `));
  }

  /** The phone answers a request: an INVITE that nobody answers is one that the PBX cannot even cancel (RFC 3261, 9.1). */
  answer(request: string, status: string): void {
    const repeated = request.split('\r\n').filter((line) => /^(Via|To|From|Call-ID|CSeq):/i.test(line));
    const tagged = repeated.map((line) => (/^To:(?!.*;tag=)/i.test(line) ? `${line};tag=t2` : line));
    this.socket.send([`SIP/2.0 ${status}`, ...tagged, 'Content-Length: 0', '\r\n'].join('\r\n'));
  }

  /** The WebSocket's closing code. */
  async closed(): Promise<number> {
    if (this.socket.readyState === WebSocket.CLOSED) throw new Error('it was closed before');
    const [code] = (await once(this.socket, 'close', { signal: AbortSignal.timeout(LIMIT_MS) })) as [number];
    return code;
  }

  async #ask(authorization: string): Promise<{ readonly status: number; readonly text: string }> {
    this.#sequence += 1;
    const { uri, username } = this.credentials;
    this.socket.send(
      [
        'REGISTER sip:ringmaster SIP/2.0',
        `Via: SIP/2.0/WS browser.invalid;branch=z9hG4bK${randomBytes(6).toString('hex')}`,
        'Max-Forwards: 70',
        `To: <${uri}>`,
        `From: <${uri}>;tag=t1`,
        `Call-ID: ${this.#callId}`,
        `CSeq: ${this.#sequence} REGISTER`,
        `Contact: <sip:${username}@browser.invalid;transport=ws>;expires=60`,
        `${authorization}Content-Length: 0`,
        '\r\n',
      ].join('\r\n'),
    );
    const text = await this.#next((message) => /^SIP\/2\.0 [2-6]/.test(message));
    return { status: Number(text.slice(8, 11)), text };
  }

  /** The oldest message not yet taken that matches, now or when it comes. */
  #next(matches: (message: string) => boolean): Promise<string> {
    return new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error('the phone waited in vain for a message')), LIMIT_MS);
      const look = () => {
        const at = this.#inbox.findIndex(matches);
        const [found] = at === -1 ? [] : this.#inbox.splice(at, 1);
        if (found === undefined) return;
        clearTimeout(limit);
        this.socket.off('message', look);
        resolve(found);
      };
      this.socket.on('message', look);
      look();
    });
  }

  /** Asterisk asks now and then whether the phone is there. */
  #heard(message: string): void {
    if (message.startsWith('OPTIONS ')) this.answer(message, '200 OK');
    else this.#inbox.push(message);
  }
}
