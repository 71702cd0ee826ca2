/** People with telephones who do this and that: answer, refuse, hang up, press the hold key, dial. Each speaks a tone of their own. */
import type { Call as PhoneCall } from '../../lab/call.js';
import { IncomingCall } from '../../lab/incoming-call.js';
import type { OutgoingCall } from '../../lab/outgoing-call.js';
import type { Line } from '../../lab/phones.js';
import { TEST_TONES } from '../../lab/tone-analysis.js';
import type { TestCentre } from './centre.js';
import type { Dice } from './dice.js';

/** The lowest are near the ringing tone. */
const TONES = TEST_TONES.slice(2);
const MOST_CUSTOMERS = 4;
/** Calls that one phone has at most: more than a person has hands. */
const MOST_DIALLED = 2;

/** One call on one telephone. */
export interface Person {
  readonly call: PhoneCall;
  readonly line: Line;
  readonly hz: number;
  answered: boolean;
  /** By the phone's own key. */
  onHold: boolean;
  sipCallId: string;
}

/** What somebody does; answers what was done, or null when there is nobody to do it. */
export interface Deed {
  readonly name: string;
  readonly weight: number;
  readonly act: () => Promise<string | null>;
}

export interface Numbers {
  /** Where customers call. */
  readonly dialledByCustomers: readonly string[];
  /** What agents dial, inside and outside. */
  readonly dialledByAgents: readonly string[];
}

export class People {
  readonly #centre: TestCentre;
  readonly #dice: Dice;
  readonly #numbers: Numbers;
  readonly #people = new Map<PhoneCall, Person>();
  #customers = 0;

  constructor(centre: TestCentre, dice: Dice, numbers: Numbers) {
    this.#centre = centre;
    this.#dice = dice;
    this.#numbers = numbers;
  }

  /** Every call on every telephone that has not ended. */
  present(): readonly Person[] {
    const { trunk, phones } = this.#centre.lab.bank;
    for (const line of [trunk, ...phones]) for (const call of line.calls) this.#meet(call, line);
    for (const call of this.#people.keys()) if (call.over) this.#people.delete(call);
    return [...this.#people.values()];
  }

  /** Whoever has answered, or been answered, since this was asked last: begins to speak. */
  async greet(): Promise<readonly Person[]> {
    const fresh = this.present().filter(({ answered, sipCallId }) => answered && sipCallId === '');
    const spoken = await Promise.all(fresh.map((person) => this.#speak(person)));
    return fresh.filter((_person, index) => spoken[index]);
  }

  deeds(): readonly Deed[] {
    const incoming = () => this.present().filter(({ call, answered }) => call instanceof IncomingCall && !answered);
    const onPhones = (person: Person) => person.answered && person.line !== this.#centre.lab.bank.trunk;
    return [
      { name: 'a customer calls', weight: 10, act: () => this.#customerCalls() },
      { name: 'somebody answers', weight: 60, act: () => this.#with(incoming(), (call) => answer(call)) },
      { name: 'somebody rejects', weight: 3, act: () => this.#with(incoming(), (call) => refuse(call, 'reject')) },
      { name: 'somebody is busy', weight: 3, act: () => this.#with(incoming(), (call) => refuse(call, 'busy')) },
      { name: 'somebody hangs up', weight: 6, act: () => this.#with(this.present(), ({ call }) => call.hangup()) },
      { name: 'the hold key', weight: 5, act: () => this.#with(this.present().filter(onPhones), holdKey) },
      { name: 'a phone dials', weight: 4, act: () => this.#phoneDials() },
    ];
  }

  async everybodyHangsUp(): Promise<void> {
    await Promise.all(this.present().map(({ call }) => call.hangup().then(() => call.untilEnded())));
  }

  #meet(call: PhoneCall, line: Line): void {
    if (this.#people.has(call) || call.over) return;
    const present = [...this.#people.values()];
    const usedBy = (hz: number) => present.filter((person) => person.hz === hz).length;
    const [hz = 0] = [...TONES].sort((one, other) => usedBy(one) - usedBy(other));
    const person: Person = { call, line, hz, answered: false, onHold: false, sipCallId: '' };
    this.#people.set(call, person);
    call.answered.then(
      () => {
        person.answered = true;
      },
      () => undefined,
    );
  }

  /** False for one who has hung up meanwhile. */
  async #speak(person: Person): Promise<boolean> {
    const { call, hz } = person;
    try {
      const { body } = await this.#centre.lab.bank.ari.request('GET', `channels/${call.channelId}`);
      person.sipCallId = (body as { protocol_id: string }).protocol_id ?? '';
      await call.playTone(hz);
      return true;
    } catch (error) {
      if (call.over || (await gone(call))) return false;
      throw error;
    }
  }

  async #with(people: readonly Person[], act: (person: Person) => Promise<unknown>): Promise<string | null> {
    const person = this.#dice.pick(people);
    if (person === undefined) return null;
    await act(person).catch(async (error: unknown) => {
      if (!(await gone(person.call))) throw error;
    });
    return `${person.line.endpoint} ${person.call.channelId}`;
  }

  async #customerCalls(): Promise<string | null> {
    const { trunk } = this.#centre.lab.bank;
    if (trunk.calls.length >= MOST_CUSTOMERS) return null;
    this.#customers += 1;
    const from = `+7916${String(this.#customers).padStart(7, '0')}`;
    const number = this.#dice.pick(this.#numbers.dialledByCustomers) ?? '';
    await trunk.call(number, { from, name: `Customer ${this.#customers}` });
    return `${from} to ${number}`;
  }

  async #phoneDials(): Promise<string | null> {
    const { phones } = this.#centre.lab.bank;
    const phone = this.#dice.pick(phones.filter(({ calls }) => calls.length < MOST_DIALLED));
    const number = this.#dice.pick(this.#numbers.dialledByAgents);
    if (phone === undefined || number === undefined) return null;
    const call: OutgoingCall = await phone.dial(number);
    return `${phone.number} to ${number}: ${call.channelId}`;
  }
}

/** Ended, or about to: Asterisk says so a moment after it answers that the channel is gone. */
async function gone(call: PhoneCall): Promise<boolean> {
  return await call.untilEnded(500).then(
    () => true,
    () => false,
  );
}

async function answer({ call }: Person): Promise<void> {
  if (call instanceof IncomingCall && (await call.answer())) await call.untilAnswered();
}

async function refuse({ call }: Person, how: 'reject' | 'busy'): Promise<void> {
  if (call instanceof IncomingCall) await call[how]();
}

async function holdKey(person: Person): Promise<void> {
  person.onHold = !person.onHold;
  await (person.onHold ? person.call.hold() : person.call.unhold());
}
