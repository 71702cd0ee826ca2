/** The table of voicemail: `recording` while a caller speaks, `ready` when it can be listened to, `withdrawn` until its file is gone. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { VoicemailFilter, VoicemailRecord, VoicemailStore } from '../app/scenarios/voicemail-store.js';
import type { AgentId, Instant } from '../core/call/state.js';
import { count } from './rows.js';

const voicemailRow = z
  .object({
    id: z.string(),
    box_kind: z.enum(['queue', 'agent']),
    box_id: z.string(),
    call_id: z.string(),
    from_number: z.string(),
    from_name: z.string(),
    sound: z.string(),
    created_at: count,
    duration_ms: count,
    heard_at: z.union([z.null(), count]),
    heard_by: z.string().nullable(),
  })
  .transform(
    (row): VoicemailRecord => ({
      id: row.id,
      to: row.box_kind === 'queue' ? { kind: 'queue', queueId: row.box_id } : { kind: 'agent', agentId: row.box_id },
      callId: row.call_id,
      from: { number: row.from_number, name: row.from_name },
      sound: row.sound,
      createdAt: row.created_at,
      durationMs: row.duration_ms,
      heardAt: row.heard_at,
      heardBy: row.heard_by,
    }),
  );
const rows = z.array(voicemailRow);

export class StoredVoicemails implements VoicemailStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async add({ id, to, callId, from, sound, createdAt, durationMs, heardAt, heardBy }: VoicemailRecord): Promise<void> {
    await this.#table().insert({
      ...{ id, sound, state: 'recording' },
      box_kind: to.kind,
      box_id: to.kind === 'queue' ? to.queueId : to.agentId,
      call_id: callId,
      from_number: from.number,
      from_name: from.name,
      created_at: createdAt,
      duration_ms: durationMs,
      heard_at: heardAt,
      heard_by: heardBy,
    });
  }

  async ready(id: string, durationMs: number): Promise<void> {
    await this.#table().where({ id, state: 'recording' }).update({ state: 'ready', duration_ms: durationMs });
  }

  async list({ boxes, onlyNew, since, until, limit }: VoicemailFilter): Promise<readonly VoicemailRecord[]> {
    const query = this.#table()
      .where({ state: 'ready' })
      .andWhere('created_at', '>=', since)
      .andWhere('created_at', '<', until);
    if (onlyNew) query.whereNull('heard_at');
    if (boxes !== null) {
      const of = (kind: 'queue' | 'agent') =>
        boxes.flatMap((box) => (box.kind === kind ? [box.kind === 'queue' ? box.queueId : box.agentId] : []));
      query.andWhere((any) => {
        for (const kind of ['queue', 'agent'] as const)
          any.orWhere((one) => one.where({ box_kind: kind }).whereIn('box_id', of(kind)));
      });
    }
    const found: unknown = await query
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(limit)
      .select();
    return rows.parse(found);
  }

  async find(id: string): Promise<VoicemailRecord | null> {
    const row: unknown = await this.#table().where({ id, state: 'ready' }).first();
    return row === undefined ? null : voicemailRow.parse(row);
  }

  async mark(id: string, heard: { readonly at: Instant; readonly by: AgentId } | null): Promise<void> {
    await this.#table()
      .where({ id })
      .update({ heard_at: heard?.at ?? null, heard_by: heard?.by ?? null });
  }

  async withdraw(id: string): Promise<void> {
    await this.#table().where({ id }).update({ state: 'withdrawn' });
  }

  async unfinished(before: Instant): Promise<readonly VoicemailRecord[]> {
    return rows.parse(await this.#table().where({ state: 'recording' }).andWhere('created_at', '<', before).select());
  }

  async withdrawn(): Promise<readonly VoicemailRecord[]> {
    return rows.parse(await this.#table().where({ state: 'withdrawn' }).select());
  }

  async forget(id: string): Promise<void> {
    await this.#table().where({ id, state: 'withdrawn' }).delete();
  }

  #table() {
    return this.#knex('voicemails');
  }
}
