/**
 * Dials callbacks when their time has come and an agent can be had. Exactly one live attempt, whatever happens: the id of the attempt's call
 * is written before the call begins, and a call dials nobody before it is written itself. So whoever takes over finds either the call, or
 * its end in history, or neither: then nobody was dialled.
 */
import type { CallEvent } from '../../core/call/event.js';
import type { CallId, QueueId } from '../../core/call/state.js';
import { type AttemptResult, begun, type Callback, ended, neverBegun, resultOf } from '../../core/callback/callback.js';
import type { DomainEvent } from '../event-stream.js';
import type { History } from '../history/store.js';
import type { Clock, Log } from '../ports.js';
import type { CallbackSettings } from './settings.js';
import type { CallbackStore } from './store.js';
import { withinHours } from './wall-clock.js';

export interface SchedulerPorts {
  readonly store: CallbackStore;
  readonly clock: Clock;
  readonly log: Log;
  readonly history: Pick<History, 'call'>;
  readonly settings: () => CallbackSettings;
  /** Can phones be dialled at present? */
  readonly mayDial: () => boolean;
  readonly newCallId: () => CallId;
  /** Is the call of an attempt still going on? */
  readonly isLive: (callId: CallId) => boolean;
  /** How many agents of the queue could take a call now, and how many callers look for one. */
  readonly capacity: (queueId: QueueId) => { readonly free: number; readonly seeking: number };
  /** Could the agent take a call now? */
  readonly isFree: (agentId: string) => boolean;
  /** Begins the attempt's call; false when it cannot be dialled at all. */
  readonly dial: (callback: Callback, callId: CallId) => boolean;
}

interface Running {
  readonly callback: Callback;
  customerAnswered: boolean;
  agentFailed: boolean;
  connected: boolean;
  /** Known, and not written yet. */
  result: AttemptResult | null;
}

/** Agents become free, and callers go: what is due and waits for that is looked at again so often. */
const LOOK_AGAIN_MS = 1_000;
const LONGEST_SLEEP_MS = 60_000;
const AT_ONCE = 100;

export class CallbackScheduler {
  readonly #ports: SchedulerPorts;
  readonly #running = new Map<CallId, Running>();
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  #stopped = true;

  constructor(ports: SchedulerPorts) {
    this.#ports = ports;
  }

  /** Takes up what the last run left. */
  start(): void {
    this.#stopped = false;
    this.#look(() => this.#takeUp());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#looking;
  }

  /** Something may be due. */
  wake(): void {
    if (!this.#stopped) this.#look(() => this.#dialDue());
  }

  heard(event: DomainEvent): void {
    if (!('callId' in event) || event.callId === null) return;
    const running = this.#running.get(event.callId);
    if (running === undefined || !isOfCall(event)) return;
    if (note(running, event)) this.wake();
  }

  #look(work: () => Promise<void>): void {
    if (this.#looking !== null) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = work()
      .catch((error: unknown) => this.#ports.log.warn({ error: String(error) }, 'callbacks could not be looked at'))
      .then(() => this.#sleep())
      .catch(() => this.#sleepFor(LOOK_AGAIN_MS))
      .finally(() => {
        this.#looking = null;
        if (!this.#lookAgain) return;
        this.#lookAgain = false;
        this.wake();
      });
  }

  async #sleep(): Promise<void> {
    if (this.#stopped) return;
    const next = await this.#ports.store.nextDueAt();
    const waits = [...this.#running.values()].some(({ result }) => result !== null);
    const untilDue = next === null ? LONGEST_SLEEP_MS : next - this.#ports.clock.now();
    this.#sleepFor(waits ? LOOK_AGAIN_MS : Math.min(Math.max(untilDue, LOOK_AGAIN_MS), LONGEST_SLEEP_MS));
  }

  #sleepFor(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = setTimeout(() => this.wake(), ms);
    this.#timer.unref();
  }

  async #takeUp(): Promise<void> {
    for (const callback of await this.#ports.store.calling()) await this.#takeUpOne(callback);
    await this.#dialDue();
  }

  async #takeUpOne(callback: Callback): Promise<void> {
    const { store, history, clock, isLive } = this.#ports;
    const callId = callback.attempts.at(-1)?.callId ?? '';
    const found = await history.call(callId);
    const running = newRunning(callback);
    for (const event of found?.events ?? []) note(running, event);
    if (isLive(callId)) {
      running.result = null;
      this.#running.set(callId, running);
    } else if (found === null) {
      // Between the word that it begins and the call itself: nobody was dialled.
      await store.change(callback.id, (each) => (isOpen(each, callId) ? neverBegun(each, clock.now()) : each));
    } else {
      await this.#settle(callId, running, running.result ?? 'lost');
    }
  }

  async #dialDue(): Promise<void> {
    for (const [callId, running] of this.#running)
      if (running.result !== null) await this.#settle(callId, running, running.result);
    if (!this.#ports.mayDial()) return;
    for (const callback of await this.#ports.store.due(this.#ports.clock.now(), AT_ONCE)) {
      if (this.#stopped) return;
      if (this.#isTooLate(callback)) await this.#miss(callback);
      else if (this.#mayBegin(callback)) await this.#begin(callback);
    }
  }

  #isTooLate({ nextAt }: Callback): boolean {
    return nextAt !== null && nextAt + this.#ports.settings().graceMs < this.#ports.clock.now();
  }

  async #miss({ id }: Callback): Promise<void> {
    const now = this.#ports.clock.now();
    await this.#ports.store.change(id, (each) =>
      each.state === 'scheduled' && this.#isTooLate(each)
        ? { ...each, state: 'missed', nextAt: null, updatedAt: now }
        : each,
    );
    this.#ports.log.warn({ callbackId: id }, 'a callback was missed: no agent could be had in time');
  }

  /** Never more dials than agents; and only urgent ones go before the callers who wait already. */
  #mayBegin({ queueId, agentId, priority }: Callback): boolean {
    if (queueId === null) return agentId !== null && this.#ports.isFree(agentId) && !this.#isBeingCalled(agentId);
    const own = [...this.#running.values()].filter(
      ({ callback, connected }) => callback.queueId === queueId && !connected,
    );
    const { free, seeking } = this.#ports.capacity(queueId);
    const others = Math.max(0, seeking - own.filter(({ customerAnswered }) => customerAnswered).length);
    return free - own.length - (priority === 'high' ? 0 : others) > 0;
  }

  #isBeingCalled(agentId: string): boolean {
    return [...this.#running.values()].some(
      ({ callback }) => callback.queueId === null && callback.agentId === agentId,
    );
  }

  async #begin(callback: Callback): Promise<void> {
    const { store, clock, newCallId, dial } = this.#ports;
    const callId = newCallId();
    const now = clock.now();
    const after = await store.change(callback.id, (each) =>
      each.state === 'scheduled' && each.nextAt !== null && each.nextAt <= now ? begun(each, callId, now) : each,
    );
    // Cancelled, changed or taken meanwhile.
    if (after === null || !isOpen(after, callId)) return;
    const running = newRunning(after);
    this.#running.set(callId, running);
    if (!dial(after, callId)) running.result = 'unavailable';
  }

  async #settle(callId: CallId, running: Running, result: AttemptResult): Promise<void> {
    const { store, clock, settings } = this.#ports;
    const { zone } = running.callback;
    const { retry, hours } = settings();
    await store.change(running.callback.id, (each) =>
      isOpen(each, callId) ? ended(each, result, retry, clock.now(), (at) => withinHours(at, zone, hours)) : each,
    );
    this.#running.delete(callId);
  }
}

function newRunning(callback: Callback): Running {
  return { callback, customerAnswered: false, agentFailed: false, connected: false, result: null };
}

/** The attempt with this call has not ended. */
function isOpen({ state, attempts }: Callback, callId: CallId): boolean {
  const last = attempts.at(-1);
  return state === 'calling' && last?.callId === callId && last.endedAt === null;
}

function isOfCall(event: DomainEvent): event is CallEvent {
  return event.type.startsWith('call.') || event.type.startsWith('offer.');
}

/** Whether the call is over. */
function note(running: Running, event: CallEvent): boolean {
  switch (event.type) {
    case 'call.queued':
      running.customerAnswered = true;
      return false;
    case 'call.connected':
      running.connected = true;
      return false;
    case 'offer.failed':
      if (event.agentId !== null) running.agentFailed = true;
      return false;
    case 'call.ended':
      running.result = resultOf(event.outcome, running);
      return true;
    default:
      return false;
  }
}
