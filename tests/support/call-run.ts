/** One call and a simulated Asterisk in any order of commands, facts, delays and failures. */
import { afterFact, afterStep } from '../../src/core/call/actual.js';
import type { Beginning } from '../../src/core/call/command.js';
import { activeLine, linesWith } from '../../src/core/call/line.js';
import { nextDeadline } from '../../src/core/call/observe.js';
import { type Actual, NOTHING_YET, plan } from '../../src/core/call/plan.js';
import type { LegId } from '../../src/core/call/state.js';
import { topology } from '../../src/core/call/topology.js';
import type { Action } from './call-actions.js';
import { SimulatedAsterisk, type Told } from './call-asterisk.js';
import { CallStory } from './call-story.js';

const LONGEST_SETTLING = 500;

function described(id: string, recording: { readonly name: string; readonly paused: boolean } | null): string {
  return recording === null ? id : `${id} ${recording.name}${recording.paused ? ' paused' : ''}`;
}

export class CallRun {
  readonly story: CallStory;
  readonly asterisk = new SimulatedAsterisk();
  /** Everything told so far, to be told again much later. */
  readonly #past: Told[] = [];
  #actual: Actual = NOTHING_YET;

  constructor(beginning: Beginning) {
    if (beginning.type === 'arrive') {
      this.asterisk.callIn(beginning.leg.id);
      this.#actual = afterFact(this.#actual, { type: 'legThere', legId: beginning.leg.id, stage: 'arrived' });
    }
    this.story = new CallStory(beginning);
    this.#act();
  }

  perform(action: Action): void {
    const { asterisk, story } = this;
    switch (action.kind) {
      case 'command':
        story.command(action.command);
        if (action.actsAtOnce) this.#act();
        return;
      case 'foreign':
        story.fact(action.fact);
        return;
      case 'late': {
        const told = this.#past[action.pick % Math.max(1, this.#past.length)];
        if (told !== undefined) this.#hear({ ...told, media: null });
        return;
      }
      case 'carryOut':
        asterisk.carryOut(action.failing);
        return;
      case 'tell': {
        const told = asterisk.next(action.again);
        if (told !== undefined) this.#hear(told, action.actsAtOnce);
        return;
      }
      case 'time':
        story.after(action.ms);
        this.#act();
        return;
      case 'person':
        this.#person(action);
        return;
      case 'settle':
        this.settle();
        return;
    }
  }

  /** Asterisk carries out and tells everything; nobody does anything meanwhile. Then all must be well. */
  settle(): void {
    for (let turn = 0; turn < LONGEST_SETTLING; turn += 1) {
      this.#act();
      this.#missed();
      if (this.asterisk.idle) {
        this.#allIsWell();
        return;
      }
      this.asterisk.carryOut();
      const told = this.asterisk.next();
      if (told !== undefined) this.#hear(told);
    }
    throw new Error('plan and Asterisk never come to rest');
  }

  /** All parties hang up, also those who are still being dialled. */
  everybodyGoes(): void {
    for (let turn = 0; turn < 3; turn += 1) {
      for (const legId of [...this.asterisk.legs.keys()]) this.asterisk.hangUp(legId, 16);
      this.settle();
    }
  }

  #person(action: Extract<Action, { kind: 'person' }>): void {
    const legIds = [...this.asterisk.legs.keys()];
    const legId = legIds[action.pick % Math.max(1, legIds.length)];
    if (legId === undefined) return;
    if (action.does === 'rings') this.asterisk.ring(legId);
    else if (action.does === 'picksUp') this.asterisk.pickUp(legId);
    else if (action.does === 'hearsItAll') this.asterisk.finishAnnouncement(legId);
    else this.asterisk.hangUp(legId, action.cause);
  }

  #hear(told: Told, actsAtOnce = true): void {
    this.#past.push(told);
    if (told.media !== null) this.#actual = afterFact(this.#actual, told.media);
    if (told.call !== null) this.story.fact(told.call);
    if (actsAtOnce || told.media?.type === 'comfortLost') this.#act();
  }

  #act(): void {
    const wanted = topology(this.story.call);
    const steps = plan(this.#actual, wanted);
    this.#actual = steps.reduce(afterStep, this.#actual);
    const more = plan(this.#actual, wanted);
    if (more.length > 0) throw new Error(`a plan that is not whole: ${JSON.stringify(more)}`);
    this.asterisk.send(steps);
  }

  /** A leg let go before it was ever created is told of by nobody; comparing with Asterisk shows that it is not there. */
  #missed(): void {
    for (const leg of Object.values(this.story.call.legs)) {
      if (leg.phase === 'leaving' && !this.#actual.legs.has(leg.id)) this.story.leaves(leg.id, 0);
    }
  }

  #allIsWell(): void {
    const { call } = this.story;
    const deadline = nextDeadline(call);
    if (deadline !== null && call.phase === 'ended' && call.openRecordings.length === 0) throw new Error('an ended call waits for something');
    const wanted = [...topology(call).conversations].map(([id, { recording }]) => described(id, recording));
    const there = [...this.asterisk.conversations].map(([id, { recording, paused }]) =>
      described(id, recording === null ? null : { name: recording, paused }),
    );
    if (wanted.sort().join() !== there.sort().join()) {
      throw new Error(`conversations wanted: ${wanted}, there: ${there}`);
    }
    for (const legId of this.asterisk.legs.keys()) {
      const trouble = this.#troubleOf(legId);
      if (trouble !== null) throw new Error(`${legId} (call ${call.phase}): ${trouble}`);
    }
    for (const legId of Object.keys(call.legs)) {
      if (!this.asterisk.legs.has(legId)) throw new Error(`${legId} is part of the call and not in Asterisk`);
    }
  }

  /** Only an agent may: whoever put somebody on hold need not be entertained. */
  #holdsAllLines(legId: LegId): boolean {
    const { call } = this.story;
    const isAgent = (call.legs[legId]?.agentId ?? null) !== null;
    return isAgent && linesWith(call, legId).length > 0 && activeLine(call, legId) === null;
  }

  #troubleOf(legId: LegId): string | null {
    const known = this.story.call.legs[legId];
    const leg = this.asterisk.legs.get(legId);
    if (known === undefined || known.phase === 'leaving') return 'should be gone from Asterisk';
    if (leg === undefined || leg.stage === 'dialled') return null;
    if (leg.stage === 'created') return 'was never dialled';
    const comfort = [leg.ringing, leg.music !== null, leg.announcementId !== null].filter(Boolean).length;
    if (leg.conversationId !== null) {
      if (comfort > 0) return 'hears something besides the conversation';
      if (leg.muted !== known.muted) return `is ${leg.muted ? '' : 'not '}muted`;
      return this.asterisk.partners(legId).length > 0 ? null : 'is alone in a conversation';
    }
    if (comfort === 0) return this.#holdsAllLines(legId) ? null : 'is left in silence';
    return comfort > 1 ? 'hears two things at once' : null;
  }
}
