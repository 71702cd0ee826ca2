/**
 * One queue at work: who waits, who of them still needs an agent, which members could take a call now, and what was done today.
 * Every figure is kept up as things change; none is counted afresh, so cost does not grow with agents or callers.
 */
import { isOfferable, willReceive } from '../core/agent/availability.js';
import type { AgentPolicy } from '../core/agent/policy.js';
import type { Agent } from '../core/agent/state.js';
import { type AgentId, type Call, type CallId, type Instant, waitingLine } from '../core/call/state.js';
import { newCounters, type QueueCounters } from '../core/queue/counters.js';
import { estimatedWaitMs } from '../core/queue/estimate.js';
import { Ranking } from '../core/queue/ranking.js';
import type { QueueSettings } from '../core/queue/settings.js';
import { strategyKey } from '../core/queue/strategy.js';
import { WaitingLine } from '../core/queue/waiting-line.js';

export interface Presence {
  readonly loggedIn: number;
  readonly receiving: number;
  readonly talking: number;
}

export class QueueDesk {
  settings: QueueSettings;
  counters: QueueCounters;
  /** Everyone who waits, also while an agent's phone rings for them: the place in line. */
  readonly line = new WaitingLine();
  /** Those of the line for whom an agent is looked for. */
  readonly seeking = new WaitingLine();
  readonly ranking = new Ranking();
  readonly #members = new Map<AgentId, number>();
  #memberIds: readonly AgentId[] = [];
  readonly #loggedIn = new Set<AgentId>();
  readonly #receiving = new Set<AgentId>();
  readonly #talking = new Set<AgentId>();

  constructor(settings: QueueSettings, now: Instant) {
    this.settings = settings;
    this.counters = newCounters(now);
  }

  get presence(): Presence {
    return { loggedIn: this.#loggedIn.size, receiving: this.#receiving.size, talking: this.#talking.size };
  }

  /** Everyone who is configured to serve it. */
  get memberIds(): readonly AgentId[] {
    return this.#memberIds;
  }

  /** Is the first agent of a better tier (a lower priority number) than the second? */
  ranksBefore(first: AgentId, second: AgentId): boolean {
    return (this.#members.get(first) ?? Infinity) < (this.#members.get(second) ?? Infinity);
  }

  /** Members as they are configured now; those who are no longer members are forgotten. */
  setMembers(members: ReadonlyMap<AgentId, number>): void {
    for (const agentId of this.#members.keys()) if (!members.has(agentId)) this.#forget(agentId);
    this.#members.clear();
    this.#memberIds = [...members.keys()];
    for (const [agentId, priority] of members) this.#members.set(agentId, priority);
  }

  /** Takes note of how an agent is now; true if the agent may be offered a call of this queue. */
  noteAgent(agent: Agent, policy: AgentPolicy, now: Instant): boolean {
    const priority = this.#members.get(agent.id);
    if (priority === undefined) return false;
    mark(this.#loggedIn, agent.id, agent.session !== null);
    mark(this.#receiving, agent.id, willReceive(agent, policy));
    mark(this.#talking, agent.id, agent.session !== null && agent.callIds.length > 0);
    const offerable = isOfferable(agent, policy, now);
    if (offerable) this.ranking.upsert(agent.id, priority, strategyKey(this.settings.strategy, agent));
    else this.ranking.remove(agent.id);
    return offerable;
  }

  /** Takes note of where a call of this queue stands; the call may have left the queue. `kept`: somebody of its own is asked first. */
  noteCall(call: Call, kept = false): void {
    const waiting = waitingLine(call);
    if (waiting === null || waiting.stay.leaving !== null || waiting.stay.queueId !== this.settings.id) {
      this.forgetCall(call.id);
      return;
    }
    const { priority, enteredAt, placeSince } = waiting.stay;
    const place = { callId: call.id, priority, enteredAt, ...(placeSince === undefined ? {} : { placeSince }) };
    if (!this.line.has(call.id)) this.line.add(place);
    const seeks = !kept && (this.settings.strategy === 'ringAll' || waiting.offers.length === 0);
    if (!seeks) this.seeking.remove(call.id);
    else if (!this.seeking.has(call.id)) this.seeking.add(place);
  }

  forgetCall(id: CallId): void {
    this.line.remove(id);
    this.seeking.remove(id);
  }

  /** What a caller may be told; null when unknown. Agents in a call or in wrap-up serve the queue too. */
  estimatedWaitMs(callId: CallId): number | null {
    const position = this.line.position(callId);
    return position === null ? null : this.#estimate(position);
  }

  /** For somebody who would join now. */
  estimatedWaitForNextMs(): number | null {
    return this.#estimate(this.line.size + 1);
  }

  #estimate(position: number): number | null {
    const { talkMs } = this.counters;
    const handlingMs = talkMs === null ? null : talkMs + this.settings.wrapUpMs;
    return estimatedWaitMs({ position, handlingMs, agents: this.#loggedIn.size });
  }

  #forget(agentId: AgentId): void {
    this.ranking.remove(agentId);
    for (const set of [this.#loggedIn, this.#receiving, this.#talking]) set.delete(agentId);
  }
}

function mark<T>(set: Set<T>, item: T, belongs: boolean): void {
  if (belongs) set.add(item);
  else set.delete(item);
}
