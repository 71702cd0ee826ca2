/** What is configured about callbacks: of each queue, and of the centre for personal ones. */
import type { QueueId } from '../call/state.js';
import type { Destination } from '../queue/settings.js';
import type { AttemptResult } from './result.js';

/** Results after which it is over. */
type Final = 'connected' | 'unknownNumber' | 'customerCalled';

/** Results after which it is tried again. */
export type VainResult = Exclude<AttemptResult, Final | 'lost'>;

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** On these days customers may be called between `from` and `to`, by the clock where they are: `09:00`, `24:00` for the end. */
export interface CallbackHours {
  readonly days: readonly Weekday[];
  readonly from: string;
  readonly to: string;
}

export interface CallbackRule {
  /** Attempts in all. */
  readonly attempts: number;
  /** From the end of an attempt to the next one, ms. */
  readonly retryMs: Readonly<Record<VainResult, number>>;
  readonly hours: readonly CallbackHours[];
  /** So much later than its time a callback is still dialled, ms; then it is missed. */
  readonly graceMs: number;
  /** Days ahead that one can be agreed for. */
  readonly furthestDays: number;
  /** Open ones at a time, of the queue, or personal ones of one agent; null: any number. */
  readonly mostOpen: number | null;
}

/** A sound of the PBX by its name, or a prepared message. */
export type CallbackSound = string | { readonly message: string };

export interface QueueCallbackRule extends CallbackRule {
  /** Who is called first: the customer, who then waits for an agent, or an agent, for whom the customer is called then. */
  readonly way: 'customerFirst' | 'agentFirst';
  /** False: only supervisors may schedule for the queue. */
  readonly agentsMaySchedule: boolean;
  /** What a customer hears who answers while no agent is free, before the music; null: nothing. */
  readonly greeting: CallbackSound | null;
  /** So long a customer who has answered waits for an agent, ms. */
  readonly longestWaitMs: number;
  /** Where the customer goes then; null: hears the apology, and is called another time. */
  readonly fallback: Destination | null;
  readonly apology: CallbackSound;
}

/** Why the agent of a personal callback cannot be had. */
export type Away = 'loggedOut' | 'notReady' | 'busy';

export interface AwayRule {
  /** So long after its time the agent is waited for, ms. */
  readonly waitMs: number;
  /** Then the callback goes to this queue; null: it waits on, and those who may take it over are told. */
  readonly queueId: QueueId | null;
}

export interface PersonalCallbackRule extends CallbackRule {
  readonly away: Readonly<Record<Away, AwayRule>>;
}

const MINUTE_MS = 60_000;

const USUAL: CallbackRule = {
  attempts: 3,
  retryMs: {
    busy: 5 * MINUTE_MS,
    noAnswer: 30 * MINUTE_MS,
    rejected: 15 * MINUTE_MS,
    unavailable: 15 * MINUTE_MS,
    machine: 60 * MINUTE_MS,
    hungUp: 15 * MINUTE_MS,
    noAgent: 15 * MINUTE_MS,
    agentDeclined: 15 * MINUTE_MS,
  },
  hours: [{ days: WEEKDAYS, from: '09:00', to: '21:00' }],
  graceMs: 60 * MINUTE_MS,
  furthestDays: 365,
  mostOpen: null,
};

export const QUEUE_CALLBACK_RULE: QueueCallbackRule = {
  ...USUAL,
  way: 'customerFirst',
  agentsMaySchedule: true,
  greeting: 'one-moment-please',
  longestWaitMs: MINUTE_MS,
  fallback: null,
  apology: 'vm-nobodyavail',
};

const TOLD: AwayRule = { waitMs: 15 * MINUTE_MS, queueId: null };

export const PERSONAL_CALLBACK_RULE: PersonalCallbackRule = {
  ...USUAL,
  away: { loggedOut: TOLD, notReady: TOLD, busy: TOLD },
};

/** A call that was lost is as good as one that did not reach the number. */
export function spacingMs({ retryMs }: CallbackRule, result: Exclude<AttemptResult, Final>): number {
  return retryMs[result === 'lost' ? 'unavailable' : result];
}

const DAY_MS = 24 * 60 * MINUTE_MS;

export function isTooFar({ furthestDays }: CallbackRule, aheadMs: number): boolean {
  return aheadMs > furthestDays * DAY_MS;
}
