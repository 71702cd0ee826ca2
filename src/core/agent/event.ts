/** What has happened to an agent, in the past tense. */
import type { AgentId, CallId, Instant, OfferOutcome } from '../call/state.js';
import type { SetBy, StatusId } from './state.js';

export type AgentEventBody =
  | { readonly type: 'agent.loggedIn'; readonly sessionId: string }
  | { readonly type: 'agent.loggedOut'; readonly sessionId: string; readonly by: SetBy }
  | {
      readonly type: 'agent.statusChanged';
      readonly statusId: StatusId;
      readonly setBy: SetBy;
      readonly blocking: boolean;
      readonly until: Instant | null;
      readonly next: StatusId | null;
      /** Present and true when `next` was blocked by a supervisor and must be so again. */
      readonly nextBlocking?: boolean;
      /** The supervisor who forced it, or null. */
      readonly byAgentId: AgentId | null;
    }
  | { readonly type: 'agent.offered'; readonly callId: CallId }
  | {
      readonly type: 'agent.offerEnded';
      readonly callId: CallId;
      readonly outcome: OfferOutcome;
      readonly offerableAt: Instant;
      readonly missed: number;
    }
  | { readonly type: 'agent.engaged'; readonly callId: CallId; readonly counted: boolean }
  | { readonly type: 'agent.released'; readonly callId: CallId };

export type AgentEvent = AgentEventBody & {
  readonly agentId: AgentId;
  readonly seq: number;
  readonly at: Instant;
  readonly v: 1;
};
