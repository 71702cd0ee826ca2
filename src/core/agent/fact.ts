/** What has happened around an agent: calls ring and go, time passes. A fact is never refused. */
import type { CallId, OfferOutcome } from '../call/state.js';
import type { QueueSettings } from '../queue/settings.js';

export type AgentFact =
  | { readonly type: 'offered'; readonly callId: CallId }
  | {
      readonly type: 'offerEnded';
      readonly callId: CallId;
      readonly outcome: OfferOutcome;
      /** How long the agent is spared after each outcome, ms. */
      readonly retryMs: QueueSettings['retryMs'];
      /** Only a queue's offers count as missed. */
      readonly counted: boolean;
    }
  /** Who rings the agent was handed over to another call: the phone rings on, and nobody else's call may come between. */
  | { readonly type: 'offerMoved'; readonly callId: CallId; readonly toCallId: CallId }
  /** A call that waited for the agent, who was rung again, does not any more: as with any offer that nobody took. */
  | {
      readonly type: 'recallMissed';
      readonly callId: CallId;
      readonly outcome: OfferOutcome;
      readonly retryMs: QueueSettings['retryMs'];
      readonly counted: boolean;
    }
  | {
      readonly type: 'engaged';
      readonly callId: CallId;
      /** A queue's call, which "fewest calls" compares. */
      readonly counted: boolean;
    }
  | {
      readonly type: 'released';
      readonly callId: CallId;
      /** Wrap-up after this call, ms; 0 for none. */
      readonly wrapUpMs: number;
    }
  | { readonly type: 'clock' };
