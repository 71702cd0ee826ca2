/** Rows of what has happened, parsed as in `rows.ts`. */
import { z } from 'zod';
import type { CallRecord } from '../app/history/filter.js';
import type { SessionRecord, StatusRecord } from '../app/history/store.js';
import type { Agent } from '../core/agent/state.js';
import type { CallEvent } from '../core/call/event.js';
import { count, instantOrNull, textOrNull } from './rows.js';

export const callRow = z
  .object({
    id: z.string(),
    direction: z.string(),
    from_number: z.string(),
    from_name: z.string(),
    dialled: z.string(),
    queue_id: textOrNull,
    agent_id: textOrNull,
    started_at: count,
    connected_at: instantOrNull,
    ended_at: instantOrNull,
    outcome: textOrNull,
    waited_ms: instantOrNull,
    talked_ms: instantOrNull,
    rating: z.number().nullable(),
  })
  .transform(
    (row): CallRecord => ({
      id: row.id,
      direction: row.direction,
      fromNumber: row.from_number,
      fromName: row.from_name,
      dialled: row.dialled,
      queueId: row.queue_id,
      agentId: row.agent_id,
      startedAt: row.started_at,
      connectedAt: row.connected_at,
      endedAt: row.ended_at,
      outcome: row.outcome,
      waitedMs: row.waited_ms,
      talkedMs: row.talked_ms,
      rating: row.rating,
    }),
  );

export const sessionRow = z
  .object({ id: z.string(), agent_id: z.string(), since: count, until: instantOrNull })
  .transform(({ id, agent_id, since, until }): SessionRecord => ({ id, agentId: agent_id, since, until }));

export const statusPeriodRow = z
  .object({
    agent_id: z.string(),
    status_id: z.string(),
    since: count,
    until: instantOrNull,
    set_by: z.string(),
    by_agent_id: textOrNull,
  })
  .transform(
    (row): StatusRecord => ({
      agentId: row.agent_id,
      statusId: row.status_id,
      since: row.since,
      until: row.until,
      setBy: row.set_by,
      byAgentId: row.by_agent_id,
    }),
  );

/** The envelope is checked, the body trusted: only this service writes events, and `v` says in which shape. */
const envelope = z.object({ type: z.string(), callId: z.string(), seq: z.number(), at: z.number(), v: z.literal(1) });
export function parseCallEvent(text: string): CallEvent {
  const value: unknown = JSON.parse(text);
  envelope.parse(value);
  return value as CallEvent;
}

const snapshot = z.object({ id: z.string(), seq: z.number(), callIds: z.array(z.string()), idleSince: z.number() });
export function parseAgent(text: string): Agent {
  const value: unknown = JSON.parse(text);
  snapshot.parse(value);
  return value as Agent;
}
