/**
 * One party in one scenario. What is decided is decided by `advance`; here it is done: the position is kept before anything is said,
 * so that whoever takes the call up goes on at the same step. A party is never left in silence: whatever goes wrong leads to the
 * scenario's fallback queue, or to the PBX's fallback.
 */
import type { CallCommand } from '../../core/call/command.js';
import type { CallEvent } from '../../core/call/event.js';
import type { Call, CallId, LineId, Onward, Party, ScriptKeep } from '../../core/call/state.js';
import { isRefusal } from '../../core/refusal.js';
import { advance } from '../../core/scenario/advance.js';
import type { Effect, Input } from '../../core/scenario/effect.js';
import { beginning, type Position, readPosition, written } from '../../core/scenario/position.js';
import type { ScenarioId, ScenarioRef } from '../../core/scenario/scenario.js';
import type { PublishedScenario } from '../configuration-store.js';
import type { ScriptedLine } from '../scripts.js';
import { commandOf, isPlain, promiseOf } from './commands.js';
import { fallbackOf, onwardTo } from './goal.js';
import { Keypad } from './keypad.js';
import { partyOn, worldOf } from './local-time.js';
import type { RunPorts } from './run-ports.js';
import { Sayings } from './sayings.js';
import { refOf } from './start.js';
import { versionOf } from './versions.js';

/** Somebody else is asked, and the caller waits: music from then on. */
const SILENCE_MS = 1_000;
const MOST_HOPS = 10;

export class Run {
  readonly #ports: RunPorts;
  readonly #callId: CallId;
  readonly #lineId: LineId;
  readonly #sayings: Sayings;
  readonly #keypad: Keypad;
  #call: Call;
  #line: ScriptedLine;
  #published: PublishedScenario | null = null;
  #position: Position | null = null;
  /** Heard while the scenario is being read. */
  readonly #early: Input[] = [];
  #timer: NodeJS.Timeout | undefined;
  #over = false;

  constructor(ports: RunPorts, call: Call, line: ScriptedLine) {
    this.#ports = ports;
    this.#callId = call.id;
    this.#lineId = line.id;
    this.#call = call;
    this.#line = line;
    this.#keypad = new Keypad(ports.digits, (key) => this.#hear({ type: 'key', key }));
    this.#sayings = new Sayings(ports, call.id, line.id, (command) => this.#ask(command));
  }

  /** From the position that the line has, or from the start. */
  begin(): void {
    const { script } = this.#line;
    const stored = readPosition(script.position);
    const ref = stored?.scenario ?? refOf(script.name);
    this.#tune();
    if (script.active) this.#early.push({ type: 'begin' });
    if (ref === null) this.#fail('unknownScenario');
    else this.#read(ref, stored);
  }

  /** The call has changed. */
  heard(call: Call, line: ScriptedLine, events: readonly CallEvent[]): void {
    this.#call = call;
    this.#line = line;
    this.#tune();
    for (const event of events) {
      if (event.type === 'announcement.ended') {
        const input = this.#sayings.ended(event.announcementId);
        if (input !== null) this.#hear(input);
      } else if (event.type === 'script.suspended' && event.lineId === this.#lineId) clearTimeout(this.#timer);
      else if (event.type === 'script.resumed' && event.lineId === this.#lineId)
        this.#hear({ type: 'back', outcome: event.outcome });
    }
  }

  /** The party has gone, or has left the scenario. */
  end(): void {
    this.stop();
    this.#sayings.end();
  }

  /** The party stays where it is, and somebody else takes it up. */
  stop(): void {
    this.#over = true;
    clearTimeout(this.#timer);
    this.#tune();
  }

  /** Keys count while the party is led, and in a queue that a key leads out of, until somebody answers. */
  #tune(): void {
    const { script, members } = this.#line;
    const step = this.#position === null ? undefined : this.#published?.scenario.steps[this.#position.step];
    const leadsOut = step?.type === 'queue' && Object.keys(step.keys).length > 0 && !script.talked;
    this.#keypad.listen(members[0]?.legId, !this.#over && (script.active || leadsOut));
  }

  #read(ref: ScenarioRef, stored: Position | null): void {
    const start = (published: PublishedScenario) => {
      this.#published = published;
      this.#position = stored ?? beginning(ref, published.scenario.start, this.#ports.clock.now());
      this.#tune();
      for (const input of this.#early.splice(0)) this.#hear(input);
    };
    const found = versionOf(ref, this.#ports.routing().settings, this.#ports.scenarios);
    if (found instanceof Promise) found.then(start).catch((error: unknown) => this.#fail(String(error)));
    else start(found);
  }

  #hear(input: Input): void {
    const [published, position] = [this.#published, this.#position];
    if (this.#over) return;
    if (published === null || position === null) {
      this.#early.push(input);
      return;
    }
    try {
      const { scenario } = published;
      const now = this.#ports.clock.now();
      const world = worldOf(this.#call, this.#party(), this.#ports.routing().callers, scenario.zone, now);
      const turn = advance(scenario, position, input, world);
      if (turn.position === position) return;
      this.#position = turn.position;
      clearTimeout(this.#timer);
      this.#keep(turn.position, null);
      for (const effect of turn.effects) this.#do(effect, turn.position);
    } catch (error) {
      this.#fail(String(error));
    }
  }

  #do(effect: Effect, position: Position): void {
    if (isPlain(effect)) {
      this.#ask(commandOf(effect, this.#lineId));
      return;
    }
    switch (effect.type) {
      case 'say':
        this.#sayings.say(effect);
        break;
      case 'record':
        this.#sayings.record(effect, this.#party(), (input) => this.#hear(input));
        break;
      case 'timer':
        this.#later(effect.ms, () => this.#hear({ type: 'timeout', turn: effect.turn }));
        break;
      case 'web':
        this.#web(effect, position);
        break;
      case 'go':
        this.#go(effect, position);
        break;
      case 'callback':
        this.#promise(effect);
        break;
      case 'scenario':
        this.#other(effect.scenarioId, position);
        break;
      case 'release':
        this.#sendOn({ kind: 'nowhere', reason: effect.reason }, position);
        break;
      case 'fail':
        this.#fail(effect.why);
        break;
    }
  }

  #web({ turn, request }: Extract<Effect, { type: 'web' }>, position: Position): void {
    this.#later(SILENCE_MS, () => this.#keep(position, this.#call.holdMusic));
    void this.#ports.web.ask(request).then((outcome) => this.#hear({ type: 'web', turn, ...outcome }));
  }

  #promise(effect: Extract<Effect, { type: 'callback' }>): void {
    const now = this.#ports.clock.now();
    const promised = promiseOf(effect, this.#call, this.#party(), this.#published?.scenario.zone ?? 'UTC', now);
    const kept = this.#ports.callbacks().promise(promised);
    void kept.then((ok) => this.#hear({ type: 'promised', turn: effect.turn, ok }));
  }

  #go({ to, comesBack }: Extract<Effect, { type: 'go' }>, position: Position): void {
    const onward = onwardTo(to, this.#ports.routing(), this.#callId, this.#party());
    if (typeof onward === 'string') {
      this.#hear({ type: 'back', outcome: onward });
      return;
    }
    if (!this.#sendOn(onward, position, comesBack)) this.#hear({ type: 'back', outcome: 'refused' });
  }

  /** The call keeps the name of the scenario that it began with; the position says in which it is. */
  #other(id: ScenarioId, former: Position): void {
    const published = this.#ports.routing().settings.scenarios.get(id);
    if (published === undefined || former.hops >= MOST_HOPS) {
      this.#fail(published === undefined ? 'unknownScenario' : 'runsInCircles');
      return;
    }
    const { version, scenario } = published;
    this.#published = published;
    this.#position = beginning({ id, version }, scenario.start, this.#ports.clock.now(), former);
    this.#hear({ type: 'begin' });
  }

  #fail(why: string): void {
    if (this.#over) return;
    const { log, routing } = this.#ports;
    log.warn({ callId: this.#callId, script: this.#line.script.name, why }, 'a scenario could not go on');
    this.#sendOn(fallbackOf(this.#published, routing(), this.#call, this.#party()), this.#position);
  }

  #sendOn(onward: Onward, position: Position | null, keep: ScriptKeep = 'no'): boolean {
    const text = position === null ? this.#line.script.position : written(position);
    return this.#ask({ type: 'scriptGo', lineId: this.#lineId, onward, keep, position: text });
  }

  #keep(position: Position, music: string | null): void {
    this.#ask({ type: 'scriptStep', lineId: this.#lineId, position: written(position), music });
  }

  /** One thing at a time is waited for. */
  #later(ms: number, what: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(what, ms);
  }

  #party(): Party {
    return partyOn(this.#call, this.#line);
  }

  /** False when it is refused: the party is just leaving, or was taken elsewhere. */
  #ask(command: CallCommand): boolean {
    const result = this.#ports.mailbox(this.#callId)?.decideNow(command);
    return result !== undefined && !isRefusal(result);
  }
}
