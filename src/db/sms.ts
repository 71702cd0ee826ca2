/** Short messages on their way out, and their templates. */
import type { Knex } from 'knex';
import { z } from 'zod';
import { changedFields, type Deed } from '../app/changes.js';
import type { SmsChange, SmsFilter, SmsStore, SmsTemplate } from '../app/sms/store.js';
import type { Instant } from '../core/call/state.js';
import { type SmsEvent, smsEvent } from '../core/sms/event.js';
import type { Sms } from '../core/sms/sms.js';
import { noteChanges } from './change-log.js';
import { count } from './rows.js';

const sms: z.ZodType<Sms> = z.object({
  id: z.string(),
  agentId: z.string(),
  callId: z.string().nullable(),
  templateId: z.string().nullable(),
  number: z.string(),
  text: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  state: z.enum(['queued', 'sent', 'delivered', 'failed']),
  code: z.string().nullable(),
  attempts: z.number(),
  dueAt: z.number().nullable(),
  expiresAt: z.number(),
  reference: z.number(),
  parts: z.array(
    z.object({
      state: z.enum(['waiting', 'submitting', 'sent', 'delivered', 'failed']),
      gatewayId: z.string().nullable(),
    }),
  ),
  seq: z.number(),
});
const smsRow = z.object({ data: z.string() }).transform(({ data }) => sms.parse(JSON.parse(data)));
const templateRow = z.object({ id: z.string(), name: z.string(), language: z.enum(['en', 'ru']), text: z.string() });
const partRow = z.object({ sms_id: z.string(), part: count });
const dueRow = z.object({ due_at: count.nullable() });

/** Takes events along in the transaction that writes what they tell of. */
export type TakesEvent = (change: Knex, event: SmsEvent) => Promise<void>;

export class StoredSms implements SmsStore {
  readonly #knex: Knex;
  readonly #takesEvent: TakesEvent;

  constructor(knex: Knex, takesEvent: TakesEvent) {
    this.#knex = knex;
    this.#takesEvent = takesEvent;
  }

  async templates(): Promise<readonly SmsTemplate[]> {
    return z.array(templateRow).parse(await this.#knex('sms_templates').select().orderBy('name'));
  }

  saveTemplate(template: SmsTemplate, deed: Deed): Promise<boolean> {
    return this.#changeTemplate(template.id, async (change, before) => {
      const { id, name } = template;
      const other: unknown = await change('sms_templates').where({ name }).whereNot({ id }).first('id');
      if (other !== undefined) return false;
      await change('sms_templates').insert(template).onConflict('id').merge();
      const action = before === null ? 'added' : 'changed';
      const fields = changedFields(before ?? {}, template);
      await noteChanges(change, deed, [{ entity: 'smsTemplate', entityId: id, action, fields }]);
      return true;
    });
  }

  removeTemplate(id: string, deed: Deed): Promise<boolean> {
    return this.#changeTemplate(id, async (change, before) => {
      if (before === null) return false;
      await change('sms_templates').where({ id }).delete();
      const fields = changedFields(before, {});
      await noteChanges(change, deed, [{ entity: 'smsTemplate', entityId: id, action: 'removed', fields }]);
      return true;
    });
  }

  add(added: Sms): Promise<SmsChange> {
    return this.#knex.transaction(async (change) => {
      const noted = smsEvent(null, added);
      await change('sms').insert({ id: added.id, ...columnsOf(noted.sms) });
      if (noted.event !== null) await this.#takesEvent(change, noted.event);
      return noted;
    });
  }

  change(id: string, apply: (sms: Sms) => Sms): Promise<SmsChange | null> {
    return this.#knex.transaction(async (change) => {
      // A write first: on both databases whoever else changes this message waits from here on.
      if ((await change('sms').where({ id }).update({ id })) === 0) return null;
      const before = smsRow.parse(await change('sms').where({ id }).first('data'));
      const after = apply(before);
      if (after === before) return { sms: before, event: null };
      const noted = smsEvent(before, after);
      await change('sms').where({ id }).update(columnsOf(noted.sms));
      await keepGatewayIds(change, before, noted.sms);
      if (noted.event !== null) await this.#takesEvent(change, noted.event);
      return noted;
    });
  }

  async list(filter: SmsFilter): Promise<readonly Sms[]> {
    const { agentId, callId, number, state, since, until, before, limit } = filter;
    const query = this.#knex('sms').where('created_at', '>=', since).andWhere('created_at', '<', until);
    if (agentId !== null) query.andWhere({ agent_id: agentId });
    if (callId !== null) query.andWhere({ call_id: callId });
    if (number !== null) query.andWhere({ number });
    if (state !== null) query.andWhere({ state });
    if (before !== null) {
      query.andWhereRaw('(created_at, id) < (SELECT created_at, id FROM sms WHERE id = ?)', [before]);
    }
    const newest = [
      { column: 'created_at', order: 'desc' },
      { column: 'id', order: 'desc' },
    ];
    return z.array(smsRow).parse(await query.orderBy(newest).limit(limit).select('data'));
  }

  async due(now: Instant, limit: number): Promise<readonly Sms[]> {
    const rows: unknown = await this.#queued().andWhere('due_at', '<=', now).orderBy('due_at').limit(limit);
    return z.array(smsRow).parse(rows);
  }

  async nextDueAt(): Promise<Instant | null> {
    const row: unknown = await this.#knex('sms').where({ state: 'queued' }).min({ due_at: 'due_at' }).first();
    return dueRow.parse(row).due_at;
  }

  async queued(): Promise<readonly Sms[]> {
    return z.array(smsRow).parse(await this.#queued());
  }

  async forget(before: Instant): Promise<void> {
    await this.#knex('sms').where('created_at', '<', before).whereNot({ state: 'queued' }).delete();
  }

  async partOf(gatewayId: string): Promise<{ readonly smsId: string; readonly part: number } | null> {
    const row: unknown = await this.#knex('sms_receipts')
      .where({ gateway_id: gatewayId })
      .orderBy('at', 'desc')
      .first('sms_id', 'part');
    if (row === undefined) return null;
    const { sms_id, part } = partRow.parse(row);
    return { smsId: sms_id, part };
  }

  /** A write first, so that of two at the same moment one sees the other. */
  #changeTemplate<T>(id: string, work: (change: Knex, before: SmsTemplate | null) => Promise<T>): Promise<T> {
    return this.#knex.transaction(async (change) => {
      await change('integration_settings').where({ id: 1 }).update({ id: 1 });
      const row: unknown = await change('sms_templates').where({ id }).first();
      return await work(change, row === undefined ? null : templateRow.parse(row));
    });
  }

  #queued() {
    return this.#knex('sms').where({ state: 'queued' }).select('data');
  }
}

function columnsOf(message: Sms) {
  const { agentId: agent_id, callId: call_id, number, createdAt: created_at, state, dueAt: due_at } = message;
  return { agent_id, call_id, number, created_at, state, due_at, data: JSON.stringify(message) };
}

async function keepGatewayIds(change: Knex, before: Sms, after: Sms): Promise<void> {
  for (const [part, { gatewayId }] of after.parts.entries()) {
    if (gatewayId === null || before.parts[part]?.gatewayId === gatewayId) continue;
    await change('sms_receipts').insert({ gateway_id: gatewayId, sms_id: after.id, part, at: after.updatedAt });
  }
}
