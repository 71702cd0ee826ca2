/** Tells a call's story in tests: how it began, what was asked, what happened; every event passes the rules that always hold. */
import type { Beginning, CallCommand, CallFact } from '../../src/core/call/command.js';
import { begin, decide } from '../../src/core/call/decide.js';
import type { CallEvent, CallEventBody } from '../../src/core/call/event.js';
import { evolve, start } from '../../src/core/call/evolve.js';
import { observe } from '../../src/core/call/observe.js';
import { type Call, type CallId, type Instant, type LegId, linesOf } from '../../src/core/call/state.js';
import { isRefusal, type Refusal } from '../../src/core/refusal.js';

export class CallStory {
  readonly events: CallEvent[] = [];
  readonly #left = new Set<LegId>();
  #call: Call;
  now: Instant;

  constructor(beginning: Beginning, now: Instant = 0, callId: CallId = 'c1') {
    this.now = now;
    const [first, ...rest] = begin(callId, beginning, now);
    if (first?.type !== 'call.started') throw new Error('a call must begin with call.started');
    this.#call = start(callId, first, now);
    this.events.push({ ...first, callId, seq: 1, at: now, v: 1 });
    this.#apply(rest);
  }

  get call(): Call {
    return this.#call;
  }

  /** The events so far without their envelope. */
  get bodies(): readonly CallEventBody[] {
    return this.events.map(({ callId: _id, seq: _seq, at: _at, v: _v, ...body }) => body);
  }

  /** A command at the present moment: its events, or why it was refused. */
  command(command: CallCommand): readonly CallEventBody[] | Refusal {
    const decided = decide(this.#call, command, this.now);
    if (!isRefusal(decided)) this.#apply(decided);
    return decided;
  }

  fact(fact: CallFact): readonly CallEventBody[] {
    const events = observe(this.#call, fact, this.now);
    this.#apply(events);
    return events;
  }

  rings(legId: LegId): readonly CallEventBody[] {
    return this.fact({ type: 'legRinging', legId });
  }

  answers(legId: LegId): readonly CallEventBody[] {
    return this.fact({ type: 'legAnswered', legId });
  }

  leaves(legId: LegId, cause = 16): readonly CallEventBody[] {
    return this.fact({ type: 'legLeft', legId, cause });
  }

  /** Time passes, and the clock is looked at. */
  after(ms: number): readonly CallEventBody[] {
    this.now += ms;
    return this.fact({ type: 'clock' });
  }

  /** Time passes unnoticed. */
  wait(ms: number): this {
    this.now += ms;
    return this;
  }

  #apply(bodies: readonly CallEventBody[]): void {
    for (const body of bodies) {
      const before = this.#call.seq;
      this.#call = evolve(this.#call, body, this.now);
      this.events.push({ ...body, callId: this.#call.id, seq: this.#call.seq, at: this.now, v: 1 });
      if (body.type === 'leg.left') this.#left.add(body.legId);
      if (body.type === 'legs.handedOver') for (const legId of body.legIds) this.#left.add(legId);
      const broken = brokenRule(this.#call, before, this.#left);
      if (broken !== null) throw new Error(`after ${body.type}: ${broken}`);
    }
  }
}

/** What must hold after every single event, or null. */
export function brokenRule(call: Call, seqBefore: number, left: ReadonlySet<LegId>): string | null {
  if (call.seq !== seqBefore + 1) return `the sequence number went from ${seqBefore} to ${call.seq}`;
  for (const id of left) if (call.legs[id] !== undefined) return `leg ${id} left and is still part of the call`;
  const lines = linesOf(call);
  const talking = lines.flatMap(({ conversation }) => conversation?.legIds ?? []);
  if (new Set(talking).size !== talking.length) return 'a leg is in two conversations';
  if (lines.some(({ conversation }) => conversation?.legIds.length === 1)) return 'a leg talks with nobody';
  const active = lines.flatMap(({ members }) => members.filter(({ away }) => !away).map(({ legId }) => legId));
  if (new Set(active).size !== active.length) return 'a leg takes part in two lines';
  for (const { id, members } of lines) {
    const legIds = members.map(({ legId }) => legId);
    if (new Set(legIds).size !== legIds.length) return `a leg is twice on line ${id}`;
    const absent = legIds.find((legId) => call.legs[legId] === undefined || call.legs[legId]?.phase === 'leaving');
    if (absent !== undefined) return `leg ${absent} is going or gone and still on line ${id}`;
  }
  return null;
}

/** The state that the stored events alone give. */
export function replayed(events: readonly CallEvent[]): Call {
  const [first, ...rest] = events;
  if (first?.type !== 'call.started') throw new Error('a call must begin with call.started');
  return rest.reduce<Call>((call, event) => evolve(call, event, event.at), start(first.callId, first, first.at));
}
