/** How a queue behaves: what a supervisor configures, and where calls go that the queue does not serve. */
import type { AgentId, Language, QueueId } from '../call/state.js';
import type { CallbackPriority } from '../callback/callback.js';
import type { QueueCallbackRule } from '../callback/rule.js';

export type Strategy = 'longestIdle' | 'fewestCalls' | 'roundRobin' | 'ringAll';

/** always: callers may join or stay; loggedIn: only while a member is logged in; receiving: only while a member's status receives calls. */
export type EmptyRule = 'always' | 'loggedIn' | 'receiving';

export type Destination =
  | { readonly kind: 'queue'; readonly queueId: QueueId }
  | { readonly kind: 'agent'; readonly agentId: AgentId }
  | { readonly kind: 'number'; readonly number: string }
  | { readonly kind: 'scenario'; readonly scenarioId: string }
  /** Back to the PBX's dial plan: its own fallback queue or voicemail. */
  | { readonly kind: 'fallback' }
  | { readonly kind: 'hangup' };

export interface QueueSettings {
  readonly id: QueueId;
  readonly name: string;
  /** The internal number that reaches it, or null. */
  readonly number: string | null;
  readonly strategy: Strategy;
  /** How long one offer rings, ms. */
  readonly ringMs: number;
  /** Wrap-up after a call of this queue, ms; 0 for none. */
  readonly wrapUpMs: number;
  /** How long an agent is spared after each kind of failed offer, ms. */
  readonly retryMs: {
    readonly busy: number;
    readonly rejected: number;
    readonly noAnswer: number;
    readonly unavailable: number;
  };
  readonly maxWaitMs: number | null;
  /** Where a caller goes who may not join, has waited too long, or is left without agents. */
  readonly overflow: Destination;
  readonly joinWhenEmpty: EmptyRule;
  readonly leaveWhenEmpty: EmptyRule;
  /** Callers who give up after they have waited so long are called back; null: nobody is. */
  readonly callBackAbandoned: {
    readonly waitedMs: number;
    readonly priority: CallbackPriority;
    /** Where they are taken to be. */
    readonly zone: string;
  } | null;
  /** Music class of the PBX. */
  readonly music: string;
  readonly language: Language;
  readonly announce: {
    readonly position: boolean;
    readonly estimatedWait: boolean;
    /** First and following announcements, ms after joining. */
    readonly firstMs: number;
    readonly everyMs: number;
  };
  /** Default priority of its calls; higher first. */
  readonly priority: number;
  /** An answer within this time counts for the service level, ms. */
  readonly serviceLevelMs: number;
  /** Every conversation of its calls is recorded. */
  readonly record: boolean;
  readonly callbacks: QueueCallbackRule;
}

export interface QueueMember {
  readonly queueId: QueueId;
  readonly agentId: AgentId;
  /** Lower is asked first. */
  readonly priority: number;
}
