/** How an attempt to call somebody back went. */
import type { CallOutcome } from '../call/state.js';

/**
 * connected: the customer talked with an agent. busy to unknownNumber: so the customer's phone. machine: an answering machine answered.
 * hungUp: the customer answered and did not wait for an agent. noAgent: there was none in time. agentDeclined: the agent who was rung
 * first did not answer, or left before the customer did. customerCalled: the customer reached an agent of the
 * queue by calling, before anybody answered. lost: Asterisk was started anew.
 */
export const ATTEMPT_RESULTS = [
  'connected',
  'busy',
  'noAnswer',
  'rejected',
  'unavailable',
  'unknownNumber',
  'machine',
  'hungUp',
  'noAgent',
  'agentDeclined',
  'customerCalled',
  'lost',
] as const;
export type AttemptResult = (typeof ATTEMPT_RESULTS)[number];

/** What was seen of the call while it went on. */
export interface Seen {
  /** The customer answered, and began to wait for an agent. */
  readonly customerAnswered: boolean;
  /** An agent's phone was not answered. */
  readonly agentFailed: boolean;
  /** The customer has waited for long enough, or there was nobody to wait for. */
  readonly noAgent: boolean;
  readonly machine: boolean;
}

/** What the end of its call means for an attempt. `agentFirst`: an agent was rung, and then the customer. */
export function resultOf(outcome: CallOutcome, seen: Seen, agentFirst: boolean): AttemptResult {
  if (outcome === 'answered') return 'connected';
  if (seen.customerAnswered) {
    if (outcome === 'lost') return 'lost';
    if (seen.machine) return 'machine';
    return seen.noAgent || outcome === 'fallback' ? 'noAgent' : 'hungUp';
  }
  if (agentFirst && seen.agentFailed) return 'agentDeclined';
  switch (outcome) {
    case 'busy':
    case 'noAnswer':
    case 'rejected':
    case 'unavailable':
    case 'unknownNumber':
    case 'lost':
      return outcome;
    default:
      // Only whoever was rung first can have hung up; or somebody ended the call.
      return agentFirst ? 'agentDeclined' : 'noAnswer';
  }
}
