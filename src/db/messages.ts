/** The table of prepared voice messages. A withdrawn one is a row in state `withdrawn`, which only `withdrawn` and `forget` know. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { MessageStore, VoiceMessage } from '../app/messages/store.js';
import type { AgentId, Instant } from '../core/call/state.js';
import { count } from './rows.js';

const messageRow = z
  .object({
    id: z.string(),
    agent_id: z.string().nullable(),
    name: z.string(),
    sound: z.string(),
    duration_ms: count,
    bytes: count,
    created_at: count,
    state: z.enum(['ready', 'recording']),
  })
  .transform(
    (row): VoiceMessage => ({
      id: row.id,
      agentId: row.agent_id,
      name: row.name,
      sound: row.sound,
      durationMs: row.duration_ms,
      bytes: row.bytes,
      createdAt: row.created_at,
      state: row.state,
    }),
  );
const withdrawnRow = z.object({ id: z.string(), sound: z.string() });

export class StoredMessages implements MessageStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(agentId: AgentId): Promise<readonly VoiceMessage[]> {
    const rows: unknown = await present(this.#knex)
      .andWhere((whose) => whose.where({ agent_id: agentId }).orWhereNull('agent_id'))
      .select()
      .orderBy(['name', 'id']);
    return z.array(messageRow).parse(rows);
  }

  async find(id: string): Promise<VoiceMessage | null> {
    const row: unknown = await present(this.#knex).andWhere({ id }).first();
    return row === undefined ? null : messageRow.parse(row);
  }

  add(message: VoiceMessage, most: number): Promise<'added' | 'alreadyExists' | 'tooMany'> {
    return this.#change(async (change) => {
      const names = await namesOf(change, message.agentId, message.id);
      if (names.includes(message.name)) return 'alreadyExists';
      if (names.length >= most) return 'tooMany';
      const { agentId, durationMs, createdAt, ...columns } = message;
      const renamed = { agent_id: agentId, duration_ms: durationMs, created_at: createdAt };
      await change('messages').insert({ ...columns, ...renamed });
      return 'added';
    });
  }

  rename(id: string, name: string): Promise<'renamed' | 'alreadyExists' | 'notFound'> {
    return this.#change(async (change) => {
      const row: unknown = await present(change).andWhere({ id }).first();
      if (row === undefined) return 'notFound';
      const names = await namesOf(change, messageRow.parse(row).agentId, id);
      if (names.includes(name)) return 'alreadyExists';
      await change('messages').where({ id }).update({ name });
      return 'renamed';
    });
  }

  async ready(id: string, durationMs: number, bytes: number): Promise<boolean> {
    const changed = await present(this.#knex)
      .andWhere({ id })
      .update({ state: 'ready', duration_ms: durationMs, bytes });
    return changed > 0;
  }

  async withdraw(id: string, state: VoiceMessage['state']): Promise<boolean> {
    return (await this.#knex('messages').where({ id, state }).update({ state: 'withdrawn' })) > 0;
  }

  async withdrawAbandoned(before: Instant): Promise<void> {
    await this.#knex('messages')
      .where({ state: 'recording' })
      .andWhere('created_at', '<', before)
      .update({ state: 'withdrawn' });
    // One still being recorded may get its file after this: it waits until it is old.
    await this.#knex('messages')
      .where({ state: 'ready' })
      .whereNotNull('agent_id')
      .whereNotIn('agent_id', this.#knex('agents').select('id'))
      .update({ state: 'withdrawn' });
  }

  async withdrawn(): Promise<readonly Pick<VoiceMessage, 'id' | 'sound'>[]> {
    const rows: unknown = await this.#knex('messages').where({ state: 'withdrawn' }).select('id', 'sound');
    return z.array(withdrawnRow).parse(rows);
  }

  async forget(id: string): Promise<void> {
    await this.#knex('messages').where({ id, state: 'withdrawn' }).delete();
  }

  /** The first statement takes a lock, so that of two changes one sees what the other wrote: names and numbers stay right. */
  #change<T>(work: (change: Knex) => Promise<T>): Promise<T> {
    return this.#knex.transaction(async (change) => {
      await change('centre_settings').where({ id: 1 }).update({ id: 1 });
      return await work(change);
    });
  }
}

function present(knex: Knex) {
  return knex('messages').whereNot({ state: 'withdrawn' });
}

/** Names of the owner's other messages. */
async function namesOf(change: Knex, agentId: AgentId | null, exceptId: string): Promise<readonly string[]> {
  const rows: unknown = await present(change).andWhere({ agent_id: agentId }).whereNot({ id: exceptId }).select('name');
  return z
    .array(z.object({ name: z.string() }))
    .parse(rows)
    .map(({ name }) => name);
}
