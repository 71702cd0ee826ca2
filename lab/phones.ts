// A bank of SIP phones and a telephone network on one Asterisk, for tests that ring, answer, speak and listen.
import { setTimeout as pause } from 'node:timers/promises';
import { type AriEvent, ariHttp, LabAri } from './ari.js';
import type { Asterisk } from './asterisk.js';
import type { CallSetting } from './call.js';
import { IncomingCall } from './incoming-call.js';
import { freshName } from './listening.js';
import { OutgoingCall } from './outgoing-call.js';
import { BANK_APP, REGISTRATION_MODULE } from './phones-conf.js';
import { SipLog } from './sip-log.js';
import { Awaited, within } from './wait.js';

const WAIT_MS = 15_000;

/** What a phone does with an incoming call; `manual` sends nothing at all until the test does. */
export type Behaviour = 'manual' | 'ring' | 'busy' | 'reject' | { readonly answerAfterMs: number };

/** Who a trunk call comes from. */
export interface From {
  readonly from: string;
  readonly name?: string;
}

/** A telephone or the trunk: calls arrive at it and are dialled from it. */
export class Line {
  /** What happens to the calls that arrive from now on. */
  behaviour: Behaviour = 'ring';
  readonly #arrived: IncomingCall[] = [];
  #arrivals = 0;
  readonly #waiting: Awaited<IncomingCall>[] = [];
  readonly #live = new Set<OutgoingCall | IncomingCall>();

  constructor(
    protected readonly setting: CallSetting,
    /** Its endpoint on the bank's Asterisk: the phone's number, or `trunk`. */
    readonly endpoint: string,
  ) {}

  /** Sets {@link Line.behaviour}. */
  behaves(behaviour: Behaviour): this {
    this.behaviour = behaviour;
    return this;
  }

  /** Calls that have not ended. */
  get calls(): readonly (OutgoingCall | IncomingCall)[] {
    return [...this.#live];
  }

  /** How many calls have arrived since the bank was reset. */
  get arrivals(): number {
    return this.#arrivals;
  }

  /** The oldest call not yet taken by this function, now or when it arrives. */
  nextCall({ timeoutMs = WAIT_MS }: { readonly timeoutMs?: number } = {}): Promise<IncomingCall> {
    const call = this.#arrived.shift();
    if (call) return Promise.resolve(call);
    const waiting = new Awaited<IncomingCall>();
    this.#waiting.push(waiting);
    return within(waiting.promise, timeoutMs, `a call for ${this.endpoint}`).catch((error: unknown) => {
      this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
      throw error;
    });
  }

  /** Forgets calls that arrived and were never asked for: between two tests. */
  forgetCalls(): void {
    this.#arrived.length = 0;
    this.#arrivals = 0;
  }

  /** For the bank: a call has arrived. */
  async arrive(call: IncomingCall): Promise<void> {
    this.#keep(call);
    this.#arrivals += 1;
    const behaviour = this.behaviour;
    const waiting = this.#waiting.shift();
    if (waiting) waiting.resolve(call);
    else this.#arrived.push(call);
    if (behaviour === 'manual') return;
    if (behaviour === 'busy') return call.busy();
    if (behaviour === 'reject') return call.reject();
    await call.ring();
    if (behaviour === 'ring') return;
    await Promise.race([pause(behaviour.answerAfterMs, undefined, { ref: false }), call.ended]);
    if (!call.over) await call.answer();
  }

  // CONNECTEDLINE is what an outgoing PJSIP channel shows as its caller; without it the call is anonymous.
  /** Places a call; returns when the INVITE is on its way. */
  protected async place(number: string, variables: Readonly<Record<string, string>>): Promise<OutgoingCall> {
    const { ari } = this.setting;
    const channelId = freshName(this.endpoint);
    const call = new OutgoingCall(this.setting, channelId, `the call from ${this.endpoint} to ${number}`, number);
    const ready = ari.next((event) => event.type === 'StasisStart' && event.channel?.id === channelId, 'the channel');
    const endpoint = `PJSIP/${encodeURIComponent(number)}@${this.endpoint}`;
    await ari.command('POST', 'channels/create', { endpoint, app: ari.app, appArgs: 'out', channelId }, { variables });
    // Dialling before the channel is in Stasis fails in a third of cases.
    await ready;
    this.#keep(call);
    await ari.command('POST', `channels/${channelId}/dial`, { timeout: 3_600 });
    return call;
  }

  #keep(call: OutgoingCall | IncomingCall): void {
    this.#live.add(call);
    void call.ended.then(() => this.#live.delete(call));
  }

  /** Hangs up whatever is left, and waits until it has ended: between two tests. */
  async hangupAll(): Promise<void> {
    await Promise.all(this.calls.map((call) => call.hangup().then(() => call.untilEnded())));
  }
}

/** A desk phone registered with the PBX. */
export class Phone extends Line {
  constructor(
    setting: CallSetting,
    readonly number: string,
    readonly asterisk: Asterisk,
    readonly pbx: Asterisk,
  ) {
    super(setting, number);
  }

  /** Dials a number as the user of the phone. */
  dial(number: string): Promise<OutgoingCall> {
    return this.place(number, { 'CONNECTEDLINE(all)': `<${this.number}>` });
  }

  /** Registers, and waits until the PBX knows. */
  async register(): Promise<void> {
    await this.asterisk.cli(`pjsip send register ${this.number}`);
    await this.untilRegistered(true);
  }

  /** Unregisters, as a phone that is switched off does, and waits until the PBX knows. */
  async unregister(): Promise<void> {
    await this.asterisk.cli(`pjsip send unregister ${this.number}`);
    await this.untilRegistered(false);
  }

  /** Waits until the PBX sees the phone online or offline. */
  async untilRegistered(wanted: boolean, timeoutMs = WAIT_MS): Promise<void> {
    const deadline = Date.now() + timeoutMs;
    while (Date.now() < deadline) {
      const { body } = await ariHttp(this.pbx, 'GET', `endpoints/PJSIP/${this.number}`);
      const state = typeof body === 'object' && body !== null ? Reflect.get(body, 'state') : '';
      if ((state === 'online') === wanted) return;
      await pause(25);
    }
    throw new Error(`phone ${this.number} is not ${wanted ? 'registered' : 'unregistered'} after ${timeoutMs} ms`);
  }
}

/** The telephone network at the other end of the PBX's trunk. */
export class Trunk extends Line {
  /** A customer calls the PBX. */
  call(number: string, { from, name = '' }: From): Promise<OutgoingCall> {
    return this.place(number, { 'CONNECTEDLINE(all)': name === '' ? `<${from}>` : `"${name}" <${from}>` });
  }
}

/** Every phone of the lab, and the trunk. */
export class PhoneBank {
  readonly trunk: Trunk;
  readonly #phones: ReadonlyMap<string, Phone>;
  readonly #sipLog: SipLog;

  private constructor(
    readonly asterisk: Asterisk,
    readonly pbx: Asterisk,
    readonly ari: LabAri,
    numbers: readonly string[],
  ) {
    this.#sipLog = new SipLog(asterisk);
    const setting: CallSetting = {
      ari,
      spoolFolder: asterisk.spoolFolder,
      pbx: { host: '127.0.0.1', port: pbx.sipPort },
      sipLog: this.#sipLog,
    };
    this.trunk = new Trunk(setting, 'trunk').behaves('manual');
    this.#phones = new Map(numbers.map((number) => [number, new Phone(setting, number, asterisk, pbx)]));
    ari.listen((event) => this.#observe(event, setting));
  }

  /** Takes control of a running phones' Asterisk. */
  static async open(asterisk: Asterisk, pbx: Asterisk, numbers: readonly string[]): Promise<PhoneBank> {
    return new PhoneBank(asterisk, pbx, await LabAri.connect(asterisk, BANK_APP), numbers);
  }

  #observe(event: AriEvent, setting: CallSetting): void {
    const [endpoint = '', dialled = ''] = event.args ?? [];
    // One argument: a channel the bank made itself.
    if (event.type !== 'StasisStart' || !event.channel || event.args?.length !== 2) return;
    const line = endpoint === 'trunk' ? this.trunk : this.#phones.get(endpoint);
    if (!line) return;
    const call = new IncomingCall(setting, event.channel, `the call to ${endpoint}`, dialled);
    line.arrive(call).catch((error: unknown) => console.error(`lab: ${String(error)}`));
  }

  /** A phone by its number. */
  phone(number: string): Phone {
    const phone = this.#phones.get(number);
    if (!phone) throw new Error(`the bank has no phone ${number}`);
    return phone;
  }

  /** Every phone. */
  get phones(): readonly Phone[] {
    return [...this.#phones.values()];
  }

  /** Switches the phones on when the PBX is up, and waits until it knows all of them. */
  switchOn(): Promise<void> {
    return this.#registered(true, `module load ${REGISTRATION_MODULE}`);
  }

  /** Registers every phone again with a PBX started anew: `send register` alone says nothing of the second in which it first unregisters. */
  async registerAll(): Promise<void> {
    await this.#registered(false, 'pjsip send unregister *all');
    await this.#registered(true, 'pjsip send register *all');
  }

  async #registered(wanted: boolean, by: string): Promise<void> {
    await this.asterisk.cli(by);
    await Promise.all(this.phones.map((phone) => phone.untilRegistered(wanted, 10_000)));
  }

  /** Between two tests: every call hung up, every phone ringing again and nothing remembered. */
  async reset(): Promise<void> {
    this.#sipLog.forget();
    for (const line of [...this.phones, this.trunk]) {
      await line.hangupAll();
      line.forgetCalls();
      line.behaves(line === this.trunk ? 'manual' : 'ring');
    }
  }

  /** Gives up control; the Asterisk itself is stopped by whoever started it. */
  close(): Promise<void> {
    this.#sipLog.forget();
    return this.ari.close();
  }
}
