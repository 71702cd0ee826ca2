/** Pictures of agents, queues and calls for those who watch, and the changes of them. */
import { receives } from '../core/agent/availability.js';
import type { CallEvent } from '../core/call/event.js';
import { type AgentId, agentsIn, type Call, type CallId, phaseOf } from '../core/call/state.js';
import type { Callback } from '../core/callback/callback.js';
import { averageWaitMs, countersAt, serviceLevel } from '../core/queue/counters.js';
import { engagedIn } from './agent-facts.js';
import type { Agents } from './agents.js';
import type { Viewer, Views as ViewsContract } from './application.js';
import { coachingViews, legViews, lineViews, moveViews } from './call-view.js';
import type { Differences } from './configuration-changes.js';
import type { Crm } from './crm/crm.js';
import type { KnowsContacts } from './crm/fields.js';
import type { Dispatcher } from './dispatcher.js';
import { parkedFor, slotChange } from './parked-views.js';
import type { Clock, Log } from './ports.js';
import type { QueueDesk } from './queue-desk.js';
import type { SettingsInForce } from './settings-in-force.js';
import type { Switchboard } from './switchboard.js';
import type { AgentView, CallView, Change, QueueView, Snapshot } from './view.js';

const QUEUE_TOLD_MS = 200;

export interface ViewsPorts {
  readonly agents: Agents;
  readonly dispatcher: Dispatcher;
  readonly switchboard: Switchboard;
  readonly settings: () => SettingsInForce;
  readonly clock: Clock;
  readonly crm: Crm;
  readonly callers: KnowsContacts;
  /** The callbacks of the coming hours that somebody may see. */
  readonly callbacks: (viewer: Viewer) => readonly Callback[];
  readonly log: Log;
}

export class Views implements ViewsContract {
  readonly #ports: ViewsPorts;
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #queuesToTell = new Map<string, NodeJS.Timeout>();

  constructor(ports: ViewsPorts) {
    this.#ports = ports;
    ports.crm.onAnswer((id) => {
      const call = ports.switchboard.mailbox(id)?.call ?? null;
      if (call !== null && call.phase !== 'ended') this.callChanged(call, []);
    });
  }

  agent(id: AgentId): AgentView | null {
    const agent = this.#ports.agents.get(id);
    const account = this.#ports.settings().agents.get(id);
    if (agent === undefined || account === undefined) return null;
    const { status } = agent;
    return {
      id,
      name: account.name,
      number: account.number,
      loggedIn: agent.session !== null,
      sessionSince: agent.session?.since ?? null,
      status:
        status === null
          ? null
          : {
              id: status.id,
              since: status.since,
              setBy: status.setBy,
              blocking: status.blocking,
              receiving: receives(agent, this.#ports.settings().policy),
              until: status.until,
              next: status.next,
            },
      activity: agent.callIds.length > 0 ? 'talking' : agent.offeredCallId !== null ? 'ringing' : 'idle',
      callIds: agent.offeredCallId === null ? agent.callIds : [...agent.callIds, agent.offeredCallId],
      mayRecord: account.mayRecord,
    };
  }

  queue(id: string): QueueView | null {
    const desk = this.#ports.dispatcher.desk(id);
    return desk === undefined ? null : this.#queueView(desk);
  }

  call(id: CallId): CallView | null {
    const call = this.#ports.switchboard.mailbox(id)?.call;
    return call === undefined || call === null || call.phase === 'ended' ? null : this.callView(call);
  }

  snapshot(viewer: Viewer): Snapshot {
    const { agents, dispatcher, switchboard, settings, clock } = this.#ports;
    const all = viewer.role !== 'agent';
    const own = new Set((settings().membershipsOf.get(viewer.agentId) ?? []).map((member) => member.queueId));
    const agentIds = all ? [...agents.all()].map((agent) => agent.id) : [viewer.agentId];
    const desks = [...dispatcher.desks()].filter((desk) => all || own.has(desk.settings.id));
    const calls = [...(all ? switchboard.calls() : this.#callsOf(viewer.agentId))];
    return {
      at: clock.now(),
      agents: agentIds.map((id) => this.agent(id)).filter((view) => view !== null),
      queues: desks.map((desk) => this.#queueView(desk)),
      calls: calls.filter((call) => call.phase !== 'ended').map((call) => this.callView(call)),
      parked: parkedFor(this.#ports, viewer),
      callbacks: this.#ports.callbacks(viewer),
    };
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  agentChanged(id: AgentId): void {
    if (this.#listeners.size === 0) return;
    this.tell({ topic: 'agent', id, view: this.agent(id), audience: { agentIds: [id] } });
    for (const { queueId } of this.#ports.settings().membershipsOf.get(id) ?? []) this.queueChanged(queueId);
  }

  /** Queues change many times a second under load: those who watch are told at most every QUEUE_TOLD_MS. */
  queueChanged(id: string): void {
    if (this.#listeners.size === 0 || this.#queuesToTell.has(id)) return;
    this.#queuesToTell.set(
      id,
      setTimeout(() => this.#tellQueue(id), QUEUE_TOLD_MS),
    );
  }

  /** Agents and queues that are new, other or gone. Who saw a thing that is gone, agents included, is told so. */
  configurationChanged({ agents, queues }: Differences): void {
    for (const id of agents.changed) this.agentChanged(id);
    for (const id of queues.changed) this.queueChanged(id);
    for (const id of agents.removed) this.tell({ topic: 'agent', id, view: null, audience: { agentIds: [id] } });
    if (queues.removed.length === 0) return;
    const agentIds = [...this.#ports.agents.all()].map((agent) => agent.id);
    for (const id of queues.removed) this.tell({ topic: 'queue', id, view: null, audience: { agentIds } });
  }

  stop(): void {
    for (const timer of this.#queuesToTell.values()) clearTimeout(timer);
    this.#queuesToTell.clear();
  }

  #tellQueue(id: string): void {
    this.#queuesToTell.delete(id);
    const agentIds = this.#ports.dispatcher.desk(id)?.memberIds ?? [];
    this.tell({ topic: 'queue', id, view: this.queue(id), audience: { agentIds } });
  }

  /** What a call's events change for those who watch. */
  callPublished(call: Call, events: readonly CallEvent[]): void {
    this.#ports.crm.follow(call, this.#queueName(call), this.#ports.callers);
    if (this.#listeners.size === 0) return;
    const involved = new Set<AgentId>();
    const queueIds = new Set<string>();
    for (const event of events) {
      if ('agentId' in event && event.agentId !== null) involved.add(event.agentId);
      if ('agentIds' in event) for (const agentId of event.agentIds) involved.add(agentId);
      if ('queueId' in event && event.queueId !== null) queueIds.add(event.queueId);
      if ('slot' in event) this.tell(slotChange(this.#ports, event.slot));
    }
    this.callChanged(call, [...involved]);
    if (call.marks.queueId !== null) queueIds.add(call.marks.queueId);
    for (const queueId of queueIds) this.queueChanged(queueId);
  }

  /**
   * `involved`: agents who had a part in it before the change, who must be told of its end too. For those who have left a call that
   * goes on without them it ends as well: they see nothing more of it.
   */
  callChanged(call: Call, involved: readonly AgentId[]): void {
    if (this.#listeners.size === 0) return;
    const { id } = call;
    const present = new Set([...agentsIn(call), ...engagedIn(call)]);
    if (call.phase === 'ended') {
      const agentIds = [...new Set([...present, ...involved])];
      this.tell({ topic: 'call', id, view: null, audience: { agentIds } });
      return;
    }
    const left = involved.filter((agentId) => !present.has(agentId));
    // First, so that supervisors, who are told of every change, have the picture in the end.
    if (left.length > 0) this.tell({ topic: 'call', id, view: null, audience: { agentIds: left } });
    this.tell({ topic: 'call', id, view: this.callView(call), audience: { agentIds: [...present] } });
  }

  callView(call: Call): CallView {
    const { id, direction, from, dialled, startedAt, marks } = call;
    const desk = marks.queueId === null ? undefined : this.#ports.dispatcher.desk(marks.queueId);
    return {
      id,
      direction,
      phase: phaseOf(call),
      from,
      dialled,
      queueId: marks.queueId,
      queueName: desk?.settings.name ?? null,
      startedAt,
      connectedAt: marks.connectedAt,
      endedAt: call.phase === 'ended' ? call.endedAt : null,
      outcome: call.phase === 'ended' ? call.outcome : null,
      position: desk?.line.position(id) ?? null,
      legs: legViews(call),
      lines: lineViews(call),
      coachings: coachingViews(call, (agentId) => this.#ports.settings().agents.get(agentId)?.name ?? ''),
      moves: moveViews(call),
      tags: call.tags,
      crm: this.#ports.crm.viewOf(call, desk?.settings.name ?? '', this.#ports.callers),
    };
  }

  #queueName({ marks }: Call): string {
    return marks.queueId === null ? '' : (this.#ports.dispatcher.desk(marks.queueId)?.settings.name ?? '');
  }

  #callsOf(agentId: AgentId): readonly Call[] {
    const agent = this.#ports.agents.get(agentId);
    if (agent === undefined) return [];
    const ids = agent.offeredCallId === null ? agent.callIds : [...agent.callIds, agent.offeredCallId];
    return ids.map((id) => this.#ports.switchboard.mailbox(id)?.call ?? null).filter((call) => call !== null);
  }

  #queueView(desk: QueueDesk): QueueView {
    const { settings, line, presence } = desk;
    const counters = countersAt(desk.counters, this.#ports.clock.now());
    const { offered, answered, abandoned, lost, turnedAway } = counters;
    return {
      id: settings.id,
      name: settings.name,
      waiting: line.size,
      longestWaitSince: line.longest(),
      estimatedWaitMs: desk.estimatedWaitForNextMs(),
      agentsLoggedIn: presence.loggedIn,
      agentsReceiving: presence.receiving,
      agentsTalking: presence.talking,
      today: {
        ...{ offered, answered, abandoned, lost, turnedAway },
        serviceLevel: serviceLevel(counters),
        averageWaitMs: averageWaitMs(counters),
      },
    };
  }

  /** Tells those who watch of anything else that has changed. */
  tell(change: Change): void {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        this.#ports.log.error({ error: String(error) }, 'a listener to changes failed');
      }
    }
  }
}
