/**
 * Dials callbacks when their time has come and an agent can be had. Exactly one live attempt, whatever happens: the id of the attempt's call
 * is written before the call begins, and a call dials nobody before it is written itself. So whoever takes over finds either the call, or
 * its end in history, or neither: then nobody was dialled.
 */
import type { AgentId, CallId, QueueId } from '../../core/call/state.js';
import { begun, type Callback, closed, laneOf, neverBegun } from '../../core/callback/callback.js';
import { afterStep, type DueStep } from '../../core/callback/due.js';
import type { AttemptResult } from '../../core/callback/result.js';
import { byTurn } from '../../core/callback/turn.js';
import type { Waiting } from '../../core/queue/waiting-line.js';
import type { DomainEvent } from '../event-stream.js';
import { settledBy, stepFor } from './deciding.js';
import { KeptAgents } from './kept-agents.js';
import { isForNobody, isOfCall, isOpen, newRunning, note, type Running } from './running.js';
import type { SchedulerPorts } from './scheduler-ports.js';
import { holdsUp } from './takers.js';

/** Agents become free, and callers go: what is due and waits for that is looked at again so often. */
const LOOK_AGAIN_MS = 1_000;
const LONGEST_SLEEP_MS = 60_000;
const AT_ONCE = 100;
const MOST_PAGES = 50;

export class CallbackScheduler {
  readonly #ports: SchedulerPorts;
  readonly #running = new Map<CallId, Running>();
  readonly #kept: KeptAgents;
  #timer: NodeJS.Timeout | null = null;
  #looking: Promise<void> | null = null;
  #lookAgain = false;
  /** Attempts may be noted of which nothing is known here: another run's, or one whose writing was not confirmed. */
  #mustTakeUp = true;
  #stopped = true;

  constructor(ports: SchedulerPorts) {
    this.#ports = ports;
    const { turn } = ports.takers;
    this.#kept = new KeptAgents({ turn, dispatch: ports.dispatch, running: () => this.#running.values() });
  }

  /** How many agents are kept for customers who stand before this caller, who calls from `number`. */
  agentsKept(queueId: QueueId, head: Waiting, number: string): number {
    return this.#stopped || !this.#ports.mayDial() ? 0 : this.#kept.before(queueId, head, number);
  }

  /** Takes up what the last run left. */
  start(): void {
    this.#stopped = false;
    this.#look();
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    await this.#looking;
  }

  /** Something may be due. */
  wake(): void {
    if (!this.#stopped) this.#look();
  }

  /** The customer has reached an agent. An attempt that the customer has answered goes on. */
  withdraw({ attempts }: Callback): void {
    const callId = attempts.at(-1)?.callId ?? '';
    const running = this.#running.get(callId);
    if (running === undefined || running.customerAnswered) return;
    running.withdrawn = true;
    this.#ports.endCall(callId);
  }

  heard(event: DomainEvent): void {
    if (!('callId' in event) || event.callId === null) return;
    const running = this.#running.get(event.callId);
    if (running === undefined || !isOfCall(event)) return;
    const isToBeDone = note(running, event);
    // Stands in line now: nobody is kept for the customer besides.
    if (event.type === 'call.queued') this.#ports.dispatch(event.queueId);
    if (isToBeDone && isForNobody(running)) this.#ports.endCall(event.callId);
    else if (isToBeDone) this.wake();
  }

  #look(): void {
    if (this.#looking !== null) {
      this.#lookAgain = true;
      return;
    }
    this.#looking = this.#work()
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
    const waits = this.#mustTakeUp || [...this.#running.values()].some(({ result }) => result !== null);
    const untilDue = next === null ? LONGEST_SLEEP_MS : next - this.#ports.clock.now();
    this.#sleepFor(waits ? LOOK_AGAIN_MS : Math.min(Math.max(untilDue, LOOK_AGAIN_MS), LONGEST_SLEEP_MS));
  }

  #sleepFor(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#stopped) return;
    this.#timer = setTimeout(() => this.wake(), ms);
    this.#timer.unref();
  }

  async #work(): Promise<void> {
    if (this.#mustTakeUp) {
      for (const callback of await this.#ports.store.calling()) await this.#takeUp(callback);
      this.#mustTakeUp = false;
    }
    await this.#dialDue();
  }

  async #takeUp(callback: Callback): Promise<void> {
    const { store, history, clock, isKnown, endCall } = this.#ports;
    const attempt = callback.attempts.at(-1);
    const callId = attempt?.callId ?? '';
    if (this.#running.has(callId)) return;
    const running = newRunning(callback, attempt?.agentId != null);
    // Before anything is read: its end may be heard of meanwhile.
    this.#running.set(callId, running);
    try {
      const found = await history.call(callId);
      for (const event of found?.events ?? []) note(running, event);
      if (isForNobody(running)) endCall(callId);
      if (isKnown(callId) || running.result !== null) return;
      // Between the word that it begins and the call itself: nobody was dialled.
      if (found === null)
        await store.change(callback.id, (each) => (isOpen(each, callId) ? neverBegun(each, clock.now()) : each));
      else running.result = 'lost';
      if (found === null) this.#running.delete(callId);
    } catch (fault) {
      this.#running.delete(callId);
      throw fault;
    }
  }

  async #dialDue(): Promise<void> {
    for (const [callId, running] of this.#running)
      if (running.result !== null) await this.#settle(callId, running, running.result);
    const { mayDial, store, clock, takers } = this.#ports;
    if (!mayDial()) return;
    const full = new Set<string>();
    const waiting: Callback[] = [];
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const before = full.size;
      const due = [...(await store.due(clock.now(), AT_ONCE, [...full]))];
      let taken = 0;
      for (const callback of due.sort((one, other) => byTurn(takers.turn(one), takers.turn(other)))) {
        if (this.#stopped) return;
        // Of one agent's, one may wait for the agent while another is to be handed over, told of or given up.
        const isLookedAt = callback.queueId === null || !full.has(laneOf(callback));
        if (isLookedAt && (await this.#take(callback))) taken += 1;
        else if (holdsUp(takers, callback, this.#running.values())) {
          full.add(laneOf(callback));
          waiting.push(callback);
        }
      }
      // Whoever else is due stands behind these, and may be for others who are free.
      if (due.length < AT_ONCE || (taken === 0 && full.size === before)) break;
    }
    this.#kept.look(waiting);
  }

  #stepFor(callback: Callback): DueStep {
    return stepFor(this.#ports.takers, callback, this.#running.values(), this.#ports.clock.now());
  }

  async #take(callback: Callback): Promise<boolean> {
    const { store, clock, log } = this.#ports;
    const wanted = this.#stepFor(callback);
    if (wanted.do === 'wait') return false;
    if (wanted.do === 'dial') {
      await this.#begin(callback, wanted.agentId);
      return true;
    }
    // Cancelled, changed or taken meanwhile it may be another step: then it is left for the next look.
    await store.change(callback.id, (each) => {
      const step = this.#stepFor(each);
      return step.do === wanted.do ? afterStep(each, step, clock.now()) : each;
    });
    if (wanted.do === 'miss') log.warn({ callbackId: callback.id }, 'a callback was missed');
    return true;
  }

  async #begin(callback: Callback, agentId: AgentId | null): Promise<void> {
    const { store, clock, newCallId, dial, mayDial, customerSince } = this.#ports;
    const since = await customerSince(callback);
    if (since === 'reached') await store.change(callback.id, (each) => closed(each, clock.now()));
    if (since !== 'nothing') return;
    const callId = newCallId();
    const running = newRunning(callback, agentId !== null);
    // Known before it is written: it may be withdrawn in between.
    this.#running.set(callId, running);
    const written = store.change(callback.id, (each) => {
      const step = this.#stepFor(each);
      return step.do === 'dial' && step.agentId === agentId ? begun(each, callId, clock.now(), agentId) : each;
    });
    const after = await written.catch((fault: unknown) => {
      this.#unsure(callId);
      throw fault;
    });
    if (after === null || !isOpen(after, callId)) this.#running.delete(callId);
    else if (running.withdrawn) running.result = 'customerCalled';
    // Writing may have taken long: another controller may have begun anew what this one has not dialled.
    else if (this.#stopped || !mayDial()) this.#unsure(callId);
    else {
      const outcome = dial(after, callId, agentId);
      if (outcome === 'impossible') running.result = 'unavailable';
      if (outcome === 'agentTaken') this.#unsure(callId);
    }
  }

  /** Nothing was dialled, and it may be noted as begun. */
  #unsure(callId: CallId): void {
    this.#running.delete(callId);
    this.#mustTakeUp = true;
  }

  async #settle(callId: CallId, running: Running, seen: AttemptResult): Promise<void> {
    const { store, clock, takers } = this.#ports;
    const result = running.withdrawn ? 'customerCalled' : seen;
    await store.change(running.callback.id, (each) =>
      isOpen(each, callId) ? settledBy(takers, each, result, running, clock.now()) : each,
    );
    this.#running.delete(callId);
  }
}
