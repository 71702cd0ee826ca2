/** The list of recordings: every listing is a walk along one index, newest first, however many there are. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { RecordingFilter, RecordingRecord, RecordingStore, StoredRecording } from '../app/recordings/store.js';
import type { Instant } from '../core/call/state.js';
import { count } from './rows.js';
import { rowsOf } from './select.js';

const numberOrNull = z.union([z.null(), count]);
const place = z.object({ started_at: count, id: z.string() });
const partyRow = z
  .object({ recording_id: z.string(), agent_id: z.string().nullable(), number: z.string(), name: z.string() })
  .transform(({ recording_id, agent_id, ...rest }) => ({ recordingId: recording_id, agentId: agent_id, ...rest }));
const recordingRow = z
  .object({
    id: z.string(),
    name: z.string(),
    call_id: z.string(),
    conversation_id: z.string(),
    queue_id: z.string().nullable(),
    started_at: count,
    ended_at: numberOrNull,
    duration_ms: numberOrNull,
    outcome: z.enum(['recording', 'kept', 'failed', 'lost', 'removed']),
  })
  .transform(
    (row): Omit<RecordingRecord, 'parties'> => ({
      id: row.id,
      name: row.name,
      callId: row.call_id,
      conversationId: row.conversation_id,
      queueId: row.queue_id,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      durationMs: row.duration_ms,
      outcome: row.outcome,
    }),
  );
const storedRow = z
  .object({ id: z.string(), name: z.string(), started_at: count })
  .transform(({ started_at, ...rest }): StoredRecording => ({ ...rest, startedAt: started_at }));

/** So many with a prefix are many. */
const MANY = 10_000;

/** As the index `recordings_stored` has it. */
const DUE = `SELECT id, name, started_at FROM recordings
 WHERE outcome IN ('kept', 'failed', 'lost') AND started_at < ? ORDER BY started_at, id LIMIT ? OFFSET ?`;

const UNCLOSED = `SELECT r.id, r.name, r.started_at FROM recordings r LEFT JOIN calls c ON c.id = r.call_id
 WHERE r.outcome = 'recording'
 AND (r.ended_at IS NOT NULL OR c.id IS NULL OR (c.live = 0 AND COALESCE(c.ended_at, 0) < ?))
 ORDER BY r.started_at, r.id LIMIT ? OFFSET ?`;

export class StoredRecordings implements RecordingStore {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async list(filter: RecordingFilter): Promise<readonly RecordingRecord[]> {
    const last = filter.after === undefined ? null : await this.#knex('recordings').where('id', filter.after).first();
    if (last === undefined) return [];
    const page = z
      .array(place)
      .parse(await pageOf(this.#knex, filter, last === null ? null : place.parse(last), await this.#driver(filter)));
    return await this.#read(page.map(({ id }) => id));
  }

  /** Along which index: of few with the number, all are looked at; where many have it, the newest have it too. */
  async #driver({ agentId, number }: RecordingFilter): Promise<'parties' | 'recordings'> {
    if (agentId !== null) return 'parties';
    if (number === undefined) return 'recordings';
    if (!number.endsWith('*')) return 'parties';
    const some = withNumber(this.#knex('recording_parties as p').select('p.recording_id'), 'p', number);
    const found = z.array(z.unknown()).parse(await some.limit(MANY));
    return found.length < MANY ? 'parties' : 'recordings';
  }

  async get(id: string): Promise<RecordingRecord | null> {
    const [found] = await this.#read([id]);
    return found ?? null;
  }

  async close(
    id: string,
    { endedAt, durationMs, outcome }: Pick<RecordingRecord, 'endedAt' | 'durationMs' | 'outcome'>,
  ): Promise<void> {
    await this.#knex('recordings')
      .where({ id, outcome: 'recording' })
      .update({ outcome, ended_at: endedAt, duration_ms: durationMs });
  }

  async markRemoved(ids: readonly string[]): Promise<void> {
    await this.#knex('recordings').whereIn('id', ids).update({ outcome: 'removed' });
  }

  due(before: Instant, limit: number, skip: number): Promise<readonly StoredRecording[]> {
    return rowsOf(this.#knex, storedRow, DUE, [before, limit, skip]);
  }

  unclosed(overBefore: Instant, limit: number, skip: number): Promise<readonly StoredRecording[]> {
    return rowsOf(this.#knex, storedRow, UNCLOSED, [overBefore, limit, skip]);
  }

  async #read(ids: readonly string[]): Promise<readonly RecordingRecord[]> {
    if (ids.length === 0) return [];
    const rows = z
      .array(recordingRow)
      .parse(await this.#knex('recordings').whereIn('id', ids).orderBy(newestFirst('started_at', 'id')));
    const parties = z
      .array(partyRow)
      .parse(await this.#knex('recording_parties').whereIn('recording_id', ids).orderBy(['recording_id', 'position']));
    const partiesOf = new Map<string, RecordingRecord['parties'][number][]>(ids.map((id) => [id, []]));
    for (const { recordingId, ...party } of parties) partiesOf.get(recordingId)?.push(party);
    return rows.map((row) => ({ ...row, parties: partiesOf.get(row.id) ?? [] }));
  }
}

/** Ids of one page in order. Parties carry the time too, so that of an agent or a number nothing else is read. */
function pageOf(
  knex: Knex,
  filter: RecordingFilter,
  last: z.output<typeof place> | null,
  driver: 'parties' | 'recordings',
): Knex.QueryBuilder {
  const { agentId, number, queueId, callId } = filter;
  const ofParty = driver === 'parties';
  const [began, id] = ofParty ? ['p.started_at', 'p.recording_id'] : ['r.started_at', 'r.id'];
  // Distinct: two parties of one recording may have the same number.
  const query = ofParty
    ? knex('recording_parties as p').distinct('p.started_at', 'p.recording_id as id')
    : knex('recordings as r').select('r.started_at', 'r.id');
  // Said once more as a plain bound of time, which SQLite walks from; the pair alone it would only compare.
  const until = last === null ? filter.until : Math.min(filter.until, last.started_at + 1);
  query.where(began, '>=', filter.since).where(began, '<', until);
  if (last !== null) query.whereRaw(`(${began}, ${id}) < (?, ?)`, [last.started_at, last.id]);
  if (agentId !== null) query.where('p.agent_id', agentId);
  if (number !== undefined && agentId === null && ofParty) withNumber(query, 'p', number);
  else if (number !== undefined)
    query.whereExists(withNumber(knex('recording_parties as o').whereRaw(`o.recording_id = ${id}`), 'o', number));
  if (ofParty && (queueId !== undefined || callId !== undefined)) query.join('recordings as r', 'r.id', id);
  if (queueId !== undefined) query.where('r.queue_id', queueId);
  if (callId !== undefined) query.where('r.call_id', callId);
  return query.orderBy(newestFirst(began, id)).limit(filter.limit);
}

function newestFirst(began: string, id: string) {
  return [
    { column: began, order: 'desc' },
    { column: id, order: 'desc' },
  ];
}

function withNumber(query: Knex.QueryBuilder, table: 'p' | 'o', number: string): Knex.QueryBuilder {
  if (!number.endsWith('*')) return query.where(`${table}.number`, number);
  const prefix = number.slice(0, -1);
  // Above everything that begins so, compared byte by byte.
  return query.where(`${table}.number`, '>=', prefix).where(`${table}.number`, '<', `${prefix}\u{10ffff}`);
}
