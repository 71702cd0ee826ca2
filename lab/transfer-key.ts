// A phone's Transfer key: sends REFER on a call's dialog, and keeps what the PBX answers by NOTIFY (RFC 3515).
import type { LabAri } from './ari.js';
import type { SipLog, SipMessage } from './sip-log.js';
import { Awaited, within } from './wait.js';

const STATUS = /^SIP\/2\.0 (\d{3}.*)$/;
/** 401 and 407 only ask the phone to send the REFER again with its password. */
const AUTHENTICATION = ['401', '407'];

/** The Transfer key during one call. */
export class TransferKey {
  readonly #ari: LabAri;
  readonly #sipLog: SipLog;
  readonly #channelId: string;
  #states: string[] = [];
  #final = new Awaited<string>();
  #pending = false;
  #callId = '';
  #lastNotify = '';

  constructor(ari: LabAri, sipLog: SipLog, channelId: string) {
    this.#ari = ari;
    this.#sipLog = sipLog;
    this.#channelId = channelId;
  }

  /** What the phone was told since the key was last pressed, such as `100 Trying` and `200 OK`. */
  get states(): readonly string[] {
    return [...this.#states];
  }

  /** Whether a REFER waits for its final result: the bank's Asterisk holds back the channel's commands until then. */
  get pending(): boolean {
    return this.#pending;
  }

  /** The final result, such as `200 OK`; `603 Decline` when the PBX refused or the target did. */
  untilDone(timeoutMs: number, what: string): Promise<string> {
    return within(this.#final.promise, timeoutMs, what);
  }

  /** Unattended: the other party is to be sent to the number. */
  async blind(number: string, pbx: { readonly host: string; readonly port: number }): Promise<void> {
    await this.#refer(`sip:${encodeURIComponent(number)}@${pbx.host}:${pbx.port}`);
  }

  /** Attended: the other party is to take the place that this phone has in its other call (RFC 3891, Replaces). */
  async attended(otherChannelId: string): Promise<void> {
    const read = (name: string): Promise<string> => this.#dialog(otherChannelId, name);
    const [callId, localTag, remoteTag, remote] = [
      await read('call-id'),
      await read('local_tag'),
      await read('remote_tag'),
      await read('remote_uri'),
    ];
    // To and from are as the receiver of the REFER, the PBX, would see a request of this phone on the other dialog.
    const replaces = encodeURIComponent(`${callId};to-tag=${remoteTag};from-tag=${localTag}`);
    await this.#refer(`<${remote.replace(/^.*<|>.*$/g, '')}?Replaces=${replaces}>`);
  }

  async #dialog(channelId: string, name: string): Promise<string> {
    const query = { variable: `CHANNEL(pjsip,${name})` };
    const body = await this.#ari.command('GET', `channels/${channelId}/variable`, query);
    const value = typeof body === 'object' && body !== null ? Reflect.get(body, 'value') : '';
    if (typeof value !== 'string' || value === '') throw new Error(`the dialog of ${channelId} has no ${name}`);
    return value;
  }

  async #refer(target: string): Promise<void> {
    this.#callId = await this.#dialog(this.#channelId, 'call-id');
    this.#states = [];
    const final = new Awaited<string>();
    this.#final = final;
    const stop = await this.#sipLog.follow((message) => this.#observe(message));
    const done = (): void => {
      stop();
      this.#pending = false;
    };
    final.promise.then(done, done);
    this.#pending = true;
    try {
      await this.#ari.command('POST', `channels/${this.#channelId}/redirect`, { endpoint: `PJSIP/${target}` });
    } catch (error) {
      final.reject(error instanceof Error ? error : new Error(String(error)));
      throw error;
    }
  }

  #observe(message: SipMessage): void {
    if (!message.received || message.header('Call-ID') !== this.#callId) return;
    if (message.firstLine.startsWith('NOTIFY ')) this.#notified(message);
    else if (message.header('CSeq').endsWith(' REFER')) this.#answered(STATUS.exec(message.firstLine)?.[1] ?? '');
  }

  #answered(status: string): void {
    if (status >= '300' && !AUTHENTICATION.includes(status.slice(0, 3))) this.#result(status, true);
  }

  #notified(message: SipMessage): void {
    // A NOTIFY that was sent twice counts once.
    const sequence = message.header('CSeq');
    if (!message.header('Event').startsWith('refer') || sequence === this.#lastNotify) return;
    this.#lastNotify = sequence;
    const status = STATUS.exec(message.body.trim())?.[1] ?? '';
    this.#result(status, status >= '200' || message.header('Subscription-State').startsWith('terminated'));
  }

  #result(status: string, final: boolean): void {
    this.#states.push(status);
    if (final) this.#final.resolve(status);
  }
}
