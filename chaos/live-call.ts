/** One call of the run: brought into its situation, looked at, and ended again. */
import { setTimeout as pause } from 'node:timers/promises';
import type { IncomingCall } from '../lab/incoming-call.js';
import type { PhoneBank } from '../lab/phones.js';
import type { CallView } from '../src/app/view.js';
import { Customer } from './customer.js';
import type { Door, Picture } from './door.js';
import type { Hearing, Span } from './hearing.js';
import type { Member, Place } from './places.js';
import { type Outcome, type Situation, WANTS } from './wants.js';

const AGENT_HZ = 1_250;
const COLLEAGUE_HZ = 1_650;
const RINGS_WITHIN_MS = 15_000;
const HAPPENS_WITHIN_MS = 15_000;
const LOOK_MS = 50;

/** What a call needs of the run. */
export interface Surroundings {
  readonly bank: PhoneBank;
  readonly supervisor: Door;
  readonly messageId: string;
}

export class LiveCall {
  readonly place: Place;
  readonly customer: Customer;
  readonly stagedAt = Date.now();
  agent: IncomingCall | null = null;
  colleague: IncomingCall | null = null;
  /** What a supervisor should see of it now. */
  wants: Situation | Outcome;
  /** What it may be just as well: a command was under way when the fault came. */
  orElse: Situation | Outcome | null = null;
  /** Its people did something by themselves: it is ended soon and begun anew. */
  changed = false;
  /** An agent and the customer have talked. */
  connected = false;
  /** Its people may be alone since then, until the controller is back. */
  aloneSince: number | null = null;
  /** Asterisk died under it. */
  died = false;
  readonly #surroundings: Surroundings;

  private constructor(place: Place, customer: Customer, surroundings: Surroundings) {
    this.place = place;
    this.customer = customer;
    this.#surroundings = surroundings;
    this.wants = place.situation;
  }

  /** A customer calls, and everybody does what leads to the place's situation. */
  static async begin(place: Place, number: string, surroundings: Surroundings): Promise<LiveCall> {
    const live = new LiveCall(place, await Customer.calls(surroundings.bank, place.dialled, number), surroundings);
    await live.#stage();
    await live.untilRight();
    return live;
  }

  /** A customer calls while nobody answers for the queue. */
  static async arrive(place: Place, number: string, surroundings: Surroundings): Promise<LiveCall> {
    const live = new LiveCall(place, await Customer.calls(surroundings.bank, place.dialled, number), surroundings);
    live.changed = true;
    return live;
  }

  get name(): string {
    return `${this.place.situation} (${this.customer.number})`;
  }

  view(picture: Picture): CallView | undefined {
    return picture.calls.find(({ from }) => from.number === this.customer.number);
  }

  isRight(picture: Picture): boolean {
    const fits = (want: Situation | Outcome): boolean => WANTS[want](this.view(picture), picture, this.place.agent.id);
    return fits(this.wants) || (this.orElse !== null && fits(this.orElse));
  }

  /** Bounded; throws what was there instead. */
  async untilRight(): Promise<void> {
    const deadline = Date.now() + HAPPENS_WITHIN_MS;
    let last: Picture | null = null;
    while (Date.now() < deadline) {
      last = (await this.#surroundings.supervisor.look()) ?? last;
      if (last !== null && this.isRight(last)) return;
      await pause(LOOK_MS);
    }
    const seen = last === null ? 'nothing' : JSON.stringify(this.view(last) ?? 'no such call');
    throw new Error(`${this.name} is not ${this.wants}; seen: ${seen}`);
  }

  /** The agent's phone, which rings, is answered. */
  async answers(): Promise<void> {
    this.agent ??= await this.#rung(this.place.agent);
    await speak(this.agent, AGENT_HZ);
    this.connected = true;
  }

  async colleagueAnswers(): Promise<void> {
    this.colleague ??= await this.#rung(this.place.colleague);
    await speak(this.colleague, COLLEAGUE_HZ);
  }

  /** The agent commands the call. `now`: a picture just taken, where there is one. */
  async command(what: string, body: object = {}, now?: Picture): Promise<unknown> {
    const picture = now ?? (await this.#surroundings.supervisor.look());
    const view = picture === null ? undefined : this.view(picture);
    if (view === undefined) throw new Error(`${this.name} is not there`);
    return await this.place.agent.door.send('POST', `/calls/${view.id}/${what}`, body);
  }

  excuse(span: Span): void {
    this.customer.excuse(span);
  }

  /** Everybody hangs up, and the agents are ready again. */
  async end(): Promise<Hearing | null> {
    await this.customer.leaves();
    this.wants = 'gone';
    this.orElse = null;
    const { bank, supervisor } = this.#surroundings;
    const lines = [this.place.agent, this.place.colleague].map(({ number }) => bank.phone(number));
    const deadline = Date.now() + 2_000;
    while (lines.some(({ calls }) => calls.length > 0) && Date.now() < deadline) await pause(LOOK_MS);
    await Promise.all(lines.map((line) => line.hangupAll()));
    for (const line of lines) line.forgetCalls();
    await this.untilRight();
    const agent = (await supervisor.look())?.agents.find(({ id }) => id === this.place.agent.id);
    if (agent?.status?.id !== 'ready') await this.place.agent.door.send('PUT', '/me/status', { statusId: 'ready' });
    return await this.customer.judged();
  }

  async #stage(): Promise<void> {
    const { situation, colleague } = this.place;
    const listening = this.customer.speaks();
    // Rejects later where the staging fails first.
    listening.catch(() => undefined);
    if (situation === 'waiting') return await listening;
    this.agent = await this.#rung(this.place.agent);
    if (situation !== 'ringing') {
      await this.answers();
      await this.#talks();
    }
    await listening;
    if (situation === 'held') await this.command('hold');
    if (situation === 'message') await this.command('message', { messageId: this.#surroundings.messageId });
    if (situation === 'wrapUp') await this.customer.leaves();
    if (['consultRinging', 'consult', 'conference'].includes(situation)) {
      await this.command('consult', { to: { kind: 'number', number: colleague.number } });
      this.colleague = await this.#rung(colleague);
      if (situation !== 'consultRinging') await this.colleagueAnswers();
    }
    if (situation === 'conference') {
      await this.#becomes('consult');
      await this.command('conference');
    }
  }

  #talks(): Promise<void> {
    return this.#becomes('talking');
  }

  async #becomes(situation: Situation): Promise<void> {
    this.wants = situation;
    await this.untilRight();
    this.wants = this.place.situation;
  }

  #rung({ number }: Member): Promise<IncomingCall> {
    return this.#surroundings.bank.phone(number).nextCall({ timeoutMs: RINGS_WITHIN_MS });
  }
}

async function speak(call: IncomingCall, hz: number): Promise<void> {
  await call.answer();
  await call.untilAnswered();
  await call.playTone(hz);
}
