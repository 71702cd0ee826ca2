/** What a scenario is told, and what it wants done. Each is answered, if at all, by an input that carries the same turn. */

import type { AgentId, LeaveReason, OfferOutcome, QueueId, ReleaseReason } from '../call/state.js';
import type { CallbackPriority } from '../callback/callback.js';
import type { Position } from './position.js';
import type { ScenarioId, VoicemailBox } from './scenario.js';
import type { Heard } from './spoken-items.js';

/** Why somebody who was sent on is back. `refused`: could not be sent there at all. */
export type Back = OfferOutcome | LeaveReason | 'talked' | 'key' | 'refused';

export type Input =
  /** Also after a restart of the controller: the step is begun anew. */
  | { readonly type: 'begin' }
  | { readonly type: 'said'; readonly turn: number }
  | { readonly type: 'key'; readonly key: string }
  | { readonly type: 'timeout'; readonly turn: number }
  /** `ok`: answered in time, with a status of success. */
  | { readonly type: 'web'; readonly turn: number; readonly ok: boolean; readonly json: unknown }
  | { readonly type: 'recorded'; readonly turn: number }
  | { readonly type: 'promised'; readonly turn: number; readonly ok: boolean }
  | { readonly type: 'back'; readonly outcome: Back };

export interface WebRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  readonly timeoutMs: number;
}

export type Goal =
  | { readonly kind: 'queue'; readonly queueId: QueueId; readonly priority: number; readonly maxWaitMs: number | null }
  | { readonly kind: 'agent'; readonly agentId: AgentId; readonly ringMs: number | null }
  | { readonly kind: 'number'; readonly number: string; readonly ringMs: number | null };

export type Effect =
  | { readonly type: 'answer' }
  | { readonly type: 'say'; readonly turn: number; readonly items: readonly Heard[] }
  /** What is being said is cut short. */
  | { readonly type: 'hush' }
  | { readonly type: 'timer'; readonly turn: number; readonly ms: number }
  | { readonly type: 'web'; readonly turn: number; readonly request: WebRequest }
  | {
      readonly type: 'record';
      readonly turn: number;
      readonly greeting: readonly Heard[];
      readonly maxMs: number;
      readonly to: VoicemailBox;
    }
  /** `comesBack`: also after the conversation. */
  | { readonly type: 'go'; readonly to: Goal; readonly comesBack: 'failure' | 'after' }
  /** Out of the queue, if nobody has answered meanwhile. */
  | { readonly type: 'takeBack' }
  | {
      readonly type: 'callback';
      readonly turn: number;
      readonly number: string;
      readonly queueId: QueueId;
      readonly priority: CallbackPriority;
    }
  | { readonly type: 'tag'; readonly tag: string }
  | { readonly type: 'rate'; readonly score: number }
  | { readonly type: 'scenario'; readonly scenarioId: ScenarioId }
  | { readonly type: 'release'; readonly reason: ReleaseReason }
  /** It cannot go on: the caller is sent to the fallback. */
  | { readonly type: 'fail'; readonly why: 'unknownStep' | 'runsInCircles' };

export interface Turn {
  readonly position: Position;
  readonly effects: readonly Effect[];
}
