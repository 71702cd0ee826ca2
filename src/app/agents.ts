/**
 * The agents' records: who is logged in, in which status, ringing or talking. Decisions are synchronous and in memory; each change
 * is appended with the agent's new state. Timers (wrap-up, delays after a failed offer) are kept here.
 */
import type { AgentCommand } from '../core/agent/command.js';
import { decideAgent } from '../core/agent/decide.js';
import type { AgentEvent, AgentEventBody } from '../core/agent/event.js';
import { evolveAgent, newAgent } from '../core/agent/evolve.js';
import type { AgentFact } from '../core/agent/fact.js';
import { nextDeadline, observeAgent } from '../core/agent/observe.js';
import type { AgentPolicy } from '../core/agent/policy.js';
import type { Agent } from '../core/agent/state.js';
import type { AgentId, Instant } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import { Deadline } from './deadline.js';
import type { Clock, Journal, Log } from './ports.js';

export interface AgentsListener {
  /** At once: the dispatcher's ear. */
  changed(before: Agent, after: Agent, now: Instant): void;
  /** Once durable: for those who watch. */
  published(agent: Agent, events: readonly AgentEvent[]): void;
}

export interface AgentsPorts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly policy: () => AgentPolicy;
  readonly listener: AgentsListener;
}

export class Agents {
  readonly #ports: AgentsPorts;
  readonly #agents = new Map<AgentId, Agent>();
  readonly #deadlines = new Map<AgentId, Deadline>();
  #loggedIn = 0;

  constructor(ports: AgentsPorts) {
    this.#ports = ports;
  }

  /** Takes up stored agents and makes records for accounts that have none; timers go on. */
  load(stored: readonly Agent[], accounts: Iterable<AgentId>): void {
    for (const agent of stored) {
      this.#agents.set(agent.id, agent);
      if (agent.session !== null) this.#loggedIn += 1;
      this.#setTimer(agent);
    }
    for (const id of accounts) if (!this.#agents.has(id)) this.#agents.set(id, newAgent(id));
  }

  get(id: AgentId): Agent | undefined {
    return this.#agents.get(id);
  }

  /** How many are logged in. */
  get loggedIn(): number {
    return this.#loggedIn;
  }

  /** Has no call and no offer. */
  isFree(id: AgentId): boolean {
    const agent = this.#agents.get(id);
    return agent !== undefined && agent.offeredCallId === null && agent.callIds.length === 0;
  }

  all(): IterableIterator<Agent> {
    return this.#agents.values();
  }

  /** Resolves with the agent once the change is durable. */
  async command(id: AgentId, command: AgentCommand): Promise<Agent | Refusal> {
    const agent = this.#agents.get(id);
    if (agent === undefined) return refuse('notFound', 'There is no such agent.');
    const events = decideAgent(agent, command, this.#ports.policy());
    if (isRefusal(events)) return events;
    return await this.#record(agent, events, this.#ports.clock.now());
  }

  /** What happened to the agent in a call, or the passing of time. */
  observe(id: AgentId, fact: AgentFact, now = this.#ports.clock.now()): void {
    const agent = this.#agents.get(id);
    if (agent === undefined) return;
    const { policy, log } = this.#ports;
    this.#record(agent, observeAgent(agent, fact, policy(), now), now).catch((error: unknown) => {
      // As with calls: the agent goes on working, the hole in the record is reported.
      log.error({ agentId: id, error: String(error) }, 'events of an agent could not be written');
    });
  }

  stop(): void {
    for (const deadline of this.#deadlines.values()) deadline.stop();
    this.#deadlines.clear();
  }

  async #record(before: Agent, bodies: readonly AgentEventBody[], at: Instant): Promise<Agent> {
    if (bodies.length === 0) return before;
    const events: AgentEvent[] = [];
    let after = before;
    for (const body of bodies) {
      const event: AgentEvent = { ...body, agentId: before.id, seq: after.seq + 1, at, v: 1 };
      events.push(event);
      after = evolveAgent(after, event);
    }
    this.#agents.set(before.id, after);
    this.#loggedIn += Number(after.session !== null) - Number(before.session !== null);
    this.#setTimer(after, at);
    const written = this.#ports.journal.append({ stream: 'agent', id: before.id, events, state: after });
    this.#ports.listener.changed(before, after, at);
    await written;
    this.#ports.listener.published(after, events);
    return after;
  }

  #setTimer(agent: Agent, now = this.#ports.clock.now()): void {
    const at = nextDeadline(agent, now);
    const deadline = this.#deadlines.get(agent.id);
    if (at !== null) (deadline ?? this.#newDeadline(agent.id)).set(at);
    else if (deadline !== undefined) {
      deadline.stop();
      this.#deadlines.delete(agent.id);
    }
  }

  #newDeadline(id: AgentId): Deadline {
    const deadline = new Deadline(
      this.#ports.clock,
      () => true,
      (now) => this.#timePassed(id, now),
    );
    this.#deadlines.set(id, deadline);
    return deadline;
  }

  #timePassed(id: AgentId, now: Instant): void {
    this.observe(id, { type: 'clock' }, now);
    // The end of a delay changes no state, but it makes the agent offerable again.
    const agent = this.#agents.get(id);
    if (agent === undefined) return;
    this.#ports.listener.changed(agent, agent, now);
    this.#setTimer(agent, now);
  }
}
