/**
 * Hands queued messages to the gateway: several messages at a time, the parts of one in order. What is done with a part is written
 * before it is done; what was being done when the service ended last is not done again (see core/sms/sms.ts).
 */
import { setTimeout as pause } from 'node:timers/promises';
import {
  expired,
  interrupted,
  nextPart,
  receipted,
  type Sms,
  type Submission,
  submitted,
  submitting,
} from '../../core/sms/sms.js';
import { smsParts } from '../../core/sms/text.js';
import type { Clock, Log } from '../ports.js';
import { EarlyReceipts } from './early-receipts.js';
import type { OutgoingPart, Receipt, SmsGateway } from './gateway.js';
import type { SmsChange, SmsStore } from './store.js';

export interface OutboxParts {
  readonly store: SmsStore;
  readonly gateway: SmsGateway;
  readonly clock: Clock;
  readonly log: Log;
  /** Told of every change that is written. */
  readonly changed: (change: SmsChange) => void;
}

const AT_ONCE = 10;
/** After the database would not do it, and at the longest between two looks. */
const LOOK_AGAIN_MS = 1_000;
const LONGEST_SLEEP_MS = 60_000;
/** How long stopping waits for what is being submitted. */
const STOP_WITHIN_MS = 1_000;

export class SmsOutbox {
  readonly #parts: OutboxParts;
  readonly #underWay = new Map<string, Promise<void>>();
  readonly #early = new EarlyReceipts();
  /** Looks and receipts that use the database now. */
  readonly #busy = new Set<Promise<unknown>>();
  #stopped = false;
  #timer: NodeJS.Timeout | null = null;
  #looking = false;
  #lookAgain = false;

  constructor(parts: OutboxParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#parts.gateway.start((receipt) => this.#noted(this.#received(receipt)));
    this.#noted(this.#settleInterrupted()).then(
      () => this.wake(),
      (err: unknown) => this.#troubled(err),
    );
  }

  /** Something may be due. */
  wake(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (this.#stopped) return;
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = true;
    this.#noted(this.#look())
      .catch((err: unknown) => this.#troubled(err))
      .finally(() => {
        this.#looking = false;
        if (this.#lookAgain) {
          this.#lookAgain = false;
          this.wake();
        }
      });
  }

  /** Nothing new is handed over; what was is waited for, though not for ever. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const limit = setTimeout(() => void this.#parts.gateway.stop(), STOP_WITHIN_MS);
    await Promise.allSettled(this.#underWay.values());
    clearTimeout(limit);
    await this.#parts.gateway.stop();
    await Promise.allSettled(this.#busy);
  }

  async #noted(work: Promise<void>): Promise<void> {
    this.#busy.add(work);
    try {
      await work;
    } finally {
      this.#busy.delete(work);
    }
  }

  async #look(): Promise<void> {
    const { store, clock } = this.#parts;
    const free = AT_ONCE - this.#underWay.size;
    // Those under way are among the due: so many more are asked for.
    const due = free <= 0 ? [] : await store.due(clock.now(), AT_ONCE + this.#underWay.size);
    for (const sms of due.filter(({ id }) => !this.#underWay.has(id)).slice(0, free)) this.#begin(sms);
    if (this.#stopped) return;
    if (this.#underWay.size > 0) return this.#sleep(LOOK_AGAIN_MS);
    const next = await store.nextDueAt();
    this.#sleep(next === null ? LONGEST_SLEEP_MS : Math.max(next - clock.now(), 1));
  }

  #sleep(ms: number): void {
    if (this.#stopped || this.#timer !== null) return;
    this.#timer = setTimeout(() => this.wake(), Math.min(ms, LONGEST_SLEEP_MS));
    this.#timer.unref();
  }

  #begin(sms: Sms): void {
    const sending = this.#send(sms)
      .then(
        () => this.#underWay.delete(sms.id) && this.wake(),
        (err: unknown) => {
          this.#underWay.delete(sms.id);
          this.#troubled(err);
        },
      )
      .then(() => undefined);
    this.#underWay.set(sms.id, sending);
  }

  /** All parts, until one is refused. */
  async #send(given: Sms): Promise<void> {
    const { gateway, clock } = this.#parts;
    let sms = given;
    if (sms.expiresAt < clock.now()) {
      await this.#change(sms.id, (now) => expired(now, clock.now()));
      return;
    }
    for (let part = nextPart(sms); part >= 0 && !this.#stopped; part = nextPart(sms)) {
      const index = part;
      if ((await this.#change(sms.id, (now) => submitting(now, index))) === null) return;
      const result = await gateway.submit(partOf(sms, index, gateway));
      const after = await this.#settle(sms.id, index, result);
      if (after === null || result.kind !== 'taken') return;
      sms = after;
    }
  }

  async #settle(id: string, part: number, result: Submission): Promise<Sms | null> {
    const { clock, log } = this.#parts;
    if (result.kind !== 'taken') {
      const { kind } = result;
      log.warn(
        { smsId: id, part, kind, ...('code' in result ? { code: result.code } : {}) },
        'A message was not taken',
      );
    }
    const after = await this.#written(() => this.#change(id, (sms) => submitted(sms, part, result, clock.now())));
    if (result.kind !== 'taken' || result.gatewayId === null) return after;
    const early = this.#early.take(result.gatewayId);
    return early === null ? after : await this.#change(id, (sms) => receipted(sms, part, early.code, clock.now()));
  }

  /** A network may report on a part before we have read that it was taken: such a receipt is kept for a while. */
  async #received(receipt: Receipt): Promise<void> {
    const { store, clock } = this.#parts;
    this.#early.keep(receipt, clock.now());
    const known = await store.partOf(receipt.gatewayId);
    if (known === null) return;
    this.#early.take(receipt.gatewayId);
    await this.#change(known.smsId, (sms) => receipted(sms, known.part, receipt.code, clock.now()));
  }

  async #settleInterrupted(): Promise<void> {
    const { store, clock } = this.#parts;
    for (const { id, parts } of await store.queued()) {
      if (parts.some(({ state }) => state === 'submitting')) {
        await this.#change(id, (sms) => interrupted(sms, clock.now()));
      }
    }
  }

  /** What the gateway has said must not be forgotten because the database is away for a while. */
  async #written<T>(write: () => Promise<T>): Promise<T> {
    for (;;) {
      try {
        return await write();
      } catch (err) {
        if (this.#stopped) throw err;
        this.#parts.log.warn({ err }, 'what became of a short message cannot be written yet');
        await pause(LOOK_AGAIN_MS);
      }
    }
  }

  async #change(id: string, change: (sms: Sms) => Sms): Promise<Sms | null> {
    const changed = await this.#parts.store.change(id, change);
    if (changed === null) return null;
    if (changed.event !== null) this.#parts.changed(changed);
    return changed.sms;
  }

  #troubled(err: unknown): void {
    this.#parts.log.warn({ err }, 'the outbox of short messages is looked at again later');
    this.#sleep(LOOK_AGAIN_MS);
  }
}

/** A text is cut the same way each time, so its parts need not be kept. */
function partOf(sms: Sms, index: number, gateway: SmsGateway): OutgoingPart {
  const { coding, parts } = smsParts(sms.text);
  const texts = gateway.takesWholeTexts ? [sms.text] : parts;
  const { id: smsId, number, reference } = sms;
  return { smsId, number, reference, coding, index, total: sms.parts.length, text: texts[index] ?? '' };
}
