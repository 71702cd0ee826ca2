/** May this callback be agreed on, by whoever asks for it? */
import type { QueueId } from '../../core/call/state.js';
import { type CallbackRule, isTooFar } from '../../core/callback/rule.js';
import { matchesPattern } from '../../core/dial-rule.js';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { Viewer } from '../application.js';
import { outsideTarget, type RoutingState } from '../routing.js';
import type { CallbackRequest, CallbacksPorts } from './callbacks.js';
import { type AgreedTime, agreedTime, isZone } from './wall-clock.js';

/** An agreed time is told to the minute. */
const A_MINUTE_MS = 60_000;

type Ports = Pick<CallbacksPorts, 'clock' | 'routing'>;

/** When it is due, and how many may be open then where it goes (null: any number). */
export function mayAgree(
  ports: Ports,
  viewer: Viewer,
  request: CallbackRequest,
): { readonly time: AgreedTime; readonly mostOpen: number | null } | Refusal {
  const state = ports.routing();
  const rule = ruleFor(ports, viewer, request.queueId);
  if (isRefusal(rule)) return rule;
  const number = mayDial(state, viewer, request.number);
  if (isRefusal(number)) return number;
  const now = ports.clock.now();
  const time = timeOf(request, now);
  if (isRefusal(time)) return time;
  if (isTooFar(rule, time.at - now))
    return refuse('invalidInput', `At most ${rule.furthestDays} days ahead.`, { field: 'local' });
  return { time, mostOpen: rule.mostOpen };
}

/** Decided where it is written: see CallbackStore. */
export function tooMany(mostOpen: number | null): Refusal {
  return refuse('tooMany', 'No more callbacks can be scheduled here.', { most: mostOpen });
}

export function queuesOf({ routing }: Pick<Ports, 'routing'>, { agentId }: Viewer): ReadonlySet<QueueId> {
  const memberships = routing().settings.membershipsOf.get(agentId) ?? [];
  return new Set(memberships.map(({ queueId }) => queueId));
}

function ruleFor(ports: Ports, viewer: Viewer, queueId: QueueId | null): CallbackRule | Refusal {
  const { settings } = ports.routing();
  if (queueId === null) return settings.centre.personalCallbacks;
  const queue = settings.queues.get(queueId);
  if (queue === undefined || (viewer.role === 'agent' && !queuesOf(ports, viewer).has(queueId)))
    return refuse('notFound', 'There is no such queue among yours.');
  if (viewer.role === 'agent' && !queue.callbacks.agentsMaySchedule)
    return refuse('forbidden', 'Callbacks of this queue are scheduled by supervisors.');
  return queue.callbacks;
}

/** A number that the agent may dial, and that a rule says how to dial. */
function mayDial(state: RoutingState, { agentId }: Viewer, number: string): Refusal | null {
  const account = state.settings.agents.get(agentId);
  if (account === undefined || !account.allow.some((pattern) => matchesPattern(pattern, number)))
    return refuse('numberNotAllowed', 'You may not dial this number.');
  const target = outsideTarget(state, 'callback', number, { number: '', name: '' });
  return isRefusal(target) ? target : null;
}

function timeOf({ local, zone, at }: CallbackRequest, now: number): AgreedTime | Refusal {
  if (!isZone(zone)) return refuse('invalidInput', 'There is no such time zone.', { field: 'zone' });
  const time = at === undefined ? agreedTime(local, zone) : { at, clockChange: 'none' as const };
  if (time === null) return refuse('invalidInput', 'This is no date and time.', { field: 'local' });
  if (time.at < now - A_MINUTE_MS) return refuse('invalidInput', 'This time has passed.', { field: 'local' });
  return time;
}
