/** Whether a person or an answering machine has answered an outgoing call. */
import type { Leg } from './state.js';

/** What Asterisk makes of what an outside party who answers says first. */
export type AnsweredBy = 'human' | 'machine' | 'unsure';

/** It is being found out, or is to be. */
export function isInDoubt(leg: Leg): boolean {
  return leg.phase === 'up' && leg.detectMachine === true && leg.answeredBy === undefined;
}
