/** Reading what was written: live calls and agents at start, and the figures of queues and agents. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { CallFilter, CallRecord, HistoryFilter } from '../app/history/filter.js';
import type {
  AgentTotals,
  History,
  QueueTotals,
  SessionRecord,
  StatusRecord,
  StoredState,
} from '../app/history/store.js';
import type { CallEvent } from '../core/call/event.js';
import type { AgentId, CallId, Instant } from '../core/call/state.js';
import { agentTotals } from './agent-totals.js';
import { callRow, parseAgent, parseCallEvent, sessionRow, statusPeriodRow } from './history-rows.js';
import { CallSearch } from './history-search.js';
import { count } from './rows.js';
import { rowsOf } from './select.js';

const eventRow = z.object({ stream_id: z.string(), data: z.string() });
const agentRow = z.object({ state: z.string() });
const queueTotalsRow = z
  .object({
    queue_id: z.string(),
    offered: count,
    answered: count,
    abandoned: count,
    lost: count,
    turned_away: count,
    within: count,
    waited_ms: count,
    talked_ms: count,
    rated: count,
    ratings: count,
  })
  .transform(
    (row): QueueTotals => ({
      queueId: row.queue_id,
      offered: row.offered,
      answered: row.answered,
      abandoned: row.abandoned,
      lost: row.lost,
      turnedAway: row.turned_away,
      answeredWithinServiceLevel: row.within,
      waitedMs: row.waited_ms,
      talkedMs: row.talked_ms,
      rated: row.rated,
      ratings: row.ratings,
    }),
  );

/** One row a call in progress and its events, by two indexes, however long history is. */
const LIVE_EVENTS = `SELECT e.stream_id, e.data FROM calls c JOIN events e ON e.stream = 'call' AND e.stream_id = c.id
 WHERE c.live = 1 ORDER BY c.started_at, e.stream_id, e.seq`;

const QUEUE_TOTALS = `SELECT c.queue_id, SUM(CASE WHEN c.outcome = 'turnedAway' THEN 0 ELSE 1 END) AS offered,
 COUNT(c.connected_at) AS answered,
 SUM(CASE WHEN c.outcome = 'abandoned' THEN 1 ELSE 0 END) AS abandoned,
 SUM(CASE WHEN c.outcome = 'lost' THEN 1 ELSE 0 END) AS lost,
 SUM(CASE WHEN c.outcome = 'turnedAway' THEN 1 ELSE 0 END) AS turned_away,
 SUM(CASE WHEN c.connected_at IS NOT NULL AND c.waited_ms <= COALESCE(q.service_level_ms, 0) THEN 1 ELSE 0 END) AS within,
 SUM(CASE WHEN c.connected_at IS NOT NULL THEN COALESCE(c.waited_ms, 0) ELSE 0 END) AS waited_ms,
 SUM(COALESCE(c.talked_ms, 0)) AS talked_ms, COUNT(c.rating) AS rated, COALESCE(SUM(c.rating), 0) AS ratings
 FROM calls c LEFT JOIN queues q ON q.id = c.queue_id
 WHERE c.started_at >= ? AND c.started_at < ? AND c.queue_id IS NOT NULL AND (c.queued_at IS NOT NULL OR c.outcome = 'turnedAway')
 GROUP BY c.queue_id ORDER BY c.queue_id`;

const EVENTS_OF_CALL = "SELECT stream_id, data FROM events WHERE stream = 'call' AND stream_id = ? ORDER BY seq";

export class DatabaseHistory implements History {
  readonly #knex: Knex;
  readonly #search: CallSearch;
  readonly #onLive: (id: CallId, events: readonly CallEvent[]) => void;

  /** `onLive` is told of every call in progress that `load` finds. */
  constructor(knex: Knex, onLive: (id: CallId, events: readonly CallEvent[]) => void) {
    this.#knex = knex;
    this.#search = new CallSearch(knex);
    this.#onLive = onLive;
  }

  async load(): Promise<StoredState> {
    const [events, agents] = await Promise.all([
      rowsOf(this.#knex, eventRow, LIVE_EVENTS, []),
      rowsOf(this.#knex, agentRow, 'SELECT state FROM agent_states ORDER BY agent_id', []),
    ]);
    const calls = new Map<string, CallEvent[]>();
    for (const row of events) {
      const event = parseCallEvent(row.data);
      const known = calls.get(row.stream_id);
      if (known === undefined) calls.set(row.stream_id, [event]);
      else known.push(event);
    }
    for (const [id, ofCall] of calls) this.#onLive(id, ofCall);
    return {
      liveCalls: [...calls].map(([id, ofCall]) => ({ id, events: ofCall })),
      agents: agents.map((row) => parseAgent(row.state)),
    };
  }

  /** Calls that started in the interval, each under the queue it was last in. */
  queueTotals(since: Instant, until: Instant): Promise<readonly QueueTotals[]> {
    return rowsOf(this.#knex, queueTotalsRow, QUEUE_TOTALS, [since, until]);
  }

  /** Sessions and statuses count by their part inside the interval; those still open count up to `until`. */
  agentTotals(since: Instant, until: Instant, agentId: AgentId | null): Promise<readonly AgentTotals[]> {
    return agentTotals(this.#knex, since, until, agentId);
  }

  calls(filter: CallFilter): Promise<readonly CallRecord[]> {
    return this.#search.find(filter);
  }

  async call(id: CallId): Promise<{ readonly record: CallRecord; readonly events: readonly CallEvent[] } | null> {
    const [[record], events] = await Promise.all([
      rowsOf(this.#knex, callRow, 'SELECT * FROM calls WHERE id = ?', [id]),
      rowsOf(this.#knex, eventRow, EVENTS_OF_CALL, [id]),
    ]);
    return record === undefined ? null : { record, events: events.map((event) => parseCallEvent(event.data)) };
  }

  async sessions(filter: HistoryFilter): Promise<readonly SessionRecord[]> {
    return z.array(sessionRow).parse(await this.#newest('agent_sessions', 'since', 'id', filter));
  }

  async statuses(filter: HistoryFilter): Promise<readonly StatusRecord[]> {
    return z.array(statusPeriodRow).parse(await this.#newest('status_history', 'since', 'agent_id', filter));
  }

  /** `tie` orders what began at the same moment. */
  #newest(table: string, began: string, tie: string, { agentId, since, until, limit }: HistoryFilter) {
    const query = this.#knex(table)
      .where(began, '>=', since)
      .andWhere(began, '<', until)
      .orderBy([
        { column: began, order: 'desc' },
        { column: tie, order: 'desc' },
      ])
      .limit(limit);
    return agentId === null ? query : query.andWhere({ agent_id: agentId });
  }
}
