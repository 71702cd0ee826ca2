/** Events one after another: what is decided gets its place and time, and the call is what its events have made of it. */
import type { CallEvent, CallEventBody } from './event.js';
import { evolve, start } from './evolve.js';
import type { Call, CallId, Instant } from './state.js';

/** The call after one more event; null as long as it has not begun. */
export function applied(call: Call | null, event: CallEvent): Call | null {
  if (call !== null) return evolve(call, event, event.at);
  return event.type === 'call.started' ? start(event.callId, event, event.at) : null;
}

/** Numbers what was decided at `at`, on from where the call is. */
export function recorded(
  id: CallId,
  before: Call | null,
  bodies: readonly CallEventBody[],
  at: Instant,
): { readonly events: readonly CallEvent[]; readonly after: Call | null } {
  const events: CallEvent[] = [];
  let after = before;
  for (const body of bodies) {
    const event: CallEvent = { ...body, callId: id, seq: (after?.seq ?? 0) + 1, at, v: 1 };
    events.push(event);
    after = applied(after, event);
  }
  return { events, after };
}

const NOTHING_WAITS_FOR: ReadonlySet<CallEvent['type']> = new Set([
  'leg.ringing',
  'leg.detected',
  'leg.left',
  'offer.weakened',
]);

/** An event after which Asterisk has nothing to do: it need not be durable before the next one. */
export function leadsToNoStep(event: CallEvent): boolean {
  return NOTHING_WAITS_FOR.has(event.type);
}

/** Ended, every leg has left, and every recording is closed. */
export function isOver(call: Call): boolean {
  return call.phase === 'ended' && Object.keys(call.legs).length === 0 && call.openRecordings.length === 0;
}
