/** What an agent's events change: the agent's snapshot, sessions, and the history of statuses. */
import type { AgentEvent } from '../../core/agent/event.js';
import type { Agent } from '../../core/agent/state.js';
import type { Statement } from './statement.js';

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
        this.#changes.push({ name: 'openSession', values: [event.sessionId, agentId, at] });
        break;
      case 'agent.loggedOut':
        this.#changes.push(
          { name: 'closeSession', values: [at, event.sessionId] },
          { name: 'closeStatus', values: [at, agentId] },
        );
        break;
      case 'agent.statusChanged':
        this.#changes.push(
          { name: 'closeStatus', values: [at, agentId] },
          { name: 'openStatus', values: [agentId, event.statusId, at, event.setBy, event.byAgentId] },
        );
        break;
      default:
    }
  }

  statements(): Statement[] {
    const states = [...this.#states.values()].map(
      (state): Statement => ({
        name: 'keepState',
        values: [state.id, state.seq, state.status?.id ?? null, JSON.stringify(state)],
      }),
    );
    return [...this.#changes, ...states];
  }
}
