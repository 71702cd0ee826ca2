/**
 * Ids that survive a restart of the controller: a call's id begins with the application's name, everything that we create in Asterisk
 * is named `<call id>~<rest>`, and a leg that called in names its call after the channel's own unique id. So a call can be found from
 * Asterisk alone, and another application's channels are never taken for ours.
 */
import { randomUUID } from 'node:crypto';
import { isCoachingId } from '../core/call/coaching.js';
import type { CallId, LegId } from '../core/call/state.js';

const DETECTOR = '~amd';
const TELLER = /~tell\d+$/;

/** The channel that finds out who answered on this leg. */
export function detectorOf(legId: LegId): string {
  return `${legId}${DETECTOR}`;
}

export class Ids {
  readonly #prefix: string;

  constructor(app: string) {
    this.#prefix = `${app}-`;
  }

  /** The call that a channel, bridge or playback belongs to. */
  callOf(id: string): CallId {
    return this.isOurs(id) ? id.slice(0, id.indexOf('~')) : `${this.#prefix}c${id}`;
  }

  /** Did this application create it? */
  isOurs(id: string): boolean {
    return id.startsWith(this.#prefix) && id.includes('~');
  }

  /** The leg that this channel only listens to, to find out who answered; null for any other channel. */
  detectedLeg(channelId: string): LegId | null {
    return this.isOurs(channelId) && channelId.endsWith(DETECTOR) ? channelId.slice(0, -DETECTOR.length) : null;
  }

  /** The channel by which one leg alone is told something. */
  tellerOf(legId: LegId, count: number): string {
    return `${this.isOurs(legId) ? legId : `${this.callOf(legId)}~${legId}`}~tell${count}`;
  }

  isTeller(channelId: string): boolean {
    return this.isOurs(channelId) && TELLER.test(channelId);
  }

  /** The trainer's place to which this snoop belongs; null for any other channel. Its id goes on where that of the place ends. */
  coachingOf(channelId: string): string | null {
    if (!this.isOurs(channelId) || !isCoachingId(channelId)) return null;
    return channelId.slice(0, channelId.lastIndexOf('~'));
  }

  /** A channel of ours that is no leg. */
  isBesideLegs(channelId: string): boolean {
    return this.detectedLeg(channelId) !== null || this.isTeller(channelId) || this.coachingOf(channelId) !== null;
  }

  /** For a call that does not begin with a leg that called in. */
  newCall(): CallId {
    return `${this.#prefix}r${randomUUID().replaceAll('-', '')}`;
  }
}
