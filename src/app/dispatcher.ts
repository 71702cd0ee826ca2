/**
 * Brings waiting callers and free agents together. The agent's record arbitrates: it is marked as offered in the same breath, and a claim in
 * the database (claims.ts) keeps other controllers away before the phone rings.
 */
import type { Agent } from '../core/agent/state.js';
import type { CallEvent } from '../core/call/event.js';
import { type AgentId, type Call, type CallId, type Instant, waitingLine } from '../core/call/state.js';
import { countCallEvent, countersAt, countersFrom } from '../core/queue/counters.js';
import { mayWait } from '../core/queue/empty-rule.js';
import { standsSince, type Waiting } from '../core/queue/waiting-line.js';
import { isRefusal } from '../core/refusal.js';
import type { Agents } from './agents.js';
import type { CallMailbox } from './call-mailbox.js';
import type { Callers } from './contacts/callers.js';
import type { QueueTotals } from './history/store.js';
import { PersonalManagers } from './personal-managers.js';
import type { Clock } from './ports.js';
import { QueueDesk } from './queue-desk.js';
import { agentTarget } from './routing.js';
import type { SettingsInForce } from './settings-in-force.js';
import { whoWaits } from './who-waits.js';

export interface DispatcherPorts {
  readonly clock: Clock;
  readonly agents: Agents;
  readonly callers: Pick<Callers, 'contactOf'>;
  readonly settings: () => SettingsInForce;
  readonly mailbox: (id: CallId) => CallMailbox | undefined;
  /** Can phones be rung at present? Else callers wait until `dispatchAll`. */
  readonly mayRing: () => boolean;
}

export class Dispatcher {
  readonly #ports: DispatcherPorts;
  readonly #desks = new Map<string, QueueDesk>();
  readonly #matching = new Set<QueueDesk>();
  readonly #managers: PersonalManagers;
  #open = true;
  /** Agents kept for customers who are called back and stand before this caller: how many. Whoever calls back says so. */
  agentsKept: (queueId: string, head: Waiting) => number = () => 0;

  constructor(ports: DispatcherPorts) {
    this.#ports = ports;
    this.#managers = new PersonalManagers({
      ...ports,
      mayOffer: () => this.#mayOffer,
      givenUp: (call) => this.#seekAnybody(call),
    });
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
    for (const agent of this.#ports.agents.all()) this.#noteAgent(agent, now);
    this.dispatchAll();
  }

  /** Goes on with what was counted earlier today. */
  countFrom(totals: readonly QueueTotals[]): void {
    for (const { queueId, rated: _rated, ratings: _ratings, ...sums } of totals) {
      const desk = this.#desks.get(queueId);
      if (desk !== undefined) desk.counters = countersFrom(sums, this.#ports.clock.now());
    }
  }

  /** No offer is made any more (the controller is about to stop, or another has taken over). */
  close(): void {
    this.#open = false;
    this.#managers.stop();
  }

  /** Takes note of where a call stands now, before its agents are told: an agent set free by it must not be offered it again. */
  noteCall(before: Call | null, after: Call, events: readonly CallEvent[]): void {
    this.count(events);
    this.#managers.noteCall(after, events);
    const kept = this.#managers.keeps(after.id);
    for (const desk of this.#desksOf(before, after)) desk.noteCall(after, kept);
  }

  /** Counts them for today's figures of their queues. */
  count(events: readonly CallEvent[]): void {
    for (const event of events) this.#count(event);
  }

  /** Looks for agents for a call that may need one, after its agents were told: a missed offer's delay holds then. */
  dispatch(before: Call | null, after: Call): void {
    this.#managers.seek(after.id);
    for (const desk of this.#desksOf(before, after)) this.#match(desk);
  }

  /** Agents may be kept for others no longer. */
  dispatchQueue(queueId: string): void {
    this.#match(this.#desks.get(queueId));
  }

  /** Looks at every queue: after Asterisk was away, and now and then, should anything have been missed. */
  dispatchAll(): void {
    this.#managers.seekAll();
    for (const desk of this.#desks.values()) {
      this.#leaveIfEmpty(desk);
      this.#match(desk);
    }
  }

  agentChanged(before: Agent, agent: Agent, now: Instant): void {
    const offerable = this.#noteAgent(agent, now);
    if (before.session !== agent.session || before.status !== agent.status) this.#leaveEmptyQueues(agent.id);
    this.#managers.agentChanged(agent);
    // Of all the callers whom this agent could serve, the most urgent, then the one who has waited longest, comes first.
    const heads = offerable.filter((desk) => desk.seeking.size > 0).sort(byHead);
    for (const desk of heads) this.#match(desk);
  }

  get #mayOffer(): boolean {
    return this.#open && this.#ports.mayRing();
  }

  /** The personal manager is not to be had: anyone of the queue may take the call. */
  #seekAnybody(call: Call): void {
    for (const desk of this.#desksOf(call)) {
      desk.noteCall(call, false);
      this.#match(desk);
    }
  }

  #desksOf(...calls: readonly (Call | null)[]): readonly QueueDesk[] {
    const ids = new Set(calls.map(queueOf));
    return [...ids].map((id) => (id === null ? undefined : this.#desks.get(id))).filter((desk) => desk !== undefined);
  }

  /** The agent in every queue that the agent serves; answers the queues where the agent could take a call now. */
  #noteAgent(agent: Agent, now: Instant): readonly QueueDesk[] {
    const { policy, membershipsOf } = this.#ports.settings();
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
      if (desk !== undefined) this.#leaveIfEmpty(desk);
    }
  }

  #leaveIfEmpty(desk: QueueDesk): void {
    if (mayWait(desk.settings.leaveWhenEmpty, desk.presence)) return;
    for (const { callId } of [...desk.line]) {
      this.#ports.mailbox(callId)?.decideNow({ type: 'leaveQueue', reason: 'empty' });
    }
  }

  /** Whatever the offers lead to at once (the next match among it) is left to this loop, however many wait. */
  #match(desk: QueueDesk | undefined): void {
    if (desk === undefined || !this.#mayOffer || this.#matching.has(desk)) return;
    this.#matching.add(desk);
    try {
      this.#matchAll(desk);
    } finally {
      this.#matching.delete(desk);
    }
  }

  #matchAll(desk: QueueDesk): void {
    for (let head = desk.seeking.head(); head !== null; head = desk.seeking.head()) {
      const best = desk.ranking.best();
      if (best === null || desk.ranking.size <= this.agentsKept(desk.settings.id, head)) return;
      const chosen = desk.settings.strategy === 'ringAll' ? this.#tierFor(desk, head.callId) : [best];
      for (const agentId of chosen) this.#offer(desk, head.callId, agentId);
      // Those of lower rank ring only once nobody of this tier does.
      if (desk.settings.strategy === 'ringAll') return;
    }
  }

  /** Ring all: the free agents of the best tier, unless a better tier rings already. */
  #tierFor(desk: QueueDesk, callId: CallId): readonly AgentId[] {
    const tier = desk.ranking.bestTier();
    const call = this.#ports.mailbox(callId)?.call;
    const [first] = tier;
    const ringing = call == null ? [] : (waitingLine(call)?.offers ?? []);
    const better = ringing.some(
      ({ agentId }) => agentId !== null && first !== undefined && desk.ranksBefore(agentId, first),
    );
    return better ? [] : tier;
  }

  #offer(desk: QueueDesk, callId: CallId, agentId: AgentId): void {
    const { mailbox, settings, agents } = this.#ports;
    const box = mailbox(callId);
    const account = settings().agents.get(agentId);
    if (box?.call && account !== undefined && account.devices.length > 0) {
      const target = agentTarget(callId, account, whoWaits(box.call), desk.settings.ringMs);
      // Refused: it needs no agent any more.
      if (isRefusal(box.decideNow({ type: 'offer', target }))) desk.forgetCall(callId);
    } else if (box?.call) {
      // No phone at all: not asked again and again.
      const { retryMs } = desk.settings;
      desk.ranking.remove(agentId);
      agents.observe(agentId, { type: 'offered', callId });
      agents.observe(agentId, { type: 'offerEnded', callId, outcome: 'unavailable', retryMs, counted: true });
    } else {
      desk.forgetCall(callId);
    }
  }
}

function queueOf(call: Call | null): string | null {
  return call === null ? null : (waitingLine(call)?.stay.queueId ?? null);
}

function byHead(a: QueueDesk, b: QueueDesk): number {
  const [one, other] = [a.seeking.head(), b.seeking.head()];
  if (one === null || other === null) return 0;
  return other.priority - one.priority || standsSince(one) - standsSince(other);
}
