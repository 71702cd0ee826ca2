/** A customer: speaks a tone, is listened to, and must never lose the call without having hung up. */
import type { OutgoingCall } from '../lab/call.js';
import type { PhoneBank } from '../lab/phones.js';
import { Ear, type Hearing, type Span } from './hearing.js';

const CUSTOMER_HZ = 650;
/** Nobody hears nothing for longer while the controller can act. */
const SILENCE_LIMIT_MS = 2_000;
/** The pause between two rings lasts four seconds. */
const RINGING_LIMIT_MS = 4_500;
const ANSWERED_WITHIN_MS = 20_000;

export class Customer {
  readonly number: string;
  readonly call: OutgoingCall;
  /** The call ended, and neither the customer nor whoever may end it has hung up. */
  lost = false;
  /** Silence up to this is none. */
  limitMs = SILENCE_LIMIT_MS;
  readonly #excused: Span[] = [];
  #mayEnd = false;
  #ear: Ear | null = null;

  static async calls(bank: PhoneBank, dialled: string, number: string): Promise<Customer> {
    return new Customer(await bank.trunk.call(dialled, { from: number }), number);
  }

  private constructor(call: OutgoingCall, number: string) {
    this.call = call;
    this.number = number;
    void call.ended.then(() => {
      this.lost = !this.#mayEnd;
    });
  }

  /** Once answered: from now on everything is heard. */
  async speaks(): Promise<void> {
    await this.call.untilAnswered(ANSWERED_WITHIN_MS);
    this.#ear = await Ear.on(this.call);
    await this.call.playTone(CUSTOMER_HZ);
  }

  async leaves(): Promise<void> {
    this.#mayEnd = true;
    await this.call.hangup();
  }

  /** From now on the end of the call is no loss: the agent hangs up, or the telephone exchange itself dies. */
  mayEnd(): void {
    this.#mayEnd = true;
  }

  /** The customer may have heard a phone ring. */
  mayHearRinging(): void {
    this.limitMs = RINGING_LIMIT_MS;
  }

  /** Silence in this time is nobody's fault. */
  excuse(span: Span): void {
    this.#excused.push(span);
  }

  /** When the call is over. Null: was never answered. */
  async judged(): Promise<Hearing | null> {
    return (await this.#ear?.judged(this.#excused)) ?? null;
  }
}
