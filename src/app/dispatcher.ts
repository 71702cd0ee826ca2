/**
 * Brings waiting callers and free agents together. The agent's record arbitrates: an agent is marked as offered at once, and the
 * claim in the database makes sure that no other controller offers the same agent; only then does the phone ring.
 */
import type { Agent } from '../core/agent/state.js';
import type { CallEvent } from '../core/call/event.js';
import type { AgentId, Call, CallId } from '../core/call/state.js';
import { countCallEvent, countersAt, countersFrom } from '../core/queue/counters.js';
import { mayWait } from '../core/queue/empty-rule.js';
import { isRefusal } from '../core/refusal.js';
import type { Agents } from './agents.js';
import type { CallMailbox } from './call-mailbox.js';
import { CLAIM_MARGIN_MS } from './claims.js';
import type { Clock, Journal, Log, QueueTotals } from './ports.js';
import { QueueDesk } from './queue-desk.js';
import { agentTarget } from './routing.js';
import type { SettingsInForce } from './settings-in-force.js';

/** An agent whom another controller has claimed is asked again after this. */
const CLAIMED_ELSEWHERE_MS = 1_000;

export interface DispatcherPorts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly agents: Agents;
  readonly settings: () => SettingsInForce;
  readonly mailbox: (id: CallId) => CallMailbox | undefined;
}

export class Dispatcher {
  readonly #ports: DispatcherPorts;
  readonly #desks = new Map<string, QueueDesk>();
  #open = true;

  constructor(ports: DispatcherPorts) {
    this.#ports = ports;
  }

  desk(queueId: string): QueueDesk | undefined {
    return this.#desks.get(queueId);
  }

  desks(): IterableIterator<QueueDesk> {
    return this.#desks.values();
  }

  /** Callers in all queues. */
  get waiting(): number {
    let sum = 0;
    for (const desk of this.#desks.values()) sum += desk.line.size;
    return sum;
  }

  /** Takes the configuration in force: queues come and go, memberships change. Waiting callers keep their places. */
  configure(): void {
    const settings = this.#ports.settings();
    const now = this.#ports.clock.now();
    for (const id of this.#desks.keys()) if (!settings.queues.has(id)) this.#desks.delete(id);
    for (const queue of settings.queues.values()) {
      const desk = this.#desks.get(queue.id);
      if (desk === undefined) this.#desks.set(queue.id, new QueueDesk(queue, now));
      else desk.settings = queue;
    }
    const members = new Map([...this.#desks.keys()].map((id) => [id, new Map<AgentId, number>()]));
    for (const { queueId, agentId, priority } of settings.source.members) members.get(queueId)?.set(agentId, priority);
    for (const [id, desk] of this.#desks) desk.setMembers(members.get(id) ?? new Map());
    for (const agent of this.#ports.agents.all()) this.#noteAgent(agent);
    for (const desk of this.#desks.values()) this.#match(desk);
  }

  /** Goes on with what was counted earlier today. */
  countFrom(totals: readonly QueueTotals[]): void {
    for (const { queueId, ...sums } of totals) {
      const desk = this.#desks.get(queueId);
      if (desk !== undefined) desk.counters = countersFrom(sums, this.#ports.clock.now());
    }
  }

  /** No offer is made any more (the controller is about to stop, or another has taken over). */
  close(): void {
    this.#open = false;
  }

  /** Takes note of where a call stands now, before its agents are told: an agent set free by it must not be offered it again. */
  noteCall(before: Call | null, after: Call, events: readonly CallEvent[]): void {
    for (const event of events) this.#count(event);
    for (const desk of this.#desksOf(before, after)) desk.noteCall(after);
  }

  /** Looks for agents for a call that may need one, after its agents were told: a missed offer's delay holds then. */
  dispatch(before: Call | null, after: Call): void {
    for (const desk of this.#desksOf(before, after)) this.#match(desk);
  }

  agentChanged(before: Agent, agent: Agent): void {
    const offerable = this.#noteAgent(agent);
    if (before.session !== agent.session || before.status !== agent.status) this.#leaveEmptyQueues(agent.id);
    // Of all the callers whom this agent could serve, the most urgent, then the one who has waited longest, comes first.
    const heads = offerable.filter((desk) => desk.seeking.size > 0).sort(byHead);
    for (const desk of heads) this.#match(desk);
  }

  #desksOf(...calls: readonly (Call | null)[]): readonly QueueDesk[] {
    const ids = new Set(calls.map(queueOf));
    return [...ids].map((id) => (id === null ? undefined : this.#desks.get(id))).filter((desk) => desk !== undefined);
  }

  /** The agent in every queue that the agent serves; answers the queues where the agent could take a call now. */
  #noteAgent(agent: Agent): readonly QueueDesk[] {
    const { policy, membershipsOf } = this.#ports.settings();
    const now = this.#ports.clock.now();
    const offerable: QueueDesk[] = [];
    for (const { queueId } of membershipsOf.get(agent.id) ?? []) {
      const desk = this.#desks.get(queueId);
      if (desk?.noteAgent(agent, policy, now)) offerable.push(desk);
    }
    return offerable;
  }

  #count(event: CallEvent): void {
    if (!('queueId' in event) || event.queueId === null) return;
    const desk = this.#desks.get(event.queueId);
    if (desk === undefined) return;
    desk.counters = countCallEvent(countersAt(desk.counters, event.at), event, desk.settings.serviceLevelMs);
  }

  #leaveEmptyQueues(agentId: AgentId): void {
    for (const { queueId } of this.#ports.settings().membershipsOf.get(agentId) ?? []) {
      const desk = this.#desks.get(queueId);
      if (desk === undefined || mayWait(desk.settings.leaveWhenEmpty, desk.presence)) continue;
      for (const { callId } of [...desk.line]) {
        this.#ports.mailbox(callId)?.decideNow({ type: 'leaveQueue', reason: 'empty' });
      }
    }
  }

  #match(desk: QueueDesk): void {
    if (!this.#open) return;
    for (let head = desk.seeking.head(); head !== null; head = desk.seeking.head()) {
      const { strategy } = desk.settings;
      const best = desk.ranking.best();
      const chosen = strategy === 'ringAll' ? desk.ranking.bestTier() : best === null ? [] : [best];
      if (chosen.length === 0) return;
      if (strategy !== 'ringAll') desk.seeking.remove(head.callId);
      for (const agentId of chosen) this.#offer(desk, head.callId, agentId);
    }
  }

  #offer(desk: QueueDesk, callId: CallId, agentId: AgentId): void {
    this.#ports.agents.observe(agentId, { type: 'offered', callId });
    // Should the agent's record not take it, the agent must not come up again and again.
    desk.ranking.remove(agentId);
    this.#claimAndRing(desk, callId, agentId).catch((error: unknown) => {
      this.#ports.log.error({ callId, agentId, error: String(error) }, 'an offer could not be made');
      this.#offerNotMade(desk, callId, agentId, CLAIMED_ELSEWHERE_MS);
    });
  }

  async #claimAndRing(desk: QueueDesk, callId: CallId, agentId: AgentId): Promise<void> {
    const { journal, clock, mailbox, settings } = this.#ports;
    const { ringMs } = desk.settings;
    const now = clock.now();
    if (!(await journal.claim(agentId, callId, now, now + ringMs + CLAIM_MARGIN_MS))) {
      this.#offerNotMade(desk, callId, agentId, CLAIMED_ELSEWHERE_MS);
      return;
    }
    const box = mailbox(callId);
    const account = settings().agents.get(agentId);
    const target = account && box?.call ? agentTarget(callId, account, box.call.from, ringMs) : null;
    const decided = target === null || target.legs.length === 0 ? null : box?.decideNow({ type: 'offer', target });
    if (decided !== undefined && decided !== null && !isRefusal(decided)) return;
    await journal.release(agentId, callId);
    // The caller has gone meanwhile: the agent is free at once. An agent without any phone is not asked all the time.
    this.#offerNotMade(desk, callId, agentId, target?.legs.length === 0 ? desk.settings.retryMs.unavailable : 0);
  }

  #offerNotMade(desk: QueueDesk, callId: CallId, agentId: AgentId, unavailable: number): void {
    const call = this.#ports.mailbox(callId)?.call;
    const retryMs = { ...desk.settings.retryMs, unavailable };
    const outcome = unavailable === 0 ? 'withdrawn' : 'unavailable';
    this.#ports.agents.observe(agentId, { type: 'offerEnded', callId, outcome, retryMs, counted: false });
    if (call !== undefined && call !== null) desk.noteCall(call);
    this.#match(desk);
  }
}

function queueOf(call: Call | null): string | null {
  return call?.phase === 'queued' ? call.stay.queueId : null;
}

function byHead(a: QueueDesk, b: QueueDesk): number {
  const [one, other] = [a.seeking.head(), b.seeking.head()];
  if (one === null || other === null) return 0;
  return other.priority - one.priority || one.enteredAt - other.enteredAt;
}
