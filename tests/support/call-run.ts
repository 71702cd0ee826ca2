/** One call and a simulated Asterisk in any order of commands, facts, delays and failures. */
import { afterFact, afterStep } from '../../src/core/call/actual.js';
import { coachingsOf } from '../../src/core/call/coaching.js';
import type { Beginning, CallCommand } from '../../src/core/call/command.js';
import { type Actual, NOTHING_YET, plan } from '../../src/core/call/plan.js';
import { type AgentId, linesOf, ringingOffers, type Target, waitingLine } from '../../src/core/call/state.js';
import { topology } from '../../src/core/call/topology.js';
import type { Action } from './call-actions.js';
import type { Wish } from './call-agent-commands.js';
import { SimulatedAsterisk, type Told } from './call-asterisk.js';
import { agentTarget } from './call-fixtures.js';
import { CallStory } from './call-story.js';
import { allIsWell } from './call-wellness.js';

const LONGEST_SETTLING = 500;
const LONG_AFTERWARDS_MS = 60_000;

export class CallRun {
  readonly story: CallStory;
  readonly asterisk = new SimulatedAsterisk();
  /** Everything told so far, to be told again much later. */
  readonly #past: Told[] = [];
  /** What the controller knows of Asterisk. */
  picture: Actual = NOTHING_YET;
  /** Every attempt to ring somebody is a new one, with ids of its own. */
  #attempts = 0;

  constructor(beginning: Beginning, callId = 'c1') {
    if (beginning.type === 'arrive') {
      this.asterisk.callIn(beginning.leg.id);
      this.picture = afterFact(this.picture, { type: 'legThere', legId: beginning.leg.id, stage: 'arrived' });
    }
    this.story = new CallStory(beginning, 0, callId);
    this.act();
  }

  perform(action: Action): void {
    const { asterisk, story } = this;
    switch (action.kind) {
      case 'command':
        this.#ask(action.command);
        if (action.actsAtOnce) this.act();
        return;
      case 'wish': {
        const agentId = this.#agent(action.pick);
        if (agentId !== null) this.#ask(wishOf(agentId, action.wish));
        if (action.actsAtOnce) this.act();
        return;
      }
      case 'party':
        this.#party(action);
        return;
      case 'retrieve':
        this.#retrieve(action);
        return;
      case 'pickUp':
        this.#pickUp(action);
        return;
      case 'coach':
        this.#coach(action);
        return;
      case 'lookAfter':
        this.#lookAfter(action);
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
        // A conversation that is said to be gone once more, after it was opened again, heals only at the next look.
        const told = asterisk.next(action.again && asterisk.nextIsRepeatable);
        if (told !== undefined) this.#hear(told, action.actsAtOnce);
        return;
      }
      case 'time':
        story.after(action.ms);
        this.act();
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
      this.act();
      this.#missed();
      if (this.asterisk.idle) {
        allIsWell(this.story.call, this.asterisk);
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
    // A recording that was never begun, because its conversation was over before, is not waited for for ever.
    this.story.after(LONG_AFTERWARDS_MS);
  }

  /** One of the agents whose phones are up. */
  #agent(pick: number): AgentId | null {
    const agents = Object.values(this.story.call.legs).flatMap(({ phase, agentId }) =>
      agentId !== null && (phase === 'up' || phase === 'arrived') ? [agentId] : [],
    );
    return agents[pick % Math.max(1, agents.length)] ?? null;
  }

  #party({ does, pick, whom }: Extract<Action, { kind: 'party' }>): void {
    const agentId = this.#agent(pick);
    const legIds = Object.keys(this.story.call.legs);
    const legId = legIds[whom % Math.max(1, legIds.length)];
    if (agentId === null || legId === undefined) return;
    if (does === 'remove') this.#ask({ type: 'removeParty', agentId, legId });
    else this.#ask({ type: 'muteParty', agentId, legId, muted: does === 'mute' });
  }

  #retrieve({ pick, target, own }: Extract<Action, { kind: 'retrieve' }>): void {
    const agentId = own ? this.#agent(pick) : target.agentId;
    const line = linesOf(this.story.call).find(({ parked }) => parked !== null);
    if (line === undefined || agentId === null) return;
    this.#ask({ type: 'retrieve', agentId, lineId: line.id, target: agentTarget(agentId, 1, pick + 2) });
    this.act();
  }

  #pickUp({ pick, target }: Extract<Action, { kind: 'pickUp' }>): void {
    const offers = ringingOffers(this.story.call);
    const offer = offers[pick % Math.max(1, offers.length)];
    if (offer === undefined || target.agentId === null) return;
    this.#ask({ type: 'pickUp', agentId: target.agentId, offerId: offer.id, target });
    this.act();
  }

  #coach({ does, mode, target, pick }: Extract<Action, { kind: 'coach' }>): void {
    const agentId = this.#agent(pick);
    const coachings = coachingsOf(this.story.call);
    const coachId = coachings[pick % Math.max(1, coachings.length)]?.coachId;
    if (does === 'call' && agentId !== null)
      this.#ask({ type: 'coach', coachedId: agentId, byAgentId: agentId, mode, target });
    else if (does === 'mode' && coachId !== undefined) this.#ask({ type: 'coachMode', coachId, mode });
    else if (does === 'stop' && coachId !== undefined) this.#ask({ type: 'stopCoaching', coachId });
    this.act();
  }

  #lookAfter({ attempt, recalls, onward }: Extract<Action, { kind: 'lookAfter' }>): void {
    for (const { id: lineId, orphan, stay, offers } of linesOf(this.story.call)) {
      if (offers.length > 0 || (orphan === null && stay?.leaving == null)) continue;
      if (orphan !== null && orphan.stage === 'recall' && recalls) {
        this.#ask({ type: 'recall', lineId, target: agentTarget(orphan.agentId, 1, attempt) });
      } else this.#ask({ type: 'moveOn', lineId, onward });
      break;
    }
    this.act();
  }

  #ask(command: CallCommand): void {
    this.#attempts += 1;
    this.story.command(freshly(command, this.#attempts));
  }

  /** People talk, as far as that is quickly done: the tests are about what comes then. */
  connect(): void {
    for (let turn = 0; turn < 2; turn += 1) {
      if (waitingLine(this.story.call) !== null) this.#ask({ type: 'offer', target: agentTarget('boris') });
      this.settle();
      for (const legId of this.asterisk.legs.keys()) this.asterisk.pickUp(legId);
      this.settle();
    }
  }

  #person(action: Extract<Action, { kind: 'person' }>): void {
    const legIds = [...this.asterisk.legs].flatMap(([id, { stage }]) =>
      action.does !== 'picksUp' || stage === 'dialled' ? [id] : [],
    );
    const legId = legIds[action.pick % Math.max(1, legIds.length)];
    if (legId === undefined) return;
    if (action.does === 'rings') this.asterisk.ring(legId);
    else if (action.does === 'picksUp') this.asterisk.pickUp(legId);
    else if (action.does === 'hearsItAll') this.asterisk.finishAnnouncement(legId);
    else if (action.does === 'holds') this.asterisk.holdKey(legId, true);
    else if (action.does === 'unholds') this.asterisk.holdKey(legId, false);
    else if (action.does === 'stopsTape')
      this.asterisk.stopRecording(this.asterisk.legs.get(legId)?.conversationId ?? '');
    else this.asterisk.hangUp(legId, action.cause);
  }

  #hear(told: Told, actsAtOnce = true): void {
    this.#past.push(told);
    if (told.media !== null) this.picture = afterFact(this.picture, told.media);
    if (told.call !== null) this.story.fact(told.call);
    if (actsAtOnce) this.act();
  }

  act(): void {
    const wanted = topology(this.story.call);
    const steps = plan(this.picture, wanted);
    this.picture = steps.reduce(afterStep, this.picture);
    const more = plan(this.picture, wanted);
    if (more.length > 0) throw new Error(`a plan that is not whole: ${JSON.stringify(more)}`);
    this.asterisk.send(steps);
  }

  /** A leg let go before it was ever created is told of by nobody; comparing with Asterisk shows that it is not there. */
  #missed(): void {
    for (const leg of Object.values(this.story.call.legs)) {
      if (leg.phase === 'leaving' && !this.picture.legs.has(leg.id)) this.story.leaves(leg.id, 0);
    }
  }
}

/** The phones to which an agent moves are the agent's own. */
function wishOf(agentId: AgentId, wish: Wish): CallCommand {
  if (wish.type === 'moveToDevice') return { type: 'moveToDevice', agentId, target: agentTarget(agentId, 2) };
  if (wish.type === 'ringAgain') return { ...wish, agentId, address: `PJSIP/${agentId}-${wish.address}` };
  return { ...wish, agentId };
}

function freshly(command: CallCommand, attempt: number): CallCommand {
  const renamed = (target: Target): Target => ({
    ...target,
    offerId: `${target.offerId}.${attempt}`,
    legs: target.legs.map((leg) => ({ ...leg, id: `${leg.id}.${attempt}` })),
  });
  if (command.type === 'ringAgain') return { ...command, legId: `${command.agentId}.again.${attempt}` };
  if ('target' in command) return { ...command, target: renamed(command.target) };
  if (!('onward' in command) || command.onward.kind !== 'target') return command;
  return { ...command, onward: { kind: 'target', target: renamed(command.onward.target) } };
}
