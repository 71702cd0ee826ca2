/** Reading what was written: live calls and agents at start, and the figures of queues and agents. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type {
  AgentTotals,
  CallRecord,
  History,
  HistoryFilter,
  QueueTotals,
  SessionRecord,
  StatusRecord,
  StoredState,
} from '../app/ports.js';
import type { CallEvent } from '../core/call/event.js';
import type { AgentId, Instant } from '../core/call/state.js';
import { agentTotals } from './agent-totals.js';
import { callRow, count, parseAgent, parseCallEvent, sessionRow, statusPeriodRow } from './rows.js';
import { rowsOf } from './select.js';

const liveEventRow = z.object({ stream_id: z.string(), data: z.string() });
const agentRow = z.object({ state: z.string() });
const queueTotalsRow = z
  .object({
    queue_id: z.string(),
    offered: count,
    answered: count,
    abandoned: count,
    within: count,
    waited_ms: count,
    talked_ms: count,
  })
  .transform(
    (row): QueueTotals => ({
      queueId: row.queue_id,
      offered: row.offered,
      answered: row.answered,
      abandoned: row.abandoned,
      answeredWithinServiceLevel: row.within,
      waitedMs: row.waited_ms,
      talkedMs: row.talked_ms,
    }),
  );

/** One row a call in progress and its events, by two indexes, however long history is. */
const LIVE_EVENTS = `SELECT e.stream_id, e.data FROM calls c JOIN events e ON e.stream = 'call' AND e.stream_id = c.id
 WHERE c.live = 1 ORDER BY c.started_at, e.stream_id, e.seq`;

const QUEUE_TOTALS = `SELECT c.queue_id, COUNT(*) AS offered,
 COUNT(c.connected_at) AS answered,
 SUM(CASE WHEN c.outcome = 'abandoned' THEN 1 ELSE 0 END) AS abandoned,
 SUM(CASE WHEN c.connected_at IS NOT NULL AND c.waited_ms <= COALESCE(q.service_level_ms, 0) THEN 1 ELSE 0 END) AS within,
 SUM(CASE WHEN c.connected_at IS NOT NULL THEN COALESCE(c.waited_ms, 0) ELSE 0 END) AS waited_ms,
 SUM(COALESCE(c.talked_ms, 0)) AS talked_ms
 FROM calls c LEFT JOIN queues q ON q.id = c.queue_id
 WHERE c.started_at >= ? AND c.started_at < ? AND c.queue_id IS NOT NULL
 GROUP BY c.queue_id ORDER BY c.queue_id`;

export class DatabaseHistory implements History {
  readonly #knex: Knex;

  constructor(knex: Knex) {
    this.#knex = knex;
  }

  async load(): Promise<StoredState> {
    const [events, agents] = await Promise.all([
      rowsOf(this.#knex, liveEventRow, LIVE_EVENTS, []),
      rowsOf(this.#knex, agentRow, 'SELECT state FROM agent_states ORDER BY agent_id', []),
    ]);
    const calls = new Map<string, CallEvent[]>();
    for (const row of events) {
      const event = parseCallEvent(row.data);
      const known = calls.get(row.stream_id);
      if (known === undefined) calls.set(row.stream_id, [event]);
      else known.push(event);
    }
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

  async calls(filter: HistoryFilter): Promise<readonly CallRecord[]> {
    return z.array(callRow).parse(await this.#newest('calls', 'started_at', 'id', filter));
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
