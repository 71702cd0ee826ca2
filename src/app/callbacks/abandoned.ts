/**
 * Callers who gave up waiting: where the queue says so they are called back, once however often they called; and whoever reaches an agent of
 * the queue before that need not be called any more.
 */
import type { CallEvent } from '../../core/call/event.js';
import type { Call } from '../../core/call/state.js';
import { type Callback, closed, isOver } from '../../core/callback/callback.js';
import type { History } from '../history/store.js';
import type { Clock, Log } from '../ports.js';
import type { SettingsInForce } from '../settings-in-force.js';
import type { AbandonedCall } from './abandoned-call.js';
import type { PromisedCallback } from './callbacks.js';
import type { CallbackStore } from './store.js';

export interface AbandonedPorts {
  readonly store: CallbackStore;
  readonly history: Pick<History, 'calls'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly settings: () => SettingsInForce;
  /** False where it cannot be kept. */
  readonly offer: (promised: PromisedCallback) => Promise<boolean>;
  /** Is there a live call from this number? */
  readonly callsNow: (number: string) => boolean;
  /** Its customer has reached an agent: an attempt that nobody has answered is to end. */
  readonly withdraw: (callback: Callback) => void;
}

/** Given up so long ago is too long ago: the controller was away. */
const LOOK_BACK_MS = 3_600_000;
const MOST_CALLS = 500;
const TRY_AGAIN_MS = 5_000;

export class AbandonedCallers {
  readonly #ports: AbandonedPorts;
  /** Customers with an open callback: most calls need not be looked at any further. */
  readonly #numbers = new Map<string, number>();
  #working: Promise<void> = Promise.resolve();
  #stopped = false;
  #wake: () => void = () => undefined;

  constructor(ports: AbandonedPorts) {
    this.#ports = ports;
    ports.store.onEvent((_event, after, before) => {
      const number = after.origin?.number;
      if (number === undefined) return;
      if (before === null) this.#count(number, 1);
      else if (isOver(after) && !isOver(before)) this.#count(number, -1);
    });
  }

  async open(): Promise<void> {
    for (const number of await this.#ports.store.openOrigins()) this.#count(number, 1);
  }

  /** Takes up what ended while nobody was there to see it. */
  start(): void {
    const { queues } = this.#ports.settings();
    if ([...queues.values()].some(({ callBackAbandoned }) => callBackAbandoned !== null))
      this.#later(() => this.#takeUp());
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    this.#wake();
    await this.#working;
  }

  callPublished(call: Call, events: readonly CallEvent[]): void {
    if (call.direction !== 'inbound' || call.from.number === '') return;
    for (const event of events) {
      if (event.type === 'call.ended' && event.outcome === 'abandoned') {
        const { id, from } = call;
        const { queueId, waitedMs } = event;
        const abandoned = { id, fromNumber: from.number, fromName: from.name, queueId, waitedMs, endedAt: event.at };
        this.#later(() => this.#callBack(abandoned));
      }
      if (event.type !== 'call.connected' || event.agentId === null || !this.#numbers.has(call.from.number)) continue;
      const reached = { number: call.from.number, agentId: event.agentId, queueId: event.queueId };
      this.#later(() => this.#reached(reached));
    }
  }

  /**
   * What its customer has done since: is calling just now, or has talked with somebody who could have called back. Asked before each
   * attempt, as there may have been nobody to see it.
   */
  async customerSince(callback: Callback): Promise<'nothing' | 'calls' | 'reached'> {
    const { origin, createdAt } = callback;
    if (origin === null) return 'nothing';
    if (this.#ports.callsNow(origin.number)) return 'calls';
    const calls = await this.#ports.history.calls({
      ...{ agentId: null, number: origin.number, direction: 'inbound', outcome: 'answered' },
      ...{ since: createdAt - LOOK_BACK_MS, until: Number.MAX_SAFE_INTEGER, limit: MOST_CALLS },
    });
    const reached = calls.some(
      ({ connectedAt, agentId, queueId }) =>
        (connectedAt ?? 0) >= createdAt && agentId !== null && this.#concerns(callback, { agentId, queueId }),
    );
    return reached ? 'reached' : 'nothing';
  }

  async #takeUp(): Promise<void> {
    const now = this.#ports.clock.now();
    const period = { since: now - LOOK_BACK_MS, until: now + 1, limit: MOST_CALLS };
    const calls = await this.#ports.history.calls({ ...period, agentId: null, outcome: 'abandoned' });
    for (const { waitedMs, endedAt, ...call } of calls.toReversed())
      await this.#callBack({ ...call, waitedMs: waitedMs ?? 0, endedAt: endedAt ?? now });
  }

  async #callBack(call: AbandonedCall & { readonly waitedMs: number; readonly endedAt: number }): Promise<void> {
    const { store, offer, settings } = this.#ports;
    const { id, fromNumber: number, fromName: name, queueId } = call;
    const wanted = settings().queues.get(queueId ?? '')?.callBackAbandoned ?? null;
    if (queueId === null || number === '' || wanted === null || call.waitedMs < wanted.waitedMs) return;
    const others = (await store.ofOrigin(number)).filter((each) => each.queueId === queueId);
    // One is enough, and what came of one that was dealt with since is known.
    if (others.some((each) => !isOver(each) || each.updatedAt >= call.endedAt)) return;
    const { priority, zone } = wanted;
    const promised = {
      id: `${id}~abandoned`,
      origin: { callId: id, number },
      place: null,
      number,
      name,
      queueId,
      priority,
      zone,
    };
    if (!(await offer(promised)))
      this.#ports.log.warn({ callId: id, queueId }, 'a caller who gave up waiting cannot be called back');
  }

  async #reached(by: { readonly number: string; readonly agentId: string; readonly queueId: string | null }) {
    const { store, clock, withdraw } = this.#ports;
    for (const callback of await store.ofOrigin(by.number)) {
      if (isOver(callback) || !this.#concerns(callback, by)) continue;
      const after = await store.change(callback.id, (each) => closed(each, clock.now()));
      if (after?.state === 'calling') withdraw(after);
    }
  }

  #concerns(callback: Callback, by: { readonly agentId: string; readonly queueId: string | null }): boolean {
    if (callback.queueId === null) return callback.agentId === by.agentId;
    if (callback.queueId === by.queueId) return true;
    return (this.#ports.settings().membershipsOf.get(by.agentId) ?? []).some(
      ({ queueId }) => queueId === callback.queueId,
    );
  }

  #count(number: string, more: number): void {
    const count = (this.#numbers.get(number) ?? 0) + more;
    if (count > 0) this.#numbers.set(number, count);
    else this.#numbers.delete(number);
  }

  /** One after the other, and again until the database has done it. */
  #later(work: () => Promise<void>): void {
    this.#working = this.#working.then(async () => {
      while (!this.#stopped) {
        try {
          await work();
          return;
        } catch (error) {
          this.#ports.log.warn({ error: String(error) }, 'a caller who gave up waiting could not be seen to yet');
          await this.#pause();
        }
      }
    });
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, TRY_AGAIN_MS).unref();
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
