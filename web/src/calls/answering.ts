/** How a call is answered here: with the built-in phone by a button; without it the desk phone's receiver is picked up. */
import type { Incoming } from './lines.js';
import type { Reason } from './possible.js';

export interface Answering {
  readonly reason: Reason | null;
  readonly busy: boolean;
  readonly answer: () => void;
}

export function useAnswering(_incoming: Incoming): Answering {
  return { reason: 'pickUpDeskPhone', busy: false, answer: () => undefined };
}

/** The shortcut's: the call that has rung longest. */
export function useAnswerFirst(incoming: readonly Incoming[]): () => Reason | null {
  return () => (incoming.length === 0 ? null : 'pickUpDeskPhone');
}
