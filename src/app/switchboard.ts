/**
 * Every live call's mailbox: takes arrivals, hands facts to the call they belong to, releases what belongs to none, and keeps what
 * Asterisk has in step with what the calls want.
 */
import type { Beginning } from '../core/call/command.js';
import type { CallEvent } from '../core/call/event.js';
import { NOTHING_YET } from '../core/call/plan.js';
import type { Call, CallId, LegId } from '../core/call/state.js';
import { CallMailbox } from './call-mailbox.js';
import { CallsByLeg } from './calls-by-leg.js';
import type { MailboxListener } from './mailbox-ports.js';
import type { Arrival, PhoneFact, PhoneSystem, Picture } from './phone-system.js';
import { byCall, withComfort } from './picture-by-call.js';
import type { Clock, Journal, Log } from './ports.js';
import { Undialled } from './undialled.js';

export interface SwitchboardPorts {
  readonly journal: Journal;
  readonly phones: PhoneSystem;
  readonly clock: Clock;
  readonly log: Log;
  readonly listener: Omit<MailboxListener, 'retired'>;
  /** Are keys that the leg presses commands, which the others are not to hear? */
  readonly mayPress: (call: Call, legId: LegId) => boolean;
  /** Is a new caller from outside to be sent to the fallback? */
  readonly turnsAway: (arrival: Arrival) => boolean;
  /** Says how a leg that called in begins its call. */
  readonly receive: (arrival: Arrival) => Beginning;
}

export class Switchboard {
  readonly #ports: SwitchboardPorts;
  readonly #calls = new Map<CallId, CallMailbox>();
  readonly #listener: MailboxListener;
  readonly #byLeg = new CallsByLeg();
  readonly #undialled: Undialled;

  constructor(ports: SwitchboardPorts) {
    this.#ports = ports;
    this.#undialled = new Undialled(ports.clock);
    const { listener } = ports;
    this.#listener = {
      decided: (before, after, events) => {
        this.#byLeg.changed(before, after, events);
        listener.decided(before, after, events);
      },
      published: (after, events) => listener.published(after, events),
      retired: (id) => this.#retired(id),
    };
  }

  mailbox(id: CallId): CallMailbox | undefined {
    return this.#calls.get(id);
  }

  /** The live call that the leg takes part in. */
  withLeg(legId: LegId): CallMailbox | undefined {
    return this.#calls.get(this.#byLeg.callOf(legId) ?? '');
  }

  /** Every call that has begun and has not been retired. */
  *calls(): IterableIterator<Call> {
    for (const mailbox of this.#calls.values()) if (mailbox.call !== null) yield mailbox.call;
  }

  get size(): number {
    return this.#calls.size;
  }

  /** A phone may have been dialled or not: only another look, a little later, can tell. */
  get inDoubt(): boolean {
    return this.#undialled.some;
  }

  arrived(arrival: Arrival): void {
    if (this.#calls.has(arrival.callId)) return;
    const { legId, entrance } = arrival;
    if (entrance === 'trunk' && this.#ports.turnsAway(arrival)) {
      void this.#ports.phones.perform({ type: 'release', legId, reason: 'fallback' });
      return;
    }
    this.#begin(arrival.callId, this.#ports.receive(arrival));
  }

  /** A call that an agent asks for. */
  originate(id: CallId, beginning: Beginning): CallMailbox {
    return this.#begin(id, beginning);
  }

  fact(fact: PhoneFact): void {
    const mailbox = this.#calls.get(this.#concerned(fact));
    if (mailbox !== undefined) mailbox.fact(fact);
    else if (fact.media?.type === 'legThere') this.#releaseStray(fact.media.legId);
  }

  /** Takes up the calls that an earlier run left, before anything is heard from Asterisk. */
  restore(calls: readonly { readonly id: CallId; readonly events: readonly CallEvent[] }[]): void {
    for (const { id, events } of calls) {
      const mailbox = this.#newMailbox(id);
      mailbox.restore(events);
      if (mailbox.call === null) this.#calls.delete(id);
      else this.#byLeg.restored(mailbox.call, events);
    }
  }

  /** How far each call is now: a call whose number has changed has changed. */
  revisions(): ReadonlyMap<CallId, number> {
    return new Map([...this.#calls].map(([id, mailbox]) => [id, mailbox.revision]));
  }

  /**
   * Holds every call against what Asterisk really has, takes up arrivals that nobody heard of, and clears away what is nobody's.
   * `before` are the revisions from before the picture was asked for; calls that have changed since are left alone. Answers how many.
   */
  reconcile(picture: Picture, before: ReadonlyMap<CallId, number>): number {
    this.#undialled.looked(picture);
    const actuals = byCall(picture, (legId, callId) => this.ownerOf(legId, callId));
    let skipped = 0;
    for (const [id, mailbox] of [...this.#calls]) {
      if (before.get(id) === mailbox.revision)
        mailbox.reconcile(
          withComfort(actuals.get(id) ?? NOTHING_YET, mailbox.actual, this.#undialled),
          picture.startedAt,
        );
      else skipped += 1;
    }
    for (const { callId: origin, legId, arrival } of picture.legs) {
      const callId = this.ownerOf(legId, origin);
      if (this.#calls.has(callId) || before.has(callId)) continue;
      if (arrival !== null) this.arrived(arrival);
      else this.#releaseStray(legId);
    }
    for (const { callId, conversationId } of picture.conversations) {
      if (this.#calls.has(callId) || before.has(callId)) continue;
      void this.#ports.phones.perform({ type: 'close', conversationId });
    }
    return skipped;
  }

  /** The phone system was started anew: every call that we know has ended with it. */
  phonesRestarted(): void {
    for (const mailbox of [...this.#calls.values()]) mailbox.reconcile(NOTHING_YET, Number.POSITIVE_INFINITY);
  }

  stop(): void {
    for (const mailbox of this.#calls.values()) mailbox.stop();
  }

  #begin(id: CallId, beginning: Beginning): CallMailbox {
    const mailbox = this.#newMailbox(id);
    mailbox.begin(beginning);
    return mailbox;
  }

  /** The call that has the leg now; `callId` is the one that its id names. */
  ownerOf(legId: LegId, callId: CallId): CallId {
    return this.#byLeg.ownerOf(legId, callId);
  }

  /** Who entered or left a conversation is told to the conversation's call. */
  #concerned({ callId, media, call }: PhoneFact): CallId {
    if (media?.type === 'joined' || media?.type === 'parted') return callId;
    const about = media !== null && 'legId' in media ? media : call;
    return about !== null && 'legId' in about ? this.ownerOf(about.legId, callId) : callId;
  }

  #retired(id: CallId): void {
    this.#calls.delete(id);
    this.#byLeg.retired(id);
  }

  #newMailbox(id: CallId): CallMailbox {
    const { journal, phones, clock, log, mayPress } = this.#ports;
    const mailbox = new CallMailbox(id, { journal, phones, clock, log, mayPress, listener: this.#listener });
    this.#calls.set(id, mailbox);
    return mailbox;
  }

  /** A leg of a call that is over: it was being created when the call ended, or its end was never heard of. */
  #releaseStray(legId: string): void {
    void this.#ports.phones.perform({ type: 'release', legId, reason: 'normal' });
  }
}
