/** What a call's events change in the table `calls` and in each agent's record of offers: one row a call, kept up as it goes. */
import type { CallEvent } from '../../core/call/event.js';
import { insertRows, type Statement, type Value } from './statement.js';

interface NewCall {
  readonly id: string;
  readonly started: readonly Value[];
  queueId: string | null;
  queuedAt: number | null;
}

const INSERT_CALLS =
  'INSERT INTO calls (id, direction, from_number, from_name, dialled, agent_id, started_at, live, queue_id, queued_at)';
const QUEUED = 'UPDATE calls SET queue_id = ?, queued_at = COALESCE(queued_at, ?) WHERE id = ?';
// The first conversation counts: later ones (after a consult, a hold) change nothing.
const CONNECTED = `UPDATE calls SET connected_at = ?, waited_ms = ?, agent_id = COALESCE(agent_id, ?),
 queue_id = COALESCE(?, queue_id) WHERE id = ? AND connected_at IS NULL`;
const ENDED = 'UPDATE calls SET ended_at = ?, outcome = ?, waited_ms = ?, talked_ms = ?, live = 0 WHERE id = ?';
const INSERT_OUTCOMES = 'INSERT INTO call_agents (call_id, agent_id, queue_id, at, outcome)';

/** Gathers the changes of one transaction. */
export class CallRows {
  readonly #created = new Map<string, NewCall>();
  readonly #updates: Statement[] = [];
  readonly #outcomes: Value[][] = [];

  add(event: CallEvent): void {
    switch (event.type) {
      case 'call.started':
        this.#start(event);
        break;
      case 'call.queued':
        this.#queue(event.callId, event.queueId, event.enteredAt);
        break;
      case 'call.connected':
        this.#updates.push({
          sql: CONNECTED,
          values: [event.at, event.waitedMs, event.agentId, event.queueId, event.callId],
        });
        if (event.agentId !== null)
          this.#outcomes.push([event.callId, event.agentId, event.queueId, event.at, 'answered']);
        break;
      case 'offer.failed':
        if (event.agentId !== null)
          this.#outcomes.push([event.callId, event.agentId, event.queueId, event.at, event.outcome]);
        break;
      case 'call.ended':
        this.#updates.push({
          sql: ENDED,
          values: [event.at, event.outcome, event.waitedMs, event.talkedMs, event.callId],
        });
        break;
      default:
    }
  }

  statements(): Statement[] {
    const rows = [...this.#created.values()].map((call) => [...call.started, call.queueId, call.queuedAt]);
    return [
      ...insertRows(INSERT_CALLS, rows, ''),
      ...this.#updates,
      ...insertRows(INSERT_OUTCOMES, this.#outcomes, 'ON CONFLICT DO NOTHING'),
    ];
  }

  #start(event: CallEvent & { type: 'call.started' }): void {
    const { callId, direction, from, dialled, agentId, at } = event;
    const started = [callId, direction, from.number, from.name, dialled, agentId, at, 1];
    this.#created.set(callId, { id: callId, started, queueId: null, queuedAt: null });
  }

  /** Most calls are queued in the breath in which they start: then it is still one INSERT. */
  #queue(callId: string, queueId: string, enteredAt: number): void {
    const created = this.#created.get(callId);
    if (created === undefined) {
      this.#updates.push({ sql: QUEUED, values: [queueId, enteredAt, callId] });
      return;
    }
    created.queueId = queueId;
    created.queuedAt ??= enteredAt;
  }
}
