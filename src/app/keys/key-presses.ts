/**
 * Keys pressed during calls. Whose keys are commands, the others in the conversation do not hear them; so whatever is no command is sent
 * on to them, at once or as soon as it is known, in the order in which it was pressed.
 */
import { digitHearers } from '../../core/call/digits.js';
import type { CallEvent } from '../../core/call/event.js';
import type { Call, LegId } from '../../core/call/state.js';
import { digitPressed, NOTHING_TYPED, type Typed, type Typing, timeOver } from '../../core/option/matcher.js';
import type { KeyTable } from '../../core/option/option.js';
import { Deadline } from '../deadline.js';
import type { Digits } from '../digits.js';
import type { Clock } from '../ports.js';
import type { SettingsInForce } from '../settings-in-force.js';
import type { Switchboard } from '../switchboard.js';
import { keysOfLeg } from './keys-in-force.js';
import type { OptionRunner } from './option-runner.js';
import { type Situation, situationOf } from './situation.js';

/** gone: the leg is not there any more; lost: Asterisk does not answer. */
export type SendResult = 'sent' | 'gone' | 'lost';

/** Presses keys on behalf of others: the leg's party hears them, as if pressed on the phone it talks to. */
export interface KeySender {
  /** In the order in which they are handed in. Nothing rejects. */
  sendKeys(legId: LegId, digits: string): Promise<SendResult>;
}

export interface KeyPressesPorts {
  readonly digits: Digits;
  readonly sender: KeySender;
  readonly options: OptionRunner;
  readonly switchboard: () => Switchboard;
  readonly settings: () => SettingsInForce;
  readonly clock: Clock;
}

interface Presser {
  readonly situation: Situation;
  readonly keys: KeyTable;
}

export class KeyPresses {
  readonly #ports: KeyPressesPorts;
  readonly #typing = new Map<LegId, { readonly state: Typing; readonly deadline: Deadline }>();

  constructor(ports: KeyPressesPorts) {
    this.#ports = ports;
    ports.digits.onEvery((legId, digit) => this.#pressed(legId, digit));
  }

  callDecided(events: readonly CallEvent[]): void {
    for (const event of events) if (event.type === 'leg.left') this.#forget(event.legId);
  }

  stop(): void {
    for (const { deadline } of this.#typing.values()) deadline.stop();
  }

  #pressed(legId: LegId, digit: string): void {
    // Somebody asks this leg something: that is what its keys answer.
    if (this.#ports.digits.isListenedTo(legId)) return;
    const presser = this.#presser(legId);
    if (presser === null) return;
    const state = this.#typing.get(legId)?.state ?? NOTHING_TYPED;
    this.#take(legId, presser, digitPressed(state, presser.keys, digit, this.#ports.clock.now()));
  }

  #timeOver(legId: LegId): void {
    const state = this.#typing.get(legId)?.state ?? NOTHING_TYPED;
    const presser = this.#presser(legId);
    if (presser === null) this.#forget(legId);
    else this.#take(legId, presser, timeOver(state, presser.keys, this.#ports.clock.now()));
  }

  /** Null where keys are no commands and no business of ours: the others in the conversation hear them. */
  #presser(legId: LegId): Presser | null {
    const mailbox = this.#ports.switchboard().withLeg(legId);
    const situation = situationOf(mailbox?.call ?? null, legId);
    if (mailbox === undefined || situation === null) return null;
    const keys = keysOfLeg(this.#ports.settings(), situation.call, legId);
    if (situation.others.length === 0) return keys.keys.length === 0 ? null : { situation, keys };
    // Of a conversation that began before this run nobody knows: the keys in force now are as good as certain.
    const absorbs = mailbox.actual.legs.get(legId)?.absorbs ?? keys.keys.length > 0;
    return absorbs ? { situation, keys } : null;
  }

  #take(legId: LegId, { situation }: Presser, { state, actions }: Typed): void {
    this.#keep(legId, state);
    const { options, sender } = this.#ports;
    for (const action of actions) {
      switch (action.type) {
        case 'pass':
          for (const other of digitHearers(situation.others)) void sender.sendKeys(other, action.digits);
          break;
        case 'run':
          if (action.number === null) void options.run(legId, action.key.option);
          else void options.runWith(legId, action.key.option, action.number);
          break;
        case 'ask':
          void options.ask(legId).then((asked) => (asked ? undefined : this.#forget(legId)));
          break;
        case 'giveUp':
          void options.giveUp(legId, action.why);
      }
    }
  }

  #keep(legId: LegId, state: Typing): void {
    const former = this.#typing.get(legId)?.deadline;
    if (state.deadlineAt === null) {
      former?.stop();
      this.#typing.delete(legId);
      return;
    }
    const passed = () => {
      const due = this.#typing.get(legId);
      if (due === undefined || due.state.deadlineAt === null) return;
      // A timer may fire a moment early.
      if (due.state.deadlineAt > this.#ports.clock.now()) due.deadline.set(due.state.deadlineAt);
      else this.#timeOver(legId);
    };
    const deadline = former ?? new Deadline(this.#ports.clock, () => true, passed);
    this.#typing.set(legId, { state, deadline });
    deadline.set(state.deadlineAt);
  }

  #forget(legId: LegId): void {
    this.#keep(legId, NOTHING_TYPED);
    this.#ports.options.forget(legId);
  }
}

/** Keys that this leg presses are commands: those in its conversation are not to hear them. */
export function mayPress(settings: SettingsInForce, call: Call, legId: LegId): boolean {
  return keysOfLeg(settings, call, legId).keys.length > 0;
}
