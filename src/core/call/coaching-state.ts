/**
 * A trainer (or a supervisor) with an agent in a call.
 *
 *   rings ─► there: listen ⇄ whisper ⇄ barge ─► gone with its leg
 *     └► failed: nobody came; kept for those who watch until the next attempt
 */
import type { Offer, OfferOutcome } from './offer-state.js';
import type { AgentId, LegId, Party } from './state.js';

/**
 * listen: nobody hears the trainer; whisper: only the agent does; barge: the trainer is a party of the agent's line. In every mode the
 * trainer hears all.
 */
export type CoachMode = 'listen' | 'whisper' | 'barge';

interface CoachingBase {
  /** Who is listened to. */
  readonly agentId: AgentId;
  readonly coachId: AgentId;
  /** Who asked for it: the agent, or the supervisor. */
  readonly byAgentId: AgentId | null;
  readonly mode: CoachMode;
}

export type Coaching = CoachingBase &
  (
    | { readonly stage: 'rings'; readonly offer: Offer }
    /** `barges`: how often the trainer has barged in; what comes after is a place of its own. */
    | { readonly stage: 'there'; readonly legId: LegId; readonly barges: number }
    | { readonly stage: 'failed'; readonly party: Party; readonly outcome: OfferOutcome }
  );
