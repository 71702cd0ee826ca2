/** Scheduled callbacks, and those that are over. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { CallbackFilter, CallbackListener, CallbackStore } from '../app/callbacks/store.js';
import type { Instant } from '../core/call/state.js';
import { CALLBACK_PRIORITIES, CALLBACK_STATES, type Callback, laneOf } from '../core/callback/callback.js';
import { type CallbackEvent, callbackEvent } from '../core/callback/event.js';
import { ATTEMPT_RESULTS } from '../core/callback/result.js';
import { count } from './rows.js';
import type { Tenure } from './tenure.js';

const attempt = z.object({
  callId: z.string(),
  agentId: z.string().nullable().default(null),
  startedAt: z.number(),
  endedAt: z.number().nullable(),
  result: z.enum(ATTEMPT_RESULTS).nullable(),
  passedOn: z.boolean().default(false),
});
const callback: z.ZodType<Callback> = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  clientCode: z.string().nullable(),
  queueId: z.string().nullable(),
  agentId: z.string().nullable(),
  priority: z.enum(CALLBACK_PRIORITIES),
  local: z.string(),
  zone: z.string(),
  dueAt: z.number(),
  state: z.enum(CALLBACK_STATES),
  nextAt: z.number().nullable(),
  overdueSince: z.number().nullable().default(null),
  attempts: z.array(attempt),
  origin: z.object({ callId: z.string(), number: z.string() }).nullable(),
  place: z.object({ since: z.number(), priority: z.number() }).nullable().default(null),
  createdBy: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
  seq: z.number(),
});
const callbackRow = z.object({ data: z.string() }).transform(({ data }) => callback.parse(JSON.parse(data)));
const originRow = z.object({ origin_number: z.string() }).transform((row) => row.origin_number);
const openRow = z.object({ open: count });
const nextRow = z.object({ next_at: count.nullable() });
/** Takes events along in the transaction that writes what they tell of. */
type TakesEvent = (change: Knex, event: CallbackEvent) => Promise<void>;

const URGENCY = { high: 0, medium: 1, low: 2 } as const;

export class StoredCallbacks implements CallbackStore {
  readonly #knex: Knex;
  readonly #takesEvent: TakesEvent;
  readonly #tenure: Tenure;
  readonly #listeners: CallbackListener[] = [];

  constructor(knex: Knex, takesEvent: TakesEvent, tenure: Tenure) {
    this.#knex = knex;
    this.#takesEvent = takesEvent;
    this.#tenure = tenure;
  }

  onEvent(listener: CallbackListener): void {
    this.#listeners.push(listener);
  }

  async add(added: Callback, mostOpen: number | null = null): Promise<boolean> {
    const { callback: noted, event } = callbackEvent(null, added);
    const isAdded = await this.#knex.transaction(async (change) => {
      if (!(await hasRoom(change, noted, mostOpen))) return false;
      await change('callbacks').insert({ id: noted.id, ...columnsOf(noted) });
      await this.#takesEvent(change, event);
      return true;
    });
    if (isAdded) this.#told(event, noted, null);
    return isAdded;
  }

  async get(id: string): Promise<Callback | null> {
    const row: unknown = await this.#knex('callbacks').where({ id }).first('data');
    return row === undefined ? null : callbackRow.parse(row);
  }

  async change(id: string, apply: (callback: Callback) => Callback): Promise<Callback | null> {
    const after = await this.move(id, apply, null);
    return after === 'tooMany' ? null : after;
  }

  async move(
    id: string,
    apply: (callback: Callback) => Callback,
    mostOpen: number | null,
  ): Promise<Callback | null | 'tooMany'> {
    const written = await this.#knex.transaction(async (change) => {
      // A write first: on both databases whoever else changes this callback waits from here on.
      if ((await change('callbacks').where({ id }).update({ id })) === 0) return null;
      // An attempt is begun by whoever commands the calls, and by nobody else.
      await this.#tenure.check(change);
      const before = callbackRow.parse(await change('callbacks').where({ id }).first('data'));
      const after = apply(before);
      if (after === before) return { callback: before, event: null, before };
      const isMoved = before.queueId !== after.queueId || (after.queueId === null && before.agentId !== after.agentId);
      if (isMoved && !(await hasRoom(change, after, mostOpen))) return 'tooMany';
      const noted = callbackEvent(before, after);
      await change('callbacks').where({ id }).update(columnsOf(noted.callback));
      await this.#takesEvent(change, noted.event);
      return { ...noted, before };
    });
    if (written === 'tooMany') return written;
    if (written?.event != null) this.#told(written.event, written.callback, written.before);
    return written?.callback ?? null;
  }

  #told(...happened: Parameters<CallbackListener>): void {
    for (const listener of this.#listeners) listener(...happened);
  }

  async list({ visibleTo, state, queueId, number, since, until, limit }: CallbackFilter): Promise<readonly Callback[]> {
    const query = this.#knex('callbacks').where('due_at', '>=', since).andWhere('due_at', '<', until);
    if (state !== null) query.andWhere({ state });
    if (queueId !== null) query.andWhere({ queue_id: queueId });
    if (number !== null) query.andWhere({ number });
    if (visibleTo !== null) {
      const { agentId, queueIds } = visibleTo;
      query.andWhere((or) =>
        or
          .where({ agent_id: agentId })
          .orWhere({ created_by: agentId })
          .orWhereIn('queue_id', [...queueIds]),
      );
    }
    return z.array(callbackRow).parse(await query.orderBy(['due_at', 'id']).limit(limit).select('data'));
  }

  async due(now: Instant, limit: number, without: readonly string[]): Promise<readonly Callback[]> {
    return z.array(callbackRow).parse(await this.dueQuery(now, limit, without));
  }

  /** Each urgency by itself: so the rows come in order along the index, and none is read that is due later. */
  dueQuery(now: Instant, limit: number, without: readonly string[]): Knex.QueryBuilder {
    const [first, ...more] = Object.values(URGENCY).map((urgency) =>
      this.#knex.select('*').from(
        this.#knex('callbacks')
          .where({ state: 'scheduled', urgency })
          .andWhere('next_at', '<=', now)
          .whereNotIn('lane', [...without])
          .orderBy(['next_at', 'id'])
          .limit(limit)
          .select('data', 'urgency', 'next_at', 'id')
          .as(`due_${urgency}`),
      ),
    );
    if (first === undefined) throw new Error('there is no urgency');
    return first.unionAll(more).orderBy(['urgency', 'next_at', 'id']).limit(limit);
  }

  async upcoming(from: Instant, until: Instant, limit: number): Promise<readonly Callback[]> {
    const query = this.#knex('callbacks').where({ state: 'scheduled' });
    query.andWhere('next_at', '>=', from).andWhere('next_at', '<', until);
    return z.array(callbackRow).parse(await query.orderBy(['next_at', 'id']).limit(limit).select('data'));
  }

  async page({ dueAt, id }: Pick<Callback, 'dueAt' | 'id'>, until: Instant, limit: number) {
    const query = this.#knex('callbacks').where('due_at', '<', until);
    query.whereRaw('(due_at, id) > (?, ?)', [dueAt, id]).orderBy(['due_at', 'id']).limit(limit);
    return z.array(callbackRow).parse(await query.select('data'));
  }

  async ofOrigin(number: string): Promise<readonly Callback[]> {
    const query = this.#knex('callbacks').where({ origin_number: number }).orderBy('due_at', 'desc').limit(100);
    return z.array(callbackRow).parse(await query.select('data'));
  }

  async openOrigins(): Promise<readonly string[]> {
    const query = this.#knex('callbacks').whereNotNull('origin_number').whereIn('state', ['scheduled', 'calling']);
    return z.array(originRow).parse(await query.select('origin_number'));
  }

  async calling(): Promise<readonly Callback[]> {
    return z.array(callbackRow).parse(await this.#knex('callbacks').where({ state: 'calling' }).select('data'));
  }

  async nextDueAt(): Promise<Instant | null> {
    const row: unknown = await this.#knex('callbacks')
      .where({ state: 'scheduled' })
      .min({ next_at: 'next_at' })
      .first();
    return nextRow.parse(row).next_at;
  }
}

/** May one more be open where this one goes? Counted only where it matters. */
async function hasRoom(change: Knex, { queueId, agentId }: Callback, mostOpen: number | null): Promise<boolean> {
  if (mostOpen === null) return true;
  // A write first: on both databases whoever else wants a place there waits from here on.
  const [table, owner] = queueId === null ? ['agents', agentId] : ['queues', queueId];
  await change(table).where({ id: owner }).update({ id: owner });
  const whose = queueId === null ? { queue_id: null, agent_id: agentId } : { queue_id: queueId };
  const open = change('callbacks').where(whose).whereIn('state', ['scheduled', 'calling']);
  const row: unknown = await open.count({ open: '*' }).first();
  return openRow.parse(row).open < mostOpen;
}

function columnsOf(each: Callback) {
  return {
    number: each.number,
    origin_number: each.origin?.number ?? null,
    queue_id: each.queueId,
    agent_id: each.agentId,
    created_by: each.createdBy,
    due_at: each.dueAt,
    state: each.state,
    next_at: each.nextAt,
    urgency: URGENCY[each.priority],
    lane: laneOf(each),
    data: JSON.stringify(each),
  };
}
