/**
 * A simulated Asterisk: it carries out the steps of a plan one after another, late, and not always; what it tells arrives late too,
 * sometimes twice. It knows nothing of calls, only of legs, conversations and what can be heard.
 */
import type { MediaFact } from '../../src/core/call/actual.js';
import type { CallFact } from '../../src/core/call/command.js';
import type { Step } from '../../src/core/call/plan.js';
import type { LegId } from '../../src/core/call/state.js';
import { hear, SILENT, type SimulatedLeg } from './call-simulated-leg.js';

export interface Told {
  readonly call: CallFact | null;
  readonly media: MediaFact | null;
}

export interface SimulatedConversation {
  recording: string | null;
  paused: boolean;
  /** A trainer's place: the agent's leg that is listened to, and the conversation in which it was when that began. */
  snoop?: { readonly legId: LegId; readonly conversationId: string | null } | null;
}

const GONE_ALREADY = 0;

export class SimulatedAsterisk {
  readonly legs = new Map<LegId, SimulatedLeg>();
  readonly conversations = new Map<string, SimulatedConversation>();
  readonly #steps: Step[] = [];
  readonly #told: Told[] = [];

  send(steps: readonly Step[]): void {
    this.#steps.push(...steps);
  }

  get idle(): boolean {
    return this.#steps.length === 0 && this.#told.length === 0;
  }

  get nextIsRepeatable(): boolean {
    return this.#told[0]?.media?.type !== 'conversationGone';
  }

  /** The next thing it tells, or undefined; `again` leaves it to be told once more. */
  next(again = false): Told | undefined {
    return again ? this.#told[0] : this.#told.shift();
  }

  /** A leg calls in. */
  callIn(legId: LegId): void {
    this.legs.set(legId, { ...SILENT, stage: 'arrived' });
    this.#media({ type: 'legThere', legId, stage: 'arrived' });
  }

  /** Carries out the next step. With `failing` it does not work out, for a reason of Asterisk's own. */
  carryOut(failing = false): void {
    const step = this.#steps.shift();
    if (step === undefined) return;
    if ('conversationId' in step) this.#conversation(step, failing);
    else if (step.type === 'create') this.#create(step.legId, failing);
    else this.#leg(step, failing);
  }

  ring(legId: LegId): void {
    if (this.legs.get(legId)?.stage === 'dialled') this.#tell({ type: 'legRinging', legId }, null);
  }

  /** A person picks up. */
  pickUp(legId: LegId): void {
    const leg = this.legs.get(legId);
    if (leg?.stage !== 'dialled') return;
    leg.stage = 'up';
    this.#tell({ type: 'legAnswered', legId }, { type: 'legThere', legId, stage: 'up' });
  }

  /** The hold key of a phone. */
  holdKey(legId: LegId, held: boolean): void {
    if (this.legs.get(legId)?.stage === 'up') this.#tell({ type: 'legHeld', legId, held }, null);
  }

  /** A person hangs up, a phone refuses, a line is cut. */
  hangUp(legId: LegId, cause: number): void {
    if (!this.legs.delete(legId)) return;
    this.#tell({ type: 'legLeft', legId, cause }, { type: 'legGone', legId });
  }

  finishAnnouncement(legId: LegId): void {
    const leg = this.legs.get(legId);
    if (leg === undefined || leg.announcementId === null) return;
    const announcementId = leg.announcementId;
    leg.announcementId = null;
    this.#tell({ type: 'announcementEnded', announcementId }, { type: 'announcementOver', legId, announcementId });
  }

  /** Those whom a leg shares a conversation with. */
  partners(legId: LegId): readonly LegId[] {
    const conversationId = this.legs.get(legId)?.conversationId ?? null;
    if (conversationId === null) return [];
    return [...this.legs]
      .filter(([id, leg]) => id !== legId && leg.conversationId === conversationId)
      .map(([id]) => id);
  }

  /** Starting to hear something may fail; ending it cannot, as long as the leg is there. */
  #unheard(legId: LegId, leg: SimulatedLeg, step: Step): void {
    if (step.type === 'announce') this.finishAnnouncement(legId);
    if (step.type === 'startMusic') {
      leg.music = null;
      this.#media({ type: 'comfortLost', legId, what: 'music' });
    }
    if (step.type === 'ring') {
      leg.ringing = false;
      this.#media({ type: 'comfortLost', legId, what: 'ringing' });
    }
  }

  #tell(call: CallFact | null, media: MediaFact | null): void {
    this.#told.push({ call, media });
  }

  #media(fact: MediaFact): void {
    this.#tell(null, fact);
  }

  #gone(legId: LegId): void {
    this.#tell({ type: 'legLeft', legId, cause: GONE_ALREADY }, { type: 'legGone', legId });
  }

  #create(legId: LegId, failing: boolean): void {
    if (failing) {
      this.#gone(legId);
      return;
    }
    this.legs.set(legId, { ...SILENT, stage: 'created' });
    this.#media({ type: 'legThere', legId, stage: 'created' });
  }

  #conversation(step: Extract<Step, { conversationId: string }>, failing: boolean): void {
    const { conversationId } = step;
    switch (step.type) {
      case 'open':
        if (failing) this.#media({ type: 'conversationGone', conversationId });
        else this.conversations.set(conversationId, { recording: null, paused: false });
        return;
      case 'join':
        for (const legId of step.legIds) this.#join(legId, conversationId, failing);
        return;
      case 'coach':
        this.#coach(step, failing);
        return;
      case 'part':
        this.#part(step.legId, conversationId);
        return;
      case 'record':
      case 'pauseRecording':
      case 'stopRecording':
        this.#record(step, failing);
        return;
      case 'close':
        this.stopRecording(conversationId);
        this.conversations.delete(conversationId);
        for (const legId of this.legs.keys()) this.#part(legId, conversationId);
        this.#media({ type: 'conversationGone', conversationId });
        return;
    }
  }

  #coach({ conversationId, legId, agentLegId }: Extract<Step, { type: 'coach' }>, failing: boolean): void {
    const agent = this.legs.get(agentLegId);
    const works = agent !== undefined && !failing;
    const snoop = works ? { legId: agentLegId, conversationId: agent.conversationId } : null;
    this.conversations.set(conversationId, { recording: null, paused: false, snoop });
    this.#join(legId, conversationId, !works);
  }

  #record(step: Extract<Step, { type: 'record' | 'pauseRecording' | 'stopRecording' }>, failing: boolean): void {
    const conversation = this.conversations.get(step.conversationId);
    if (step.type === 'record' && conversation === undefined) {
      // That the conversation is gone is told by itself; it may have been opened, and recorded, once more meanwhile.
      this.#tell({ type: 'recordingEnded', name: step.name, outcome: 'failed', durationMs: null }, null);
    } else if (step.type === 'record' && failing) {
      this.#recordingOver(step.name, 'failed');
    } else if (step.type === 'record' && conversation !== undefined) {
      this.stopRecording(step.conversationId);
      conversation.recording = step.name;
      conversation.paused = false;
    } else if (conversation?.recording === step.name) {
      if (step.type === 'pauseRecording') conversation.paused = step.paused;
      else this.stopRecording(step.conversationId);
    }
  }

  /** A file is finished, by whatever cause. */
  stopRecording(conversationId: string): void {
    const conversation = this.conversations.get(conversationId);
    const name = conversation?.recording ?? null;
    if (conversation === undefined || name === null) return;
    conversation.recording = null;
    conversation.paused = false;
    this.#recordingOver(name, 'kept');
  }

  #recordingOver(name: string, outcome: 'kept' | 'failed'): void {
    this.#tell(
      { type: 'recordingEnded', name, outcome, durationMs: outcome === 'kept' ? 1000 : null },
      { type: 'recordingOver', name },
    );
  }

  #join(legId: LegId, conversationId: string, failing: boolean): void {
    const leg = this.legs.get(legId);
    if (failing || leg === undefined || !this.conversations.has(conversationId)) {
      this.#media({ type: 'parted', legId, conversationId });
      return;
    }
    leg.conversationId = conversationId;
    this.#media({ type: 'joined', legId, conversationId });
  }

  #part(legId: LegId, conversationId: string): void {
    const leg = this.legs.get(legId);
    if (leg === undefined || leg.conversationId !== conversationId) return;
    leg.conversationId = null;
    this.#media({ type: 'parted', legId, conversationId });
  }

  #leg(step: Exclude<Step, { conversationId: string } | { type: 'create' }>, failing: boolean): void {
    const { legId } = step;
    const leg = this.legs.get(legId);
    if (leg === undefined) {
      this.#gone(legId);
      return;
    }
    switch (step.type) {
      case 'dial':
        if (failing && step.early) this.#media({ type: 'dialRefused', legId });
        else if (failing) this.hangUp(legId, 20);
        else if (leg.stage === 'created') leg.stage = 'dialled';
        return;
      case 'answer':
        leg.stage = 'up';
        leg.ringing = false;
        return;
      case 'release':
        this.hangUp(legId, 16);
        return;
      default:
        hear(leg, step);
        if (failing) this.#unheard(legId, leg, step);
    }
  }
}
