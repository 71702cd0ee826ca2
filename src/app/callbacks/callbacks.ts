/** Callbacks as people ask for them: made, listed, changed, cancelled, taken over. Dialling them is the scheduler's. */
import { randomUUID } from 'node:crypto';
import type { CallId, Instant, QueueId } from '../../core/call/state.js';
import type { Callback, CallbackPriority, CallbackState, Origin, Place } from '../../core/callback/callback.js';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { Viewer } from '../application.js';
import type { History } from '../history/store.js';
import type { Clock } from '../ports.js';
import { outsideTarget, type RoutingState } from '../routing.js';
import { type AbandonedCall, abandonedCall } from './abandoned-call.js';
import { mayAgree, queuesOf, tooMany } from './agreeing.js';
import { type CallbackStatistics, type StatisticsQuery, statisticsOf } from './statistics.js';
import type { CallbackStore } from './store.js';
import { type AgreedTime, localTime } from './wall-clock.js';

export interface CallbackRequest {
  readonly number: string;
  readonly name: string;
  readonly clientCode: string | null;
  /** Null: personal, to the agent who makes it. */
  readonly queueId: QueueId | null;
  readonly local: string;
  readonly zone: string;
  /** The moment itself, where it was not told by the clock there. */
  readonly at?: Instant;
  readonly priority: CallbackPriority;
  /** The abandoned call it is made from. */
  readonly origin?: Origin;
}

/** What was made of it, and what the agreed time means where clocks are changed. */
export interface Agreed {
  readonly callback: Callback;
  readonly clockChange: AgreedTime['clockChange'];
}

/** What a customer was promised without any agent: to be called back as soon as an agent of the queue can be had. */
export interface PromisedCallback {
  /** The same promise once more, after a restart, has the same id. */
  readonly id: string;
  /** What is dialled. */
  readonly number: string;
  /** The customer's call. */
  readonly origin: Origin;
  readonly name: string;
  readonly queueId: QueueId;
  readonly priority: CallbackPriority;
  readonly zone: string;
  /** That the customer leaves, and is to have again; `priority` null: the queue's. Null: gave it up. */
  readonly place: (Omit<Place, 'priority'> & { readonly priority: number | null }) | null;
}

export interface CallbackOffers {
  /** False where it cannot be kept: nothing says how to dial the number, the queue is gone, or it cannot be written. */
  promise(promised: PromisedCallback): Promise<boolean>;
}

export interface CallbackOperations extends CallbackOffers {
  statistics(query: StatisticsQuery): Promise<CallbackStatistics>;
  /** The call, if the viewer may have its caller called back. */
  abandonedCall(viewer: Viewer, callId: CallId): Promise<AbandonedCall | Refusal>;
  schedule(viewer: Viewer, request: CallbackRequest): Promise<Agreed | Refusal>;
  list(viewer: Viewer, filter: CallbackQuery): Promise<readonly Callback[]>;
  /** Answers `notFound` for what is not the viewer's to see. */
  get(viewer: Viewer, id: string): Promise<Callback | Refusal>;
  /** Only while it is scheduled: else `wrongState`. */
  change(viewer: Viewer, id: string, request: CallbackRequest): Promise<Agreed | Refusal>;
  cancel(viewer: Viewer, id: string): Promise<Callback | Refusal>;
  /** Its time is now. */
  callNow(viewer: Viewer, id: string): Promise<Callback | Refusal>;
  /** It becomes personal, the viewer's. */
  takeOver(viewer: Viewer, id: string): Promise<Callback | Refusal>;
}

export interface CallbackQuery {
  readonly state: CallbackState | null;
  readonly queueId: QueueId | null;
  readonly number: string | null;
  readonly since: Instant;
  readonly until: Instant;
  readonly limit: number;
}

export interface CallbacksPorts {
  readonly store: CallbackStore;
  readonly history: Pick<History, 'call'>;
  readonly clock: Clock;
  readonly routing: () => RoutingState;
  /** Something may be due sooner than was known. */
  readonly changed: () => void;
}

/** Made by the customer's own wish, in a scenario: no account has such an id. */
const PROMISED = '(customer)';
/** The customer is still on the line, and is told so. */
const GOODBYE_MS = 15_000;
const WRONG_STATE = refuse('wrongState', 'Only a scheduled callback can be changed.');
const NO_SUCH = refuse('notFound', 'There is no such callback.');

export class Callbacks implements CallbackOperations {
  readonly #ports: CallbacksPorts;

  constructor(ports: CallbacksPorts) {
    this.#ports = ports;
  }

  async schedule(viewer: Viewer, asked: CallbackRequest): Promise<Agreed | Refusal> {
    const { at: _told, ...request } = asked;
    const agreed = mayAgree(this.#ports, viewer, asked);
    if (isRefusal(agreed)) return agreed;
    const { time, mostOpen } = agreed;
    const now = this.#ports.clock.now();
    const callback: Callback = {
      origin: null,
      place: null,
      ...request,
      id: randomUUID(),
      agentId: request.queueId === null ? viewer.agentId : null,
      dueAt: time.at,
      state: 'scheduled',
      nextAt: time.at,
      overdueSince: null,
      attempts: [],
      createdBy: viewer.agentId,
      createdAt: now,
      updatedAt: now,
      seq: 0,
    };
    if (!(await this.#ports.store.add(callback, mostOpen))) return tooMany(mostOpen);
    this.#ports.changed();
    return { callback, clockChange: time.clockChange };
  }

  promise(promised: PromisedCallback): Promise<boolean> {
    return this.offer(promised).catch(() => false);
  }

  /** As `promise`; rejects while it cannot be written. */
  async offer({ id, zone, place: left, ...promised }: PromisedCallback): Promise<boolean> {
    const { store, clock, routing } = this.#ports;
    const state = routing();
    const target = outsideTarget(state, 'callback', promised.number, { number: '', name: '' });
    const queue = state.settings.queues.get(promised.queueId);
    if (isRefusal(target) || queue === undefined) return false;
    const now = clock.now();
    const when = {
      local: localTime(now, zone),
      zone,
      dueAt: now,
      nextAt: now + GOODBYE_MS,
      createdAt: now,
      updatedAt: now,
    };
    const place = left === null ? null : { since: left.since, priority: left.priority ?? queue.priority };
    const nobody = { clientCode: null, agentId: null, overdueSince: null, createdBy: PROMISED };
    if ((await store.get(id)) === null) {
      const added = { id, ...promised, place, ...nobody, ...when, state: 'scheduled', attempts: [], seq: 0 } as const;
      if (!(await store.add(added, queue.callbacks.mostOpen))) return false;
    }
    this.#ports.changed();
    return true;
  }

  statistics(query: StatisticsQuery): Promise<CallbackStatistics> {
    return statisticsOf(this.#ports.store, query);
  }

  abandonedCall(viewer: Viewer, callId: CallId): Promise<AbandonedCall | Refusal> {
    return abandonedCall(this.#ports, viewer, callId);
  }

  list(viewer: Viewer, filter: CallbackQuery): Promise<readonly Callback[]> {
    const visibleTo =
      viewer.role === 'agent' ? { agentId: viewer.agentId, queueIds: [...queuesOf(this.#ports, viewer)] } : null;
    return this.#ports.store.list({ ...filter, visibleTo });
  }

  async get(viewer: Viewer, id: string): Promise<Callback | Refusal> {
    const found = await this.#ports.store.get(id);
    return found === null || !this.#isVisible(viewer, found) ? NO_SUCH : found;
  }

  async change(viewer: Viewer, id: string, request: CallbackRequest): Promise<Agreed | Refusal> {
    const found = await this.get(viewer, id);
    if (isRefusal(found)) return found;
    const agentId = found.agentId ?? viewer.agentId;
    const agreed = mayAgree(this.#ports, viewer, request);
    if (isRefusal(agreed)) return agreed;
    const { time, mostOpen } = agreed;
    const change = (callback: Callback) => ({
      ...callback,
      ...request,
      place: null,
      agentId: request.queueId === null ? agentId : null,
      dueAt: time.at,
      nextAt: time.at,
      overdueSince: null,
    });
    const changed = await this.#whileScheduled(viewer, id, change, mostOpen);
    return isRefusal(changed) ? changed : { callback: changed, clockChange: time.clockChange };
  }

  cancel(viewer: Viewer, id: string): Promise<Callback | Refusal> {
    return this.#whileScheduled(viewer, id, (callback) => ({ ...callback, state: 'cancelled', nextAt: null }));
  }

  callNow(viewer: Viewer, id: string): Promise<Callback | Refusal> {
    const now = this.#ports.clock.now();
    return this.#whileScheduled(viewer, id, (callback) => ({
      ...callback,
      dueAt: now,
      nextAt: now,
      overdueSince: null,
      local: localTime(now, callback.zone),
    }));
  }

  takeOver(viewer: Viewer, id: string): Promise<Callback | Refusal> {
    const whose = { queueId: null, agentId: viewer.agentId, overdueSince: null };
    const { mostOpen } = this.#ports.routing().settings.centre.personalCallbacks;
    return this.#whileScheduled(viewer, id, (callback) => ({ ...callback, ...whose }), mostOpen);
  }

  async #whileScheduled(
    viewer: Viewer,
    id: string,
    change: (callback: Callback) => Callback,
    mostOpen: number | null = null,
  ): Promise<Callback | Refusal> {
    const found = await this.get(viewer, id);
    if (isRefusal(found)) return found;
    let isScheduled = false;
    const whileScheduled = (callback: Callback) => {
      isScheduled = callback.state === 'scheduled';
      return isScheduled ? { ...change(callback), updatedAt: this.#ports.clock.now() } : callback;
    };
    const after = await this.#ports.store.move(id, whileScheduled, mostOpen);
    if (after === null) return NO_SUCH;
    if (after === 'tooMany') return tooMany(mostOpen);
    if (!isScheduled) return WRONG_STATE;
    this.#ports.changed();
    return after;
  }

  #isVisible(viewer: Viewer, callback: Callback): boolean {
    const { agentId, role } = viewer;
    if (role !== 'agent' || callback.agentId === agentId || callback.createdBy === agentId) return true;
    return callback.queueId !== null && queuesOf(this.#ports, viewer).has(callback.queueId);
  }
}
