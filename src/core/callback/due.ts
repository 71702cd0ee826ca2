/** What is to be done about a callback whose time has come. Asked again and again: agents become free, and the day goes on. */
import type { AgentId, Instant, QueueId } from '../call/state.js';
import type { Callback } from './callback.js';
import type { Away, CallbackRule, PersonalCallbackRule } from './rule.js';

export type DueStep =
  | { readonly do: 'wait' }
  /** `agentId`: who is rung first; null: the customer is. */
  | { readonly do: 'dial'; readonly agentId: AgentId | null }
  /** Customers may not be called at this hour. */
  | { readonly do: 'postpone'; readonly until: Instant }
  /** Its agent cannot be had: it becomes the queue's. */
  | { readonly do: 'handOver'; readonly queueId: QueueId }
  /** Its agent cannot be had, and those who may take it over are to know. */
  | { readonly do: 'tell' }
  | { readonly do: 'miss' };

/** Who could take it now. */
export type Takers =
  | { readonly kind: 'agent'; readonly rule: PersonalCallbackRule; readonly agent: Away | 'free' | 'called' }
  /** `first` undefined: nobody is free for it; null: somebody is, and the customer is called first. */
  | { readonly kind: 'queue'; readonly rule: CallbackRule; readonly first: AgentId | null | undefined };

export interface Hours {
  /** The next moment at which the customer may be called: now, or later. */
  readonly openFrom: Instant;
  /** Was the moment for which it is scheduled within the hours? A customer who asked for an odd hour is called then. */
  readonly meantOpen: boolean;
}

export function dueStep(callback: Callback, now: Instant, takers: Takers, hours: Hours): DueStep {
  const { nextAt } = callback;
  if (callback.state !== 'scheduled' || nextAt === null || nextAt > now) return { do: 'wait' };
  const { rule } = takers;
  if (nextAt + rule.graceMs < now) return { do: 'miss' };
  if (hours.openFrom > now && hours.meantOpen) return { do: 'postpone', until: hours.openFrom };
  if (takers.kind === 'queue') {
    return takers.first === undefined ? { do: 'wait' } : { do: 'dial', agentId: takers.first };
  }
  if (takers.agent === 'free') return { do: 'dial', agentId: callback.agentId };
  return takers.agent === 'called' ? { do: 'wait' } : away(callback, nextAt, now, takers.rule, takers.agent);
}

function away(
  { overdueSince }: Callback,
  nextAt: Instant,
  now: Instant,
  rule: PersonalCallbackRule,
  why: Away,
): DueStep {
  const { waitMs, queueId } = rule.away[why];
  if (now < nextAt + waitMs) return { do: 'wait' };
  if (queueId !== null) return { do: 'handOver', queueId };
  return overdueSince === null ? { do: 'tell' } : { do: 'wait' };
}

/** The callback after any step but dialling. */
export function afterStep(callback: Callback, step: DueStep, now: Instant): Callback {
  switch (step.do) {
    case 'wait':
    case 'dial':
      return callback;
    case 'postpone':
      return { ...callback, nextAt: step.until, updatedAt: now };
    case 'handOver':
      // In the hands of the queue it has all the time again that a queue takes.
      return { ...callback, queueId: step.queueId, agentId: null, nextAt: now, overdueSince: null, updatedAt: now };
    case 'tell':
      return { ...callback, overdueSince: now, updatedAt: now };
    case 'miss':
      return { ...callback, state: 'missed', nextAt: null, updatedAt: now };
  }
}
