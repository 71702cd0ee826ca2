/**
 * A channel that was dialled stays in a hidden bridge of Asterisk's even after the answer, until it enters another one; a visit to any
 * bridge ends the stay. Two things do not go well there. Asterisk says that it records, and then that it failed. And music or the ringing
 * tone, once started, now and then cannot be stopped: the thread of the bridge takes the generator's data away for each 20 ms that it
 * makes (`generator_force` in Asterisk's channel.c) and puts it back afterwards, while "stop" is carried out by another thread and finds
 * nothing to stop. One stop of 300 went unheard, and the leg heard music for the rest of its call, instead of whom it talked to.
 */
import type { Step } from '../core/call/plan.js';
import type { LegId } from '../core/call/state.js';
import type { AriCommand } from './steps.js';

const VISIT = '~visit';

/** Is it the bridge that a leg only visits? */
export function isVisit(bridgeId: string): boolean {
  return bridgeId.endsWith(VISIT);
}

/** Ends the stay of a leg that may be there. */
export function outOfDialling(legId: LegId): readonly AriCommand[] {
  const bridgeId = `${legId}${VISIT}`;
  return [
    { method: 'POST', uri: 'bridges', query: { type: 'mixing', bridgeId } },
    { method: 'POST', uri: `bridges/${bridgeId}/addChannel`, query: { channel: legId } },
    { method: 'POST', uri: `bridges/${bridgeId}/removeChannel`, query: { channel: legId } },
    { method: 'DELETE', uri: `bridges/${bridgeId}` },
  ];
}

/** Knows which legs, dialled in this run, are still where Asterisk dialled them. */
export class DiallingStays {
  readonly #legs = new Set<LegId>();

  /** What is to be asked of Asterisk before the step. */
  before(step: Step): readonly AriCommand[] {
    switch (step.type) {
      case 'dial':
        this.#legs.add(step.legId);
        return [];
      case 'join':
        for (const legId of step.legIds) this.#legs.delete(legId);
        return [];
      case 'coach':
        this.#legs.delete(step.legId);
        return [];
      case 'startMusic':
      case 'ring':
        return this.#legs.delete(step.legId) ? outOfDialling(step.legId) : [];
      default:
        return [];
    }
  }

  /** The leg is gone. */
  forget(legId: LegId): void {
    this.#legs.delete(legId);
  }
}
