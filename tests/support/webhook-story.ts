/** Webhooks on a real database, for tests with a real server: events as the journal writes them, and waiting for what is written. */
import { randomBytes } from 'node:crypto';
import type { JournalEntry } from '../../src/app/ports.js';
import type { Webhook, WebhookStore } from '../../src/app/webhooks/store.js';
import { type WebhookInput, Webhooks } from '../../src/app/webhooks/webhooks.js';
import { isRefusal } from '../../src/core/refusal.js';
import type { Database } from '../../src/db/database.js';
import { NodeWebClient } from '../../src/outside/web-client.js';
import { quietLog } from './databases.js';

const LIMIT_MS = 15_000;

export class WebhookStory {
  readonly webhooks: Webhooks;
  readonly #database: Database;
  readonly #web = new NodeWebClient({ allowPrivateAddresses: true });
  readonly #watchers = new Set<() => void>();
  /** What was written of deliveries: `delivered`, `failed` or `died`, with the attempts. */
  readonly written: string[] = [];
  aheadMs = 0;

  constructor(database: Database) {
    this.#database = database;
    const clock = { now: () => Date.now() + this.aheadMs };
    const parts = { web: this.#web, clock, log: quietLog, random: () => 0.5 };
    this.webhooks = new Webhooks({ store: this.#watched(database.webhooks), ...parts });
  }

  async add(input: Pick<WebhookInput, 'url'> & Partial<WebhookInput>): Promise<Webhook> {
    const usual = { name: randomBytes(4).toString('hex'), types: ['*'], enabled: true, timeoutMs: 10_000 };
    const made = await this.webhooks.create({ ...usual, ...input }, { by: 'admin', at: 1 });
    if (isRefusal(made)) throw new Error(made.message);
    return made;
  }

  /** As the centre does it: written, then told. */
  async happens(...entries: readonly JournalEntry[]): Promise<void> {
    for (const entry of entries) {
      await this.#database.journal.append(entry);
      for (const { type } of entry.events) this.webhooks.happened(type);
    }
  }

  /** Time passes, and somebody looks. */
  later(ms: number): void {
    this.aheadMs += ms;
    this.webhooks.happened('call.ended');
    this.webhooks.happened('agent.released');
  }

  async untilWritten(count: number, what: string): Promise<void> {
    const look = () => this.written.filter((each) => each.startsWith(what)).length >= count;
    if (look()) return;
    await new Promise<void>((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`not written: ${what}; but ${this.written.join()}`)), LIMIT_MS);
      const check = () => {
        if (!look()) return;
        clearTimeout(limit);
        this.#watchers.delete(check);
        resolve();
      };
      this.#watchers.add(check);
    });
  }

  async stop(): Promise<void> {
    this.#web.close();
    await this.webhooks.stop();
  }

  #watched(store: WebhookStore): WebhookStore {
    const note = (what: string) => {
      this.written.push(what);
      for (const check of [...this.#watchers]) check();
    };
    return {
      list: () => store.list(),
      save: (webhook, deed) => store.save(webhook, deed),
      remove: (id, deed) => store.remove(id, deed),
      counts: () => store.counts(),
      heads: (id, now, limit) => store.heads(id, now, limit),
      nextDueAt: (id) => store.nextDueAt(id),
      delivered: (position) => store.delivered(position).then(() => note('delivered')),
      failed: (position, attempts, dueAt, code) =>
        store.failed(position, attempts, dueAt, code).then(() => note(`failed ${attempts} ${code}`)),
      died: (position, attempts, diedAt, code) =>
        store.died(position, attempts, diedAt, code).then(() => note(`died ${attempts} ${code}`)),
      dead: (filter) => store.dead(filter),
      revive: (which, now) => store.revive(which, now),
      trim: (limits) => store.trim(limits),
    };
  }
}
