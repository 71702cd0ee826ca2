/** What an agent's events change: the agent's snapshot, sessions, and the history of statuses. */
import type { AgentEvent } from '../../core/agent/event.js';
import type { Agent } from '../../core/agent/state.js';
import { insertRows, type Statement } from './statement.js';

const CLOSE_STATUS = 'UPDATE status_history SET until = ? WHERE agent_id = ? AND until IS NULL';
const OPEN_STATUS =
  'INSERT INTO status_history (agent_id, status_id, since, set_by, by_agent_id) VALUES (?, ?, ?, ?, ?)';
const OPEN_SESSION = 'INSERT INTO agent_sessions (id, agent_id, since) VALUES (?, ?, ?)';
const CLOSE_SESSION = 'UPDATE agent_sessions SET until = ? WHERE id = ?';
const KEEP_STATES = 'INSERT INTO agent_states (agent_id, seq, status_id, state)';
const REPLACE =
  'ON CONFLICT (agent_id) DO UPDATE SET seq = excluded.seq, status_id = excluded.status_id, state = excluded.state';

/** Gathers the changes of one transaction. */
export class AgentRows {
  readonly #states = new Map<string, Agent>();
  readonly #changes: Statement[] = [];

  /** Only the last snapshot of an agent is written. */
  keep(state: Agent): void {
    this.#states.set(state.id, state);
  }

  add(event: AgentEvent): void {
    const { agentId, at } = event;
    switch (event.type) {
      case 'agent.loggedIn':
        this.#changes.push({ sql: OPEN_SESSION, values: [event.sessionId, agentId, at] });
        break;
      case 'agent.loggedOut':
        this.#changes.push(
          { sql: CLOSE_SESSION, values: [at, event.sessionId] },
          { sql: CLOSE_STATUS, values: [at, agentId] },
        );
        break;
      case 'agent.statusChanged':
        this.#changes.push(
          { sql: CLOSE_STATUS, values: [at, agentId] },
          { sql: OPEN_STATUS, values: [agentId, event.statusId, at, event.setBy, event.byAgentId] },
        );
        break;
      default:
    }
  }

  statements(): Statement[] {
    const rows = [...this.#states.values()].map((state) => [
      state.id,
      state.seq,
      state.status?.id ?? null,
      JSON.stringify(state),
    ]);
    return [...this.#changes, ...insertRows(KEEP_STATES, rows, REPLACE)];
  }
}
