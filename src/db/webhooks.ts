/** Webhooks and what waits for them. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { type ChangedFields, changedFields, type Deed } from '../app/changes.js';
import type {
  DeadFilter,
  DeadLetter,
  Delivery,
  TrimLimits,
  Webhook,
  WebhookCounts,
  WebhookStore,
} from '../app/webhooks/store.js';
import type { Instant } from '../core/call/state.js';
import { noteChanges } from './change-log.js';
import { count } from './rows.js';
import { rowsOf } from './select.js';
import type { WebhookOutbox } from './webhook-outbox.js';

const webhook: z.ZodType<Webhook> = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string(),
  secret: z.string(),
  types: z.array(z.string()),
  enabled: z.boolean(),
  timeoutMs: z.number(),
});
const webhookRow = z.object({ settings: z.string() }).transform(({ settings }) => webhook.parse(JSON.parse(settings)));
const columns = {
  position: count,
  delivery_id: z.string(),
  webhook_id: z.string(),
  lane: z.string(),
  type: z.string(),
  at: count,
  body: z.string(),
  attempts: count,
  due_at: count,
};
const deliveryRow = z.object(columns).transform(
  ({ delivery_id, webhook_id, due_at, ...rest }): Delivery => ({
    ...rest,
    id: delivery_id,
    webhookId: webhook_id,
    dueAt: due_at,
  }),
);
const deadRow = z.object({ ...columns, died_at: count, code: z.string() }).transform(
  ({ delivery_id, webhook_id, due_at, died_at, ...rest }): DeadLetter => ({
    ...rest,
    id: delivery_id,
    webhookId: webhook_id,
    dueAt: due_at,
    diedAt: died_at,
  }),
);
const dueRow = z.object({ due_at: count.nullable() });
const countRow = z.object({ webhook_id: z.string(), state: z.enum(['waiting', 'dead']), count });
const droppedRow = z.object({ id: z.string(), dropped: count });

/** The first of each lane. */
const HEADS = `SELECT MIN(position) FROM webhook_deliveries WHERE webhook_id = ? AND state = 'waiting' GROUP BY lane`;

export class StoredWebhooks implements WebhookStore {
  readonly #knex: Knex;
  readonly #outbox: WebhookOutbox;

  constructor(knex: Knex, outbox: WebhookOutbox) {
    this.#knex = knex;
    this.#outbox = outbox;
  }

  async list(): Promise<readonly Webhook[]> {
    const webhooks = z.array(webhookRow).parse(await this.#knex('webhooks').select('settings').orderBy('name'));
    this.#outbox.takeIntoForce(webhooks);
    return webhooks;
  }

  async save(saved: Webhook, deed: Deed): Promise<void> {
    const { id, name } = saved;
    await this.#change(id, async (change, before) => {
      const row = { id, name, settings: JSON.stringify(saved) };
      await change('webhooks')
        .insert({ ...row, dropped: 0 })
        .onConflict('id')
        .merge(row);
      const action = before === null ? 'added' : 'changed';
      await noteChanges(change, deed, [{ entity: 'webhook', entityId: id, action, fields: fieldsOf(before, saved) }]);
    });
    await this.list();
  }

  async remove(id: string, deed: Deed): Promise<boolean> {
    const removed = await this.#change(id, async (change, before) => {
      if (before === null) return false;
      await change('webhooks').where({ id }).delete();
      const fields = fieldsOf(before, null);
      await noteChanges(change, deed, [{ entity: 'webhook', entityId: id, action: 'removed', fields }]);
      return true;
    });
    // First nothing new is written for it; what was being written meanwhile is cleared away by `trim`.
    await this.list();
    await this.#knex('webhook_deliveries').where({ webhook_id: id }).delete();
    return removed;
  }

  async counts(): Promise<ReadonlyMap<string, WebhookCounts>> {
    const states: unknown = await this.#knex('webhook_deliveries')
      .groupBy('webhook_id', 'state')
      .select('webhook_id', 'state')
      .count({ count: '*' });
    const dropped: unknown = await this.#knex('webhooks').select('id', 'dropped');
    const counted = z.array(countRow).parse(states);
    const of = (id: string, state: string) =>
      counted.find((row) => row.webhook_id === id && row.state === state)?.count ?? 0;
    return new Map(
      z
        .array(droppedRow)
        .parse(dropped)
        .map((row) => [row.id, { waiting: of(row.id, 'waiting'), dead: of(row.id, 'dead'), dropped: row.dropped }]),
    );
  }

  heads(webhookId: string, now: Instant, limit: number): Promise<readonly Delivery[]> {
    const sql = `SELECT * FROM webhook_deliveries WHERE position IN (${HEADS}) AND due_at <= ? ORDER BY position LIMIT ?`;
    return rowsOf(this.#knex, deliveryRow, sql, [webhookId, now, limit]);
  }

  async nextDueAt(webhookId: string): Promise<Instant | null> {
    const sql = `SELECT MIN(due_at) AS due_at FROM webhook_deliveries WHERE position IN (${HEADS})`;
    const [row] = await rowsOf(this.#knex, dueRow, sql, [webhookId]);
    return row?.due_at ?? null;
  }

  async delivered(position: number): Promise<void> {
    await this.#knex('webhook_deliveries').where({ position }).delete();
  }

  async failed(position: number, attempts: number, dueAt: Instant, code: string): Promise<void> {
    await this.#knex('webhook_deliveries').where({ position }).update({ attempts, due_at: dueAt, code });
  }

  async died(position: number, attempts: number, diedAt: Instant, code: string): Promise<void> {
    await this.#knex('webhook_deliveries')
      .where({ position })
      .update({ attempts, code, died_at: diedAt, state: 'dead' });
  }

  async dead({ webhookId, before, limit }: DeadFilter): Promise<readonly DeadLetter[]> {
    const query = this.#knex('webhook_deliveries').where({ state: 'dead' }).orderBy('position', 'desc').limit(limit);
    if (webhookId !== null) query.andWhere({ webhook_id: webhookId });
    if (before !== null) query.andWhere('position', '<', before);
    return z.array(deadRow).parse(await query.select());
  }

  async revive(
    { webhookId, id }: { readonly webhookId: string | null; readonly id: string | null },
    now: Instant,
  ): Promise<number> {
    const query = this.#knex('webhook_deliveries').where({ state: 'dead' });
    if (webhookId !== null) query.andWhere({ webhook_id: webhookId });
    if (id !== null) query.andWhere({ delivery_id: id });
    return await query.update({ state: 'waiting', attempts: 0, due_at: now, died_at: null });
  }

  async trim({ mostWaiting, mostDead, deadBefore }: TrimLimits): Promise<ReadonlyMap<string, number>> {
    const webhooks = await this.list();
    const ids = webhooks.map(({ id }) => id);
    await this.#knex('webhook_deliveries').whereNotIn('webhook_id', ids).delete();
    await this.#knex('webhook_deliveries').where({ state: 'dead' }).andWhere('died_at', '<', deadBefore).delete();
    const lost = new Map<string, number>();
    for (const id of ids) {
      const dropped = await this.#dropOldest(id, 'waiting', mostWaiting);
      await this.#dropOldest(id, 'dead', mostDead);
      if (dropped === 0) continue;
      await this.#knex('webhooks').where({ id }).increment('dropped', dropped);
      lost.set(id, dropped);
    }
    return lost;
  }

  #change<T>(id: string, work: (change: Knex, before: Webhook | null) => Promise<T>): Promise<T> {
    return this.#knex.transaction(async (change) => {
      // Writing first takes the lock.
      await change('integration_settings').where({ id: 1 }).update({ id: 1 });
      const row: unknown = await change('webhooks').where({ id }).first('settings');
      return await work(change, row === undefined ? null : webhookRow.parse(row));
    });
  }

  /** All but the newest `most`. */
  #dropOldest(webhookId: string, state: 'waiting' | 'dead', most: number): Promise<number> {
    const newest = this.#knex('webhook_deliveries')
      .where({ webhook_id: webhookId, state })
      .orderBy('position', 'desc')
      .offset(most)
      .limit(1)
      .select('position');
    return this.#knex('webhook_deliveries')
      .where({ webhook_id: webhookId, state })
      .andWhere('position', '<=', newest)
      .delete();
  }
}

/** That the secret is another one is told, but neither of them. */
function fieldsOf(before: Webhook | null, after: Webhook | null): ChangedFields {
  const isNew = before !== null && after !== null && before.secret !== after.secret;
  const shown = (webhook: Webhook | null, secret: string) => (webhook === null ? {} : { ...webhook, secret });
  return changedFields(shown(before, 'kept'), shown(after, isNew ? 'changed' : 'kept'));
}
