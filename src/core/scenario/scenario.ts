/**
 * What a scenario is: steps for a caller, one after another, as an administrator wrote them. `read.ts` makes it of JSON, `walk.ts`
 * goes through it. A text that is a template may have variables in braces: `{caller.number}`.
 */

import type { AgentId, Language, QueueId, ReleaseReason } from '../call/state.js';
import type { CallbackPriority } from '../callback/callback.js';

export type StepId = string;
export type ScenarioId = string;

/** One published version, which never changes again. */
export interface ScenarioRef {
  readonly id: ScenarioId;
  readonly version: number;
}

/** One thing to be heard: a sound of the PBX, a prepared message for all, or something said with the PBX's own sounds. */
export type PromptItem =
  | { readonly kind: 'sound'; readonly name: string }
  | { readonly kind: 'message'; readonly id: string }
  /** A template; what is no whole number then is spelled. */
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'digits'; readonly value: string }
  /** Of the scenario's zone, when it is said. */
  | { readonly kind: 'date' }
  | { readonly kind: 'time' };
export type Prompt = readonly PromptItem[];

/** Minutes of the day; `to` up to 1440, and before `from` when it goes past midnight. Days by ISO: 1 is Monday. */
export interface Hours {
  readonly days: readonly number[];
  readonly from: number;
  readonly to: number;
}

interface Asks {
  readonly prompt: Prompt;
  /** Said, before the prompt again, to somebody who pressed a wrong key. */
  readonly invalidPrompt: Prompt;
  /** How long a key is waited for. */
  readonly timeoutMs: number;
  /** How often it is asked again. */
  readonly repeats: number;
}

/** Where a caller goes whom nobody answered, and, where given, after the conversation. */
interface Seeks {
  readonly next: StepId;
  readonly after: StepId | null;
}

export type CallerQuestion = 'contact' | 'inGroup' | 'blacklisted' | 'hasManager';
export type Comparison = 'equals' | 'differs' | 'contains' | 'startsWith' | 'atLeast' | 'atMost';

export type Step =
  | { readonly type: 'answer'; readonly next: StepId }
  /** `interruptible`: a key ends it, and counts for the menu that follows. */
  | { readonly type: 'play'; readonly prompt: Prompt; readonly interruptible: boolean; readonly next: StepId }
  | { readonly type: 'say'; readonly prompt: Prompt; readonly next: StepId }
  | (Asks & {
      readonly type: 'menu';
      readonly choices: Readonly<Record<string, StepId>>;
      readonly noInput: StepId;
      readonly invalid: StepId;
    })
  | (Asks & {
      readonly type: 'collect';
      readonly variable: string;
      readonly min: number;
      readonly max: number;
      readonly endKey: string | null;
      readonly next: StepId;
      readonly noInput: StepId;
      readonly invalid: StepId;
    })
  | {
      readonly type: 'time';
      readonly zone: string | null;
      readonly hours: readonly Hours[];
      /** Days of it are never within the hours. */
      readonly calendar: string | null;
      readonly next: StepId;
      readonly otherwise: StepId;
    }
  | {
      readonly type: 'caller';
      readonly is: CallerQuestion;
      readonly groupId: string | null;
      readonly next: StepId;
      readonly otherwise: StepId;
    }
  | {
      readonly type: 'if';
      readonly variable: string;
      readonly comparison: Comparison;
      readonly value: string;
      readonly next: StepId;
      readonly otherwise: StepId;
    }
  | (Seeks & {
      readonly type: 'queue';
      readonly queueId: QueueId;
      readonly priority: number;
      /** Null: as long as the queue says. */
      readonly maxWaitMs: number | null;
      /** Keys that take the caller out of the queue again. */
      readonly keys: Readonly<Record<string, StepId>>;
    })
  | (Seeks & { readonly type: 'agent'; readonly agentId: AgentId; readonly ringMs: number | null })
  | (Seeks & { readonly type: 'number'; readonly number: string; readonly ringMs: number | null })
  | {
      readonly type: 'http';
      readonly method: 'GET' | 'POST' | 'PUT';
      readonly url: string;
      readonly headers: Readonly<Record<string, string>>;
      readonly body: string | null;
      readonly timeoutMs: number;
      /** Variables, each with where its value is in the answer. */
      readonly answer: Readonly<Record<string, string>>;
      readonly next: StepId;
      readonly failed: StepId;
    }
  | { readonly type: 'set'; readonly variable: string; readonly value: string; readonly next: StepId }
  | { readonly type: 'tag'; readonly tag: string; readonly next: StepId }
  | {
      readonly type: 'voicemail';
      readonly greeting: Prompt;
      readonly maxMs: number;
      readonly to: VoicemailBox;
      readonly next: StepId;
    }
  /** The caller is to be called back as soon as an agent of the queue can be had. */
  | {
      readonly type: 'callback';
      readonly queueId: QueueId;
      readonly number: string;
      readonly priority: CallbackPriority;
      readonly next: StepId;
      readonly failed: StepId;
    }
  /** How satisfied the caller is, by a key from 1 to 5. */
  | (Asks & { readonly type: 'rate'; readonly next: StepId })
  | { readonly type: 'scenario'; readonly scenarioId: ScenarioId }
  /** To the PBX's own dial plan. */
  | { readonly type: 'fallback' }
  | { readonly type: 'hangUp'; readonly reason: Extract<ReleaseReason, 'normal' | 'busy' | 'rejected'> };

export type StepType = Step['type'];
export type StepOf<T extends StepType> = Extract<Step, { readonly type: T }>;

/** Whose message it is. */
export type VoicemailBox =
  | { readonly kind: 'queue'; readonly queueId: QueueId }
  | { readonly kind: 'agent'; readonly agentId: AgentId };

export interface Scenario {
  readonly name: string;
  readonly language: Language;
  /** IANA name. */
  readonly zone: string;
  /** Takes the caller when the scenario cannot go on; null: the PBX's fallback. */
  readonly fallbackQueueId: QueueId | null;
  readonly start: StepId;
  /** Days by name of the calendar: `2026-12-31`, or `01-01` for every year. */
  readonly calendars: Readonly<Record<string, readonly string[]>>;
  readonly steps: Readonly<Record<StepId, Step>>;
}

/** What every scenario may use; contact fields are empty for a caller who is no contact. */
export const BUILT_IN_VARIABLES = [
  'caller.number',
  'caller.name',
  'dialled',
  'call.id',
  'queue',
  'contact.name',
  'contact.id',
  'date',
  'time',
] as const;
