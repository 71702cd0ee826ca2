/**
 * Webhooks: other systems are told of events. The journal writes each delivery together with its event (see db/webhook-outbox.ts);
 * here they are sent, by one deliverer for each webhook, and kept within bounds.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { type Refusal, refuse } from '../../core/refusal.js';
import { matchesType } from '../../core/webhook/retry.js';
import type { Deed } from '../changes.js';
import type { WebClient } from '../integrations/web-client.js';
import type { Clock, Log } from '../ports.js';
import { Deliverer } from './deliverer.js';
import { type Posted, post } from './posting.js';
import type { DeadFilter, DeadLetter, Webhook, WebhookCounts, WebhookStore } from './store.js';

export interface WebhookParts {
  readonly store: WebhookStore;
  readonly web: WebClient;
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 to 1; scatters the attempts. */
  readonly random: () => number;
}

export type WebhookInput = Omit<Webhook, 'id' | 'secret'> & { readonly secret?: string | undefined };
export type WebhookView = Omit<Webhook, 'secret'> & WebhookCounts;

export interface WebhookOperations {
  list(): Promise<readonly WebhookView[]>;
  /** The secret is told here, and never again. */
  create(input: WebhookInput, deed: Deed): Promise<Webhook | Refusal>;
  /** Without a secret the present one stays. */
  change(id: string, input: WebhookInput, deed: Deed): Promise<WebhookView | Refusal>;
  remove(id: string, deed: Deed): Promise<{ readonly removed: true } | Refusal>;
  /** Sends an event `webhook.test` now, once. */
  test(id: string): Promise<Posted | Refusal>;
  dead(filter: DeadFilter): Promise<readonly DeadLetter[]>;
  /** Answers how many are tried again. */
  retry(which: { readonly webhookId: string | null; readonly id: string | null }): Promise<number | Refusal>;
}

const MOST_WEBHOOKS = 50;
const NONE: WebhookCounts = { waiting: 0, dead: 0, dropped: 0 };
const TRIM_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
/** For each webhook. */
const LIMITS = { mostWaiting: 50_000, mostDead: 1_000, deadDays: 30 };

export class Webhooks implements WebhookOperations {
  readonly #parts: WebhookParts;
  #inForce: ReadonlyMap<string, Webhook> = new Map();
  readonly #deliverers = new Map<string, Deliverer>();
  #trimming: NodeJS.Timeout | null = null;
  #trimmed: Promise<void> = Promise.resolve();

  constructor(parts: WebhookParts) {
    this.#parts = parts;
  }

  /** Takes up what waits from earlier. */
  async start(): Promise<void> {
    await this.#reload();
    this.#trimming = setInterval(() => {
      this.#trimmed = this.#trim().catch((err: unknown) =>
        this.#parts.log.warn({ err }, 'what waits for webhooks could not be kept within bounds'),
      );
    }, TRIM_EVERY_MS);
    this.#trimming.unref();
  }

  async stop(): Promise<void> {
    if (this.#trimming !== null) clearInterval(this.#trimming);
    await Promise.all([this.#trimmed, ...[...this.#deliverers.values()].map((each) => each.stop())]);
  }

  /** An event has been written. */
  happened(type: string): void {
    for (const { id, types } of this.#inForce.values()) {
      if (types.some((pattern) => matchesType(pattern, type))) this.#deliverers.get(id)?.wake();
    }
  }

  async list(): Promise<readonly WebhookView[]> {
    const counts = await this.#parts.store.counts();
    return (await this.#parts.store.list()).map((webhook) => viewOf(webhook, counts.get(webhook.id)));
  }

  async create(input: WebhookInput, deed: Deed): Promise<Webhook | Refusal> {
    if (this.#inForce.size >= MOST_WEBHOOKS) return refuse('tooMany', `There may be ${MOST_WEBHOOKS} webhooks.`);
    const { secret = `whsec_${randomBytes(32).toString('base64url')}`, ...rest } = input;
    const webhook = { ...rest, secret, id: randomUUID() };
    await this.#parts.store.save(webhook, deed);
    await this.#reload();
    return webhook;
  }

  async change(id: string, input: WebhookInput, deed: Deed): Promise<WebhookView | Refusal> {
    const before = this.#inForce.get(id);
    if (before === undefined) return noSuchWebhook();
    const webhook = { ...input, id, secret: input.secret ?? before.secret };
    await this.#parts.store.save(webhook, deed);
    await this.#reload();
    return viewOf(webhook, (await this.#parts.store.counts()).get(id));
  }

  async remove(id: string, deed: Deed): Promise<{ readonly removed: true } | Refusal> {
    const removed = await this.#parts.store.remove(id, deed);
    await this.#reload();
    return removed ? { removed } : noSuchWebhook();
  }

  async test(id: string): Promise<Posted | Refusal> {
    const webhook = this.#inForce.get(id);
    if (webhook === undefined) return noSuchWebhook();
    const { web, clock } = this.#parts;
    const delivery = `test.${randomUUID()}`;
    const event = { id: delivery, type: 'webhook.test', time: new Date(clock.now()).toISOString(), sequence: 1 };
    const body = JSON.stringify({ ...event, subject: { kind: 'webhook', id }, data: {} });
    return await post(web, clock, webhook, { id: delivery, body, attempt: 1 });
  }

  dead(filter: DeadFilter): Promise<readonly DeadLetter[]> {
    return this.#parts.store.dead(filter);
  }

  async retry(which: { readonly webhookId: string | null; readonly id: string | null }): Promise<number | Refusal> {
    const revived = await this.#parts.store.revive(which, this.#parts.clock.now());
    for (const deliverer of this.#deliverers.values()) deliverer.wake();
    return revived > 0 ? revived : refuse('notFound', 'There is no such dead letter.');
  }

  /** Each webhook has its deliverer as long as it is there. */
  async #reload(): Promise<void> {
    this.#inForce = new Map((await this.#parts.store.list()).map((webhook) => [webhook.id, webhook]));
    for (const [id, deliverer] of this.#deliverers) {
      if (this.#inForce.has(id)) continue;
      this.#deliverers.delete(id);
      void deliverer.stop();
    }
    for (const webhook of this.#inForce.values()) {
      const { id } = webhook;
      const deliverer =
        this.#deliverers.get(id) ??
        new Deliverer({ ...this.#parts, webhook: () => this.#inForce.get(id) ?? { ...webhook, enabled: false } });
      this.#deliverers.set(id, deliverer);
      deliverer.wake();
    }
  }

  async #trim(): Promise<void> {
    const { store, clock, log } = this.#parts;
    const { mostWaiting, mostDead, deadDays } = LIMITS;
    const lost = await store.trim({ mostWaiting, mostDead, deadBefore: clock.now() - deadDays * DAY_MS });
    for (const [webhookId, count] of lost) {
      log.warn({ webhookId, count }, 'too much waits for a webhook: the oldest is dropped');
    }
  }
}

function viewOf({ secret: _secret, ...webhook }: Webhook, counts: WebhookCounts = NONE): WebhookView {
  return { ...webhook, ...counts };
}

function noSuchWebhook(): Refusal {
  return refuse('notFound', 'There is no such webhook.');
}
