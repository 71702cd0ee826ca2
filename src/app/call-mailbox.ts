/**
 * One call's mailbox: the only place where a call's state is replaced. Decisions are made in order and never wait for Asterisk; what
 * was decided is appended, then acted on, then published. Steps are always computed from the newest state that is durable, so decisions
 * that follow one another closely (a caller joins, an agent is offered) lead to one plan.
 */
import { afterFact, afterStep } from '../core/call/actual.js';
import type { Beginning, CallCommand, CallFact } from '../core/call/command.js';
import { begin, decide } from '../core/call/decide.js';
import type { CallEvent, CallEventBody } from '../core/call/event.js';
import { applied, isOver, leadsToNoStep, recorded } from '../core/call/history.js';
import { leftBehind, missedFacts } from '../core/call/missed.js';
import { nextDeadline, observe } from '../core/call/observe.js';
import { type Actual, NOTHING_YET, type Step } from '../core/call/plan.js';
import type { Call, CallId, Instant, LegId } from '../core/call/state.js';
import { isRefusal, type Refusal } from '../core/refusal.js';
import { BegunRecordings } from './begun-recordings.js';
import { Deadline } from './deadline.js';
import { Durability, goesOn } from './durability.js';
import type { MailboxPorts } from './mailbox-ports.js';
import type { PhoneFact, StepResult } from './phone-system.js';
import { SecondLook } from './second-look.js';
import { failureOf } from './step-failure.js';
import { stepsTo } from './steps-to.js';

export class CallMailbox {
  readonly id: CallId;
  readonly #ports: MailboxPorts;
  #call: Call | null = null;
  #actual: Actual = NOTHING_YET;
  #revision = 0;
  /** A call taken up from an earlier run: nothing is commanded before a picture says what Asterisk still has. */
  #unseen = false;
  #durable: Promise<void> = Promise.resolve();
  /** The calls that have legs of this one now. */
  readonly #heirs = new Map<LegId, CallMailbox>();
  readonly #recordings = new BegunRecordings();
  readonly #deadline: Deadline;
  readonly #durability = new Durability(() => this.#act());
  readonly #secondLook = new SecondLook((doubtful) => this.#lookAgain(doubtful));

  constructor(id: CallId, ports: MailboxPorts) {
    this.id = id;
    this.#ports = ports;
    this.#deadline = new Deadline(
      ports.clock,
      () => this.#timeCounts(),
      (now) => {
        this.observe({ type: 'clock' }, now);
        this.#setDeadline();
      },
    );
  }

  /** Null until begun. */
  get call(): Call | null {
    return this.#call;
  }

  get actual(): Actual {
    return this.#actual;
  }

  /** Grows with everything that is told, decided or sent. */
  get revision() {
    return this.#revision;
  }

  /** Brings the call into being. */
  begin(beginning: Beginning): void {
    if (beginning.type === 'arrive') {
      const { leg, dialled } = beginning;
      this.#actual = afterFact(this.#actual, { type: 'legThere', legId: leg.id, stage: 'arrived' });
      // A phone shows what was dialled on it.
      this.#actual = afterStep(this.#actual, { type: 'show', legId: leg.id, party: { number: dialled, name: '' } });
    }
    const now = this.#ports.clock.now();
    this.#record(begin(this.id, beginning, now), now);
  }

  /** Takes up a call where an earlier controller left it. The first reconcile says what Asterisk still has. */
  restore(events: readonly CallEvent[]): void {
    for (const event of events) this.#call = applied(this.#call, event);
    this.#actual = leftBehind(this.#call);
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
    const now = this.#ports.clock.now();
    const events = decide(call, command, now);
    return isRefusal(events) ? events : (this.#record(events, now) ?? call);
  }

  fact(fact: PhoneFact): void {
    this.#revision += 1;
    const before = this.#actual;
    if (fact.media !== null) this.#actual = afterFact(before, fact.media);
    if (fact.call !== null) this.observe(fact.call);
    if (this.#actual === before) return;
    // A leg that left its conversation unasked has nearly always hung up: its end is on the way, and joining it again is in vain.
    if (fact.media?.type === 'parted') this.#secondLook.request(null);
    else this.#act();
  }

  /** The legs go over to another call: what Asterisk has of them goes with them, and so does what it answers from now on. */
  give(legIds: readonly LegId[], heir: CallMailbox): void {
    const given = [...this.#actual.legs].filter(([id]) => legIds.includes(id));
    for (const id of legIds) {
      this.#heirs.set(id, heir);
      heir.#heirs.delete(id);
    }
    this.#actual = { ...this.#actual, legs: new Map([...this.#actual.legs].filter(([id]) => !legIds.includes(id))) };
    heir.#actual = { ...heir.#actual, legs: new Map([...heir.#actual.legs, ...given]) };
  }

  observe(fact: CallFact, now = this.#ports.clock.now()): void {
    if (this.#call !== null) this.#record(observe(this.#call, fact, now), now);
  }

  /** Replaces the picture of what Asterisk, started then, has and mends every difference. */
  reconcile(actual: Actual, startedAt: Instant | null = null): void {
    const before = this.#actual;
    this.#actual = actual;
    this.#unseen = false;
    if (this.#call !== null) for (const fact of missedFacts(this.#call, before, actual, startedAt)) this.observe(fact);
    this.#act();
  }

  /** Stops timers; the call itself is untouched. */
  stop(): void {
    this.#deadline.stop();
    this.#secondLook.stop();
    this.#durability.stop();
  }

  #record(bodies: readonly CallEventBody[], at: Instant): Call | null {
    if (bodies.length === 0) return this.#call;
    this.#revision += 1;
    const { journal, log, listener } = this.#ports;
    const before = this.#call;
    const { events, after } = recorded(this.id, before, bodies, at);
    this.#call = after;
    if (after === null) return null;
    const state = after;
    this.#recordings.decided(events);
    const patient = events.every(leadsToNoStep);
    if (!patient) this.#durability.handedIn();
    // Something happens to the call: what could not be done before may go better soon.
    if (!patient) this.#secondLook.hurry();
    const written = journal.append({ stream: 'call', id: this.id, events, over: isOver(state) }, patient);
    this.#durable = goesOn(written, this.id, log).then((isOurs) => {
      if (!isOurs) return;
      if (!patient) this.#durability.written();
      this.#act();
      listener.published(state, events);
    });
    this.#setDeadline();
    listener.decided(before, state, events);
    if (events.some(({ type }) => type === 'call.offered')) this.#prepare();
    return this.#call;
  }

  /** Sends the steps from what is to what should be. While something newer is being written, the act after it is enough. */
  #act(): void {
    const call = this.#call;
    if (call === null || !(this.#durability.isWhole || this.#durability.isLate) || this.#unseen) return;
    const steps = stepsTo(call, this.#actual, this.#ports.mayPress).filter((step) => this.#durability.allows(step));
    this.#ports.phones.together(() => {
      for (const step of steps) this.#send(step);
    });
    // A leg that was released before it was ever asked for will not be told of by Asterisk.
    for (const leg of Object.values(call.legs)) {
      if (leg.phase === 'leaving' && !this.#actual.legs.has(leg.id))
        this.observe({ type: 'legLeft', legId: leg.id, cause: 0 });
    }
    for (const fact of this.#recordings.neverBegun(call)) this.observe(fact);
    if (isOver(call) && this.#actual.legs.size === 0 && !this.#durability.isLate) {
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
    for (const step of stepsTo(this.#call, this.#actual, this.#ports.mayPress))
      if (step.type === 'create') this.#send(step);
  }

  #send(step: Step): void {
    this.#revision += 1;
    this.#actual = afterStep(this.#actual, step);
    this.#recordings.asked(step);
    void this.#ports.phones.perform(step).then((result) => this.#performed(step, result));
  }

  #performed(step: Step, result: StepResult): void {
    if (result === 'done') return;
    const heir = 'legId' in step ? this.#heirs.get(step.legId) : undefined;
    if (heir !== undefined) {
      heir.#performed(step, result);
      return;
    }
    const { media, call, doubtful } = failureOf(step, result);
    this.#ports.log.debug({ callId: this.id, step: step.type, result }, 'a step was not done');
    for (const fact of media) this.#actual = afterFact(this.#actual, fact);
    for (const fact of call) this.observe(fact);
    // Too early only: the leg is dialled as soon as it is there, or at once if that has been told meanwhile.
    if (step.type === 'dial' && step.early && result === 'failed') this.#act();
    // With the connection lost, the reconcile after it comes back looks at everything.
    else if (result !== 'lost') this.#secondLook.request(doubtful);
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
    this.#deadline.set(this.#call === null ? null : nextDeadline(this.#call));
  }

  /** While the database is away no phone is dialled, and without Asterisk no answer is heard of: nobody fails to answer then. */
  #timeCounts(): boolean {
    return this.#durability.isWhole && this.#ports.phones.status === 'connected' && !this.#unseen;
  }
}
