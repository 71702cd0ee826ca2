/** The figures of agents over an interval: four grouped queries, each along an index, put together by agent. */
import type { Knex } from 'knex';
import { z } from 'zod';
import type { AgentTotals } from '../app/history/store.js';
import type { AgentId, Instant } from '../core/call/state.js';
import { count } from './rows.js';
import { rowsOf } from './select.js';

/** How much of [since, until] lies within the asked interval, open ends counting up to its end. Values: until ×2, since ×2. */
const OVERLAP = `SUM(CASE WHEN until IS NULL OR until > ? THEN ? ELSE until END - CASE WHEN since < ? THEN ? ELSE since END)`;

const sessionRow = z.object({ agent_id: z.string(), sessions: count, ms: count });
const statusRow = z.object({ agent_id: z.string(), status_id: z.string(), ms: count });
const outcomeRow = z.object({ agent_id: z.string(), answered: count, missed: count });
const talkRow = z.object({ agent_id: z.string(), ms: count });

interface Interval {
  readonly since: Instant;
  readonly until: Instant;
  readonly agentId: AgentId | null;
}

interface Sum {
  sessions: number;
  loggedInMs: number;
  statusMs: Record<string, number>;
  answered: number;
  missed: number;
  talkedMs: number;
}

export async function agentTotals(
  knex: Knex,
  since: Instant,
  until: Instant,
  agentId: AgentId | null,
): Promise<readonly AgentTotals[]> {
  const interval: Interval = { since, until, agentId };
  const [sessions, statuses, outcomes, talks] = await Promise.all([
    stays(knex, sessionRow, interval, 'COUNT(*) AS sessions,', 'agent_sessions', 'agent_id'),
    stays(knex, statusRow, interval, 'status_id,', 'status_history', 'agent_id, status_id'),
    outcomesOf(knex, interval),
    talksOf(knex, interval),
  ]);
  const sums = new Map<AgentId, Sum>();
  const sumOf = (id: AgentId): Sum => {
    const known = sums.get(id);
    if (known !== undefined) return known;
    const fresh: Sum = { sessions: 0, loggedInMs: 0, statusMs: {}, answered: 0, missed: 0, talkedMs: 0 };
    sums.set(id, fresh);
    return fresh;
  };
  for (const row of sessions) Object.assign(sumOf(row.agent_id), { sessions: row.sessions, loggedInMs: row.ms });
  for (const row of statuses) sumOf(row.agent_id).statusMs[row.status_id] = row.ms;
  for (const row of outcomes) Object.assign(sumOf(row.agent_id), { answered: row.answered, missed: row.missed });
  for (const row of talks) sumOf(row.agent_id).talkedMs = row.ms;
  return [...sums].map(([id, sum]) => ({ agentId: id, ...sum })).sort((a, b) => (a.agentId < b.agentId ? -1 : 1));
}

/** Sessions or statuses that overlap the interval. */
function stays<T>(
  knex: Knex,
  row: z.ZodType<T>,
  { since, until, agentId }: Interval,
  columns: string,
  table: string,
  group: string,
): Promise<readonly T[]> {
  const one = agentId === null ? [] : [agentId];
  const sql = `SELECT agent_id, ${columns} ${OVERLAP} AS ms FROM ${table}
   WHERE since < ? AND (until > ? OR until IS NULL) ${one.length > 0 ? 'AND agent_id = ?' : ''} GROUP BY ${group}`;
  return rowsOf(knex, row, sql, [until, until, since, since, until, since, ...one]);
}

/** Only a queue's offers count as missed. */
function outcomesOf(knex: Knex, { since, until, agentId }: Interval) {
  const one = agentId === null ? [] : [agentId];
  const sql = `SELECT agent_id, SUM(CASE WHEN outcome = 'answered' THEN 1 ELSE 0 END) AS answered,
   SUM(CASE WHEN outcome = 'noAnswer' AND queue_id IS NOT NULL THEN 1 ELSE 0 END) AS missed
   FROM call_agents WHERE at >= ? AND at < ? ${one.length > 0 ? 'AND agent_id = ?' : ''} GROUP BY agent_id`;
  return rowsOf(knex, outcomeRow, sql, [since, until, ...one]);
}

function talksOf(knex: Knex, { since, until, agentId }: Interval) {
  const one = agentId === null ? [] : [agentId];
  const sql = `SELECT agent_id, SUM(COALESCE(talked_ms, 0)) AS ms FROM calls
   WHERE started_at >= ? AND started_at < ? AND agent_id IS NOT NULL ${one.length > 0 ? 'AND agent_id = ?' : ''}
   GROUP BY agent_id`;
  return rowsOf(knex, talkRow, sql, [since, until, ...one]);
}
