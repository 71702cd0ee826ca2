/**
 * One call's mailbox: the only place where a call's state is replaced. Decisions are made in order and never wait for Asterisk;
 * what was decided is appended, then acted on, then published. The steps to Asterisk are always computed from the newest state that
 * is durable, so decisions that follow one another closely (a caller joins, an agent is offered) lead to one plan.
 */
import { afterFact, afterStep } from '../core/call/actual.js';
import type { Beginning, CallCommand, CallFact } from '../core/call/command.js';
import { begin, decide } from '../core/call/decide.js';
import type { CallEvent, CallEventBody } from '../core/call/event.js';
import { applied, leadsToNoStep, recorded } from '../core/call/history.js';
import { nextDeadline, observe } from '../core/call/observe.js';
import { type Actual, NOTHING_YET, plan, type Step } from '../core/call/plan.js';
import type { Call, CallId, LegId } from '../core/call/state.js';
import { topology } from '../core/call/topology.js';
import { isRefusal, type Refusal } from '../core/refusal.js';
import type { PhoneFact, PhoneSystem, StepResult } from './phone-system.js';
import type { Clock, Journal, Log } from './ports.js';
import { SecondLook } from './second-look.js';
import { failureOf } from './step-failure.js';

/** How long steps wait for the database. Well below the 2 s for which anybody may be left alone. */
const PATIENCE_MS = 1_000;

export interface MailboxListener {
  /** At once, in order, before anything is durable: the dispatcher's and the agents' ear. `before` is null for a new call. */
  decided(before: Call | null, after: Call, events: readonly CallEvent[]): void;
  /** Once the events are durable: for those who watch. */
  published(after: Call, events: readonly CallEvent[]): void;
  /** Ended, and nothing of it is left in Asterisk. */
  retired(id: CallId): void;
}

export interface MailboxPorts {
  readonly journal: Journal;
  readonly phones: PhoneSystem;
  readonly clock: Clock;
  readonly log: Log;
  readonly listener: MailboxListener;
}

export class CallMailbox {
  readonly id: CallId;
  readonly #ports: MailboxPorts;
  #call: Call | null = null;
  #actual: Actual = NOTHING_YET;
  /** Facts that came before the call was begun (its routing was still being looked up). */
  #early: CallFact[] = [];
  #pendingAppends = 0;
  #revision = 0;
  /** A call taken up from an earlier run: nothing is commanded before a picture says what Asterisk still has. */
  #unseen = false;
  #durable: Promise<void> = Promise.resolve();
  #deadline: NodeJS.Timeout | undefined;
  #overdue: NodeJS.Timeout | undefined;
  readonly #secondLook = new SecondLook((doubtful) => this.#lookAgain(doubtful));

  constructor(id: CallId, ports: MailboxPorts) {
    this.id = id;
    this.#ports = ports;
  }

  /** Null until begun. */
  get call(): Call | null {
    return this.#call;
  }

  get actual(): Actual {
    return this.#actual;
  }

  /** Grows with everything that is told, decided or sent. */
  get revision(): number {
    return this.#revision;
  }

  /** Brings the call into being; what was told of its legs meanwhile is observed at once. */
  begin(beginning: Beginning): void {
    if (beginning.type === 'arrive') {
      this.#actual = afterFact(this.#actual, { type: 'legThere', legId: beginning.leg.id, stage: 'arrived' });
    }
    this.#record(begin(beginning, this.#ports.clock.now()));
    const early = this.#early;
    this.#early = [];
    for (const fact of early) this.observe(fact);
  }

  /** Takes up a call where an earlier controller left it. The first reconcile says what Asterisk still has. */
  restore(events: readonly CallEvent[]): void {
    for (const event of events) this.#call = applied(this.#call, event);
    this.#unseen = true;
    this.#setDeadline();
  }

  /** Resolves with the call once what was decided is durable. */
  async command(command: CallCommand): Promise<Call | Refusal> {
    const decided = this.decideNow(command);
    if (isRefusal(decided)) return decided;
    await this.#durable;
    return decided;
  }

  /** Resolves when everything decided so far is durable. */
  written(): Promise<void> {
    return this.#durable;
  }

  /** As `command`, without waiting. */
  decideNow(command: CallCommand): Call | Refusal {
    const call = this.#call;
    if (call === null) return { refused: 'notFound', message: 'There is no such call.' };
    const events = decide(call, command, this.#ports.clock.now());
    return isRefusal(events) ? events : (this.#record(events) ?? call);
  }

  fact(fact: PhoneFact): void {
    this.#revision += 1;
    const before = this.#actual;
    if (fact.media !== null) this.#actual = afterFact(before, fact.media);
    if (fact.call !== null) this.observe(fact.call);
    if (this.#actual !== before) this.#act();
  }

  observe(fact: CallFact): void {
    if (this.#call === null) this.#early.push(fact);
    else this.#record(observe(this.#call, fact, this.#ports.clock.now()));
  }

  /** Replaces the picture of what Asterisk has and mends every difference. */
  reconcile(actual: Actual): void {
    const gone = [...this.#actual.legs.keys()].filter((id) => !actual.legs.has(id));
    const known = this.#call === null ? [] : Object.values(this.#call.legs);
    // A leg that the call counts on and that neither picture has: it went while nobody listened.
    const lost = known.filter((leg) => !actual.legs.has(leg.id) && (leg.phase !== 'dialling' || gone.includes(leg.id)));
    this.#actual = actual;
    this.#unseen = false;
    for (const leg of known) {
      if (leg.phase !== 'leaving' && actual.legs.get(leg.id)?.stage === 'up')
        this.observe({ type: 'legAnswered', legId: leg.id });
    }
    for (const leg of lost) this.observe({ type: 'legLeft', legId: leg.id, cause: 0 });
    this.observe({ type: 'clock' });
    this.#act();
  }

  /** Stops timers; the call itself is untouched. */
  stop(): void {
    clearTimeout(this.#deadline);
    this.#secondLook.stop();
    clearTimeout(this.#overdue);
  }

  #record(bodies: readonly CallEventBody[]): Call | null {
    if (bodies.length === 0) return this.#call;
    this.#revision += 1;
    const { clock, journal, log, listener } = this.#ports;
    const before = this.#call;
    const { events, after } = recorded(this.id, before, bodies, clock.now());
    this.#call = after;
    if (after === null) return null;
    const state = after;
    const patient = events.every(leadsToNoStep);
    if (!patient) this.#await();
    this.#durable = journal
      .append({ stream: 'call', id: this.id, events }, patient)
      .catch((error: unknown) => {
        // The call is worth more than its record: it goes on, and the loss is reported.
        log.error({ callId: this.id, error: String(error) }, 'events of a call could not be written');
      })
      .then(() => {
        if (!patient) this.#arrived();
        this.#written(state, events);
      });
    this.#setDeadline();
    listener.decided(before, state, events);
    if (events.some(({ type }) => type === 'call.offered')) this.#prepare();
    return this.#call;
  }

  #await(): void {
    this.#pendingAppends += 1;
    this.#overdue ??= setTimeout(() => this.#act(true), PATIENCE_MS);
  }

  #arrived(): void {
    this.#pendingAppends -= 1;
    if (this.#pendingAppends > 0) return;
    clearTimeout(this.#overdue);
    this.#overdue = undefined;
  }

  #written(call: Call, events: readonly CallEvent[]): void {
    this.#act();
    this.#ports.listener.published(call, events);
  }

  /**
   * Sends the steps from what is to what should be. While something newer is being written, the act after it is enough; but a
   * database that does not answer (`late`) must not leave anybody in silence.
   */
  #act(late = false): void {
    const call = this.#call;
    if (call === null || (this.#pendingAppends > 0 && !late) || this.#unseen) return;
    for (const step of plan(this.#actual, topology(call))) this.#send(step);
    // A leg that was released before it was ever asked for will not be told of by Asterisk.
    for (const leg of Object.values(call.legs)) {
      if (leg.phase === 'leaving' && !this.#actual.legs.has(leg.id))
        this.observe({ type: 'legLeft', legId: leg.id, cause: 0 });
    }
    if (call.phase === 'ended' && this.#actual.legs.size === 0 && Object.keys(call.legs).length === 0) {
      this.stop();
      this.#ports.listener.retired(this.id);
    }
  }

  /**
   * Makes the channels of phones while the decision to ring them is still being written. Nobody hears of a channel until it is
   * dialled, which waits for the write; one that is left over (the controller died in between) is cleared away as a stray.
   */
  #prepare(): void {
    if (this.#call === null || this.#unseen) return;
    for (const step of plan(this.#actual, topology(this.#call))) if (step.type === 'create') this.#send(step);
  }

  #send(step: Step): void {
    this.#revision += 1;
    this.#actual = afterStep(this.#actual, step);
    void this.#ports.phones.perform(step).then((result) => this.#performed(step, result));
  }

  #performed(step: Step, result: StepResult): void {
    if (result === 'done') return;
    const { media, call, doubtful } = failureOf(step, result);
    this.#ports.log.debug({ callId: this.id, step: step.type, result }, 'a step was not done');
    for (const fact of media) this.#actual = afterFact(this.#actual, fact);
    for (const fact of call) this.observe(fact);
    // With the connection lost, the reconcile after it comes back looks at everything.
    if (result !== 'lost') this.#secondLook.request(doubtful);
  }

  #lookAgain(doubtful: readonly LegId[]): void {
    for (const legId of doubtful) {
      if (!this.#actual.legs.has(legId)) continue;
      this.#actual = afterFact(this.#actual, { type: 'legGone', legId });
      this.observe({ type: 'legLeft', legId, cause: 0 });
    }
    this.#act();
  }

  #setDeadline(): void {
    clearTimeout(this.#deadline);
    const at = this.#call === null ? null : nextDeadline(this.#call);
    if (at === null) return;
    const delay = Math.max(0, at - this.#ports.clock.now());
    this.#deadline = setTimeout(() => this.observe({ type: 'clock' }), Math.min(delay, 2 ** 31 - 1));
  }
}
