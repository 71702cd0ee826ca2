/**
 * Delivers what waits for one webhook: some lanes at a time, one delivery after another within a lane, so that a receiver learns of a
 * call's events in their order. A receiver that is slow or away keeps nobody but itself waiting: one that fails whatever it is told
 * is left alone for a while, and then asked one thing at a time until it takes something.
 */
import { AWAY_AFTER, awayMs, MOST_ATTEMPTS, webhookDelayMs } from '../../core/webhook/retry.js';
import type { WebClient } from '../integrations/web-client.js';
import type { Clock, Log } from '../ports.js';
import { post } from './posting.js';
import type { Delivery, Webhook, WebhookStore } from './store.js';

export interface DelivererParts {
  readonly store: WebhookStore;
  readonly web: WebClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
  /** As it is configured now. */
  readonly webhook: () => Webhook;
}

const LANES_AT_ONCE = 4;
/** With much that waits a look takes long: it is made for many lanes. */
const HEADS_A_LOOK = 200;
/** Events come in bursts: one look for all of them. */
const GATHER_MS = 20;
const LOOK_AGAIN_MS = 1_000;
const LONGEST_SLEEP_MS = 60_000;

export class Deliverer {
  readonly #parts: DelivererParts;
  readonly #lanes = new Map<string, Promise<void>>();
  #looking: Promise<void> | null = null;
  #again = false;
  #stopped = false;
  #timer: NodeJS.Timeout | null = null;
  #wakesAt = 0;
  /** Found at the last look, and not begun yet: the first of lanes of which none is under way. */
  #heads: readonly Delivery[] = [];
  #failuresInARow = 0;
  #aloneUntil = 0;

  constructor(parts: DelivererParts) {
    this.#parts = parts;
  }

  /** Something may wait. */
  wake(): void {
    if (this.#looking !== null) this.#again = true;
    else this.#sleep(GATHER_MS);
  }

  /** Waits for what is under way: a bounded time, as every attempt is. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await Promise.allSettled([this.#looking, ...this.#lanes.values()]);
  }

  /** Looks again after so long, unless that will happen earlier anyway. */
  #sleep(ms: number): void {
    const at = performance.now() + Math.min(ms, LONGEST_SLEEP_MS);
    if (this.#stopped || (this.#timer !== null && this.#wakesAt <= at)) return;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#wakesAt = at;
    this.#timer = setTimeout(() => this.#begin(), at - performance.now());
    this.#timer.unref();
  }

  #begin(): void {
    this.#timer = null;
    this.#again = false;
    const looking = this.#look()
      .catch((err: unknown) => this.#troubled(err))
      .then(() => {
        this.#looking = null;
        if (this.#again) this.#sleep(GATHER_MS);
      });
    this.#looking = looking;
  }

  async #look(): Promise<void> {
    const { store, clock, webhook } = this.#parts;
    const { id, enabled } = webhook();
    if (!enabled) return;
    const alone = this.#aloneUntil - clock.now();
    if (alone > 0) return this.#sleep(alone);
    const free = (this.#failuresInARow < AWAY_AFTER ? LANES_AT_ONCE : 1) - this.#lanes.size;
    // Whoever ends wakes us.
    if (free <= 0) return;
    if (this.#heads.length === 0) {
      const heads = await store.heads(id, clock.now(), HEADS_A_LOOK);
      this.#heads = heads.filter(({ lane }) => !this.#lanes.has(lane));
    }
    const due = this.#heads.slice(0, free);
    this.#heads = this.#heads.slice(free);
    for (const delivery of due) this.#start(delivery);
    if (due.length > 0 || this.#stopped) return;
    const next = await store.nextDueAt(id);
    if (next !== null) this.#sleep(Math.max(next - clock.now(), this.#lanes.size > 0 ? LOOK_AGAIN_MS : 1));
  }

  #start(delivery: Delivery): void {
    if (this.#stopped) return;
    const lane = this.#deliver(delivery)
      .catch((err: unknown) => this.#troubled(err))
      .then(() => {
        this.#lanes.delete(delivery.lane);
        this.wake();
      });
    this.#lanes.set(delivery.lane, lane);
  }

  async #deliver({ position, id, body, attempts: before }: Delivery): Promise<void> {
    const { store, web, clock, log, random, webhook } = this.#parts;
    const attempts = before + 1;
    const { code, gone } = await post(web, clock, webhook(), { id, body, attempt: attempts });
    if (code === null) {
      this.#failuresInARow = 0;
      this.#aloneUntil = 0;
      return await store.delivered(position);
    }
    // It may have been ourselves who cut it off: the next run tries it anew.
    if (this.#stopped) return;
    const now = clock.now();
    this.#failuresInARow += 1;
    this.#aloneUntil = now + awayMs(this.#failuresInARow);
    if (!gone && attempts < MOST_ATTEMPTS) {
      return await store.failed(position, attempts, now + webhookDelayMs(attempts, random()), code);
    }
    log.warn({ webhookId: webhook().id, deliveryId: id, code }, 'A delivery to a webhook was put aside');
    await store.died(position, attempts, now, code);
  }

  #troubled(err: unknown): void {
    this.#parts.log.warn({ webhookId: this.#parts.webhook().id, err }, 'deliveries to a webhook are looked at later');
    this.#sleep(LOOK_AGAIN_MS);
  }
}
