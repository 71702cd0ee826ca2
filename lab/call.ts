// One call as a phone of the bank has it: answer, hang up, hold, keys, tones, and what is heard.
import { setTimeout as pause } from 'node:timers/promises';
import type { AriEvent, LabAri, Party } from './ari.js';
import { type Listening, startListening } from './listening.js';
import type { SipLog } from './sip-log.js';
import { toneClass } from './tone.js';
import { type Heard, TEST_TONES } from './tone-analysis.js';
import { TransferKey } from './transfer-key.js';
import { Awaited, within } from './wait.js';

const WAIT_MS = 15_000;

type Query = Readonly<Record<string, string | number>>;

export type { OutgoingCall } from './outgoing-call.js';

/** Why a call ended: Q.850 cause, 16 normal, 17 busy, 19 no answer, 21 rejected. */
export interface Ending {
  readonly cause: number;
  readonly text: string;
}

/** What a call needs of its phone bank. */
export interface CallSetting {
  readonly ari: LabAri;
  readonly spoolFolder: string;
  readonly pbx: { readonly host: string; readonly port: number };
  readonly sipLog: SipLog;
}

/** A call on one phone or on the trunk; promises settle by what Asterisk reports. */
export class Call {
  /** Where the phone's Asterisk has it. */
  readonly channelId: string;
  /** DTMF digits received so far. */
  digits = '';
  /** The other party as the phone's display shows it now. */
  display: Party = { name: '', number: '' };
  protected readonly ari: LabAri;
  readonly #setting: CallSetting;
  readonly #who: string;
  readonly #ringing = new Awaited<void>();
  readonly #progress = new Awaited<void>();
  readonly #answered = new Awaited<void>();
  readonly #ended = new Awaited<Ending>();
  readonly #transferKey: TransferKey;
  #hasEnded = false;
  #tone: number | undefined;

  constructor(setting: CallSetting, channelId: string, who: string) {
    this.#setting = setting;
    this.ari = setting.ari;
    this.channelId = channelId;
    this.#who = who;
    this.#transferKey = new TransferKey(setting.ari, setting.sipLog, channelId);
    const stop = this.ari.listen((event) => this.#observe(event));
    void this.#ended.promise.then(stop);
  }

  #observe(event: AriEvent): void {
    if (event.type === 'Dial' && event.peer?.id === this.channelId) {
      if (event.dialstatus === 'RINGING') this.#ringing.resolve();
      if (event.dialstatus === 'PROGRESS') this.#progress.resolve();
    }
    if (event.channel?.id !== this.channelId) return;
    if (event.channel.state === 'Up') this.#answered.resolve();
    if (event.type === 'ChannelDtmfReceived') this.digits += event.digit ?? '';
    // For the phone's own Asterisk the far end of a phone's call is the caller, and the connected line is the phone's user.
    if (event.type === 'ChannelCallerId') this.display = event.channel.caller;
    if (event.type === 'ChannelDestroyed') this.#end(event);
  }

  #end(event: AriEvent): void {
    this.#hasEnded = true;
    const ending = { cause: event.cause ?? 0, text: event.cause_txt ?? '' };
    const error = new Error(`${this.#who} ended first: cause ${ending.cause} ${ending.text}`);
    for (const waiting of [this.#ringing, this.#progress, this.#answered]) waiting.reject(error);
    this.#ended.resolve(ending);
  }

  /** Whether it has ended. */
  get over(): boolean {
    return this.#hasEnded;
  }

  /** Settles when the far end rings (180); rejects when the call ends before. */
  get ringing(): Promise<void> {
    return this.#ringing.promise;
  }

  /** Settles at early media (183). */
  get progress(): Promise<void> {
    return this.#progress.promise;
  }

  /** Settles at the answer; rejects when the call ends before. */
  get answered(): Promise<void> {
    return this.#answered.promise;
  }

  /** Settles at the end, however it came. */
  get ended(): Promise<Ending> {
    return this.#ended.promise;
  }

  /** {@link Call.ringing}, bounded. */
  untilRinging(timeoutMs = WAIT_MS): Promise<void> {
    return within(this.ringing, timeoutMs, `${this.#who} rings`);
  }

  /** {@link Call.answered}, bounded. */
  untilAnswered(timeoutMs = WAIT_MS): Promise<void> {
    return within(this.answered, timeoutMs, `${this.#who} is answered`);
  }

  /** {@link Call.ended}, bounded. */
  untilEnded(timeoutMs = WAIT_MS): Promise<Ending> {
    return within(this.ended, timeoutMs, `${this.#who} ends`);
  }

  /** Hangs up; a call that is over already is no error. */
  async hangup(): Promise<void> {
    await this.send('DELETE', '');
  }

  /** The phone's hold key: a re-INVITE with sendonly; the phone falls silent, as its microphone is off. */
  async hold(): Promise<void> {
    await this.leaveDialling();
    await this.send('DELETE', '/moh');
    await this.ari.command('POST', `channels/${this.channelId}/hold`);
    await this.#done();
  }

  /** Back from hold; a tone that was spoken before goes on. */
  async unhold(): Promise<void> {
    await this.ari.command('DELETE', `channels/${this.channelId}/hold`);
    if (this.#tone !== undefined) await this.playTone(this.#tone);
    await this.#done();
  }

  // Most commands of a channel are queued and answered at once; setting a variable is answered in its turn. That does not come
  // while a REFER waits for its result, and the answers to all other phones would wait, too.
  async #done(): Promise<void> {
    if (this.#transferKey.pending) return;
    await this.ari.command('POST', `channels/${this.channelId}/variable`, { variable: 'LAB_DONE', value: '1' });
  }

  /** Presses keys, one after the other; returns when the last one is released. */
  async dtmf(digits: string): Promise<void> {
    await this.ari.command('POST', `channels/${this.channelId}/dtmf`, { dtmf: digits, duration: 100, between: 50 });
    await this.#done();
  }

  /** Waits until these keys have arrived, one after the other. */
  untilDigits(digits: string, timeoutMs = WAIT_MS): Promise<void> {
    return this.#until(() => this.digits.includes(digits), timeoutMs, `receives the keys ${digits}`);
  }

  /** Waits until the phone's display shows this number, and this name where one is given. */
  untilDisplay({ number, name }: Partial<Party>, timeoutMs = WAIT_MS): Promise<void> {
    const shown = (): boolean =>
      this.display.number === (number ?? this.display.number) && this.display.name === (name ?? this.display.name);
    return this.#until(shown, timeoutMs, `shows ${name ?? ''} ${number ?? ''}`).catch((error: Error) => {
      throw new Error(`${error.message}; it shows "${this.display.name}" ${this.display.number}`);
    });
  }

  #until(test: () => boolean, timeoutMs: number, what: string): Promise<void> {
    const reached = new Awaited<void>();
    const check = (): void => {
      if (test()) reached.resolve();
    };
    // This listener was added after the call's own, so what the event brings is there already.
    const stop = this.ari.listen(check);
    check();
    return within(reached.promise, timeoutMs, `${this.#who} ${what}`).finally(stop);
  }

  /**
   * The phone's transfer key, unattended (REFER): the other party is sent to the number. This leg stays until
   * {@link Call.hangup}. The other keys of this call take no effect before the final result.
   */
  async blindTransfer(number: string): Promise<void> {
    await this.#beforeRefer();
    await this.#transferKey.blind(number, this.#setting.pbx);
  }

  /**
   * The phone's transfer key, attended (REFER with Replaces): the other party of this call is joined with that of the
   * phone's other call, which may still be ringing. Both legs stay until {@link Call.hangup}.
   */
  async attendedTransfer(other: Call): Promise<void> {
    await this.#beforeRefer();
    await this.#transferKey.attended(other.channelId);
  }

  /** What the PBX told the phone about the last transfer, in order: `100 Trying`, `200 OK`, `503 Service Unavailable`. */
  get transferStates(): readonly string[] {
    return this.#transferKey.states;
  }

  /** Waits for the final one of {@link Call.transferStates}. */
  untilTransferred(timeoutMs = WAIT_MS): Promise<string> {
    return this.#transferKey.untilDone(timeoutMs, `${this.#who} hears of its transfer`);
  }

  /** For calls that were dialled: leaves ARI's dialling behind. False when the channel's sound went on meanwhile. */
  protected async leaveDialling(): Promise<boolean> {
    return false;
  }

  async #beforeRefer(): Promise<void> {
    if ((await this.leaveDialling()) && this.#tone !== undefined) await this.playTone(this.#tone);
  }

  /** Speaks a steady test tone until {@link Call.stopTone}; another tone replaces it. */
  async playTone(hz: number): Promise<void> {
    if (!TEST_TONES.includes(hz)) throw new Error(`${hz} Hz is not one of the test tones ${TEST_TONES.join(' ')}`);
    this.#tone = hz;
    await this.ari.command('POST', `channels/${this.channelId}/moh`, { mohClass: toneClass(hz) });
    await this.#done();
  }

  /** Falls silent. */
  async stopTone(): Promise<void> {
    this.#tone = undefined;
    await this.send('DELETE', '/moh');
  }

  /** Listens for the time given and says what the phone heard. */
  async hears(durationMs: number, tones: readonly number[] = TEST_TONES): Promise<Heard> {
    const listening = await this.listen(tones);
    await pause(durationMs);
    return listening.stop();
  }

  /** Begins to record what the phone hears. */
  listen(tones: readonly number[] = TEST_TONES): Promise<Listening> {
    return startListening(this.ari, this.#setting.spoolFolder, this.channelId, tones);
  }

  /** A command to a channel that may be gone (404) or no longer under control (409): whether it was still there. */
  protected async send(method: string, path: string, query: Query = {}): Promise<boolean> {
    const answer = await this.ari.request(method, `channels/${this.channelId}${path}`, query);
    // 500: it went in the very moment of the command.
    if ([404, 409, 412, 500].includes(answer.status)) return false;
    if (answer.status >= 300) throw new Error(`${this.#who}: ${method} ${path}: ${answer.status} ${answer.reason}`);
    return true;
  }
}
