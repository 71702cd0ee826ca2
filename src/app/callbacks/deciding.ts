/** What is decided about a callback by the rule in force at that moment, and by who could take it. */
import type { Instant } from '../../core/call/state.js';
import { type Callback, ended } from '../../core/callback/callback.js';
import { type DueStep, dueStep } from '../../core/callback/due.js';
import type { AttemptResult } from '../../core/callback/result.js';
import type { Running } from './running.js';
import { othersFree, ruleOf, type TakersPorts, takersOf } from './takers.js';
import { withinHours } from './wall-clock.js';

export function stepFor(takers: TakersPorts, callback: Callback, running: Iterable<Running>, now: Instant): DueStep {
  const { hours } = ruleOf(takers, callback);
  const open = (at: Instant) => withinHours(at, callback.zone, hours);
  const due = callback.nextAt ?? now;
  return dueStep(callback, now, takersOf(takers, callback, running, now), {
    openFrom: open(now),
    meantOpen: open(due) === due,
  });
}

/** After the attempt. A customer whose phone may have rung is not rung again at once, for another agent. */
export function settledBy(
  takers: TakersPorts,
  callback: Callback,
  result: AttemptResult,
  { customerDialled }: Running,
  now: Instant,
): Callback {
  const rule = ruleOf(takers, callback);
  const allowed = (at: Instant) => withinHours(at, callback.zone, rule.hours);
  return ended(callback, rule, {
    ...{ result, now, allowed },
    othersFree: !customerDialled && othersFree(takers, callback, now),
  });
}
