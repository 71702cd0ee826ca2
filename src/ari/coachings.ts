/**
 * Trainers with agents: the trainer's leg in a bridge with a snoop of the agent's leg. The snoop hears both sides of the agent's
 * conversation (`spy=both`), and what the trainer says it gives to the agent's leg alone (`whisper=out`).
 *
 * A snoop that is made while one of the former pairing is still there often does not hear the new partner, nor is the trainer heard, as if
 * the leg kept one decoder for as long as it has any snoop. So every pairing has a snoop of its own, which is made when those of the
 * pairing before have gone.
 */
import { randomUUID } from 'node:crypto';
import type { PhoneFact, StepResult } from '../app/phone-system.js';
import { COACHING_MARK } from '../core/call/coaching.js';
import type { Step } from '../core/call/plan.js';
import type { LegId } from '../core/call/state.js';
import type { Ids } from './ids.js';
import type { AriCommand } from './steps.js';

type Coach = Extract<Step, { type: 'coach' }>;

/** Sends one command; resolves with its result, never rejects. */
type Send = (command: AriCommand) => Promise<StepResult>;

/** A snoop that Asterisk has, and whether it is in the bridge of its trainer. */
export interface PictureSnoop {
  readonly coachingId: string;
  readonly snoopId: string;
  readonly inPlace: boolean;
}

/** A snoop has come into our application, or has gone. */
export interface SnoopHeard {
  readonly coachingId: string;
  readonly snoopId: string;
  readonly there: boolean;
}

interface Place {
  readonly snoopId: string;
  /** The trainer's, and the agent's; null for one that an earlier run has made. */
  readonly legId: LegId | null;
  readonly agentLegId: LegId | null;
  /** While the snoop is awaited; then it is in place. */
  begun: ((there: boolean) => void) | null;
}

/** Longer than Asterisk takes to make a snoop, by far. */
const SNOOP_MS = 5_000;

/** A snoop that has been hung up, until Asterisk says that it has gone. */
interface Going {
  readonly agentLegId: LegId | null;
  readonly gone: Promise<void>;
  readonly end: () => void;
}

export class Coachings {
  readonly #send: Send;
  readonly #app: string;
  readonly #ids: Ids;
  readonly #tell: (fact: PhoneFact) => void;
  readonly #places = new Map<string, Place>();
  readonly #going = new Map<string, Going>();

  constructor(send: Send, app: string, ids: Ids, tell: (fact: PhoneFact) => void) {
    this.#send = send;
    this.#app = app;
    this.#ids = ids;
    this.#tell = tell;
  }

  async start({ conversationId, legId, agentLegId }: Coach): Promise<StepResult> {
    this.close(conversationId);
    this.#closeFormer(conversationId, agentLegId);
    const snoopId = `${conversationId}~${randomUUID().slice(0, 8)}`;
    const place: Place = { snoopId, legId, agentLegId, begun: null };
    // Heard of before it is caused: its events may come before the answer.
    const there = this.#awaited(place);
    this.#places.set(conversationId, place);
    void this.#send(openCommand(conversationId));
    await this.#withoutFormer(agentLegId);
    if (this.#places.get(conversationId) !== place) return 'done';
    const made = await this.#send(snoopCommand(snoopId, agentLegId, this.#app));
    if (made !== 'done') place.begun?.(false);
    const isThere = await there;
    if (this.#places.get(conversationId) !== place) return 'done';
    const joined = isThere ? await this.#send(joinCommand(conversationId, [snoopId, legId])) : made;
    if (isThere && joined === 'done') return 'done';
    if (this.#places.get(conversationId) === place) this.close(conversationId);
    return joined === 'lost' ? 'lost' : 'failed';
  }

  /** Not wanted any more, also while its snoop is still awaited. The bridge itself is closed like any other. */
  close(coachingId: string): void {
    const place = this.#places.get(coachingId);
    if (place === undefined) return;
    this.#places.delete(coachingId);
    place.begun?.(false);
    this.#hangUp(place.snoopId, place.agentLegId);
  }

  heard({ coachingId, snoopId, there }: SnoopHeard): void {
    if (there) this.#begins(coachingId, snoopId);
    else this.#ends(coachingId, snoopId);
  }

  /** Its snoop is in our application. */
  #begins(coachingId: string, snoopId: string): void {
    const place = this.#places.get(coachingId);
    if (place?.snoopId === snoopId) place.begun?.(true);
    else this.#hangUp(snoopId, null);
  }

  /** The agent's leg has hung up, or somebody has hung the snoop up. */
  #ends(coachingId: string, snoopId: string): void {
    this.#going.get(snoopId)?.end();
    const place = this.#places.get(coachingId);
    if (place?.snoopId !== snoopId) return;
    if (place.begun !== null) {
      place.begun(false);
      return;
    }
    this.#places.delete(coachingId);
    const { legId } = place;
    if (legId === null) return;
    const media = { type: 'parted', legId, conversationId: coachingId } as const;
    this.#tell({ callId: this.#ids.callOf(coachingId), media, call: null });
  }

  /** Is it being made now? Then it is not yet seen in any picture. Answers the trainer's leg. */
  making(): ReadonlyMap<string, LegId> {
    const legs = [...this.#places].flatMap(([id, { begun, legId }]) =>
      begun === null || legId === null ? [] : [[id, legId] as const],
    );
    return new Map(legs);
  }

  /** Those of an earlier run go on, and what is left over is cleared away. */
  looked(snoops: readonly PictureSnoop[]): void {
    for (const { coachingId, snoopId, inPlace } of snoops) {
      const known = this.#places.get(coachingId);
      if (known?.snoopId === snoopId) continue;
      if (known === undefined && inPlace)
        this.#places.set(coachingId, { snoopId, legId: null, agentLegId: null, begun: null });
      else this.#hangUp(snoopId, null);
    }
  }

  /** The connection is lost, and with it every event: the next picture says what is there. */
  deaf(): void {
    for (const place of this.#places.values()) place.begun?.(false);
    this.#places.clear();
    for (const { end } of this.#going.values()) end();
  }

  /** Of the same agent in another conversation, or of the same trainer: they are over. */
  #closeFormer(coachingId: string, agentLegId: LegId): void {
    const [conversationId, trainer] = partsOf(coachingId);
    for (const [id, place] of this.#places) {
      const [other, whose] = partsOf(id);
      const isOver = place.agentLegId === agentLegId && other !== conversationId;
      if (id !== coachingId && (isOver || whose === trainer)) this.close(id);
    }
  }

  async #withoutFormer(agentLegId: LegId): Promise<void> {
    const former = [...this.#going.values()].filter(
      (each) => each.agentLegId === null || each.agentLegId === agentLegId,
    );
    await Promise.all(former.map(({ gone }) => gone));
  }

  #hangUp(snoopId: string, agentLegId: LegId | null): void {
    if (this.#going.has(snoopId)) return;
    let resolve = (): void => undefined;
    const gone = new Promise<void>((resolved) => {
      resolve = resolved;
    });
    const timer = setTimeout(() => end(), SNOOP_MS).unref();
    const end = (): void => {
      clearTimeout(timer);
      this.#going.delete(snoopId);
      resolve();
    };
    this.#going.set(snoopId, { agentLegId, gone, end });
    void this.#send(hangUpCommand(snoopId)).then((result) => (result === 'done' ? undefined : end()));
  }

  #awaited(place: Place): Promise<boolean> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => place.begun?.(false), SNOOP_MS).unref();
      place.begun = (there) => {
        clearTimeout(timer);
        place.begun = null;
        resolve(there);
      };
    });
  }
}

/** The conversation's id, and what stands for the trainer: see coachingIdOf. */
function partsOf(coachingId: string): readonly (string | undefined)[] {
  const [conversationId, legs] = coachingId.split(COACHING_MARK);
  return [conversationId, legs?.split('.')[0]];
}

function openCommand(bridgeId: string): AriCommand {
  return { method: 'POST', uri: 'bridges', query: { type: 'mixing,dtmf_events', bridgeId } };
}

function snoopCommand(snoopId: string, agentLegId: LegId, app: string): AriCommand {
  const query = { spy: 'both', whisper: 'out', app, appArgs: 'coach', snoopId };
  return { method: 'POST', uri: `channels/${agentLegId}/snoop`, query };
}

function joinCommand(bridgeId: string, channelIds: readonly string[]): AriCommand {
  const query = { channel: channelIds.join(','), inhibitConnectedLineUpdates: true };
  return { method: 'POST', uri: `bridges/${bridgeId}/addChannel`, query };
}

function hangUpCommand(snoopId: string): AriCommand {
  return { method: 'DELETE', uri: `channels/${snoopId}` };
}
