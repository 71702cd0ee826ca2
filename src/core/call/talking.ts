/** A conversation: who may leave, and when what is left is no conversation any more. */
import { endEvents } from './ending.js';
import type { CallEventBody } from './event.js';
import { evolve } from './evolve.js';
import type { Instant, LegId, TalkingCall } from './state.js';
import { presentLegs } from './state.js';

/** These legs leave by command: they are released; fewer than two left end the call. */
export function departure(call: TalkingCall, legIds: readonly LegId[], now: Instant): readonly CallEventBody[] {
  const released: CallEventBody = { type: 'legs.released', legIds, reason: 'normal' };
  const rest = evolve(call, released, now);
  return [released, ...(rest.phase === 'talking' ? restOfConversation(rest, now) : [])];
}

/** Somebody has left: one leg alone is no conversation. */
export function restOfConversation(call: TalkingCall, now: Instant): readonly CallEventBody[] {
  const rest = presentLegs(call).map((leg) => leg.id);
  if (rest.length >= 2) return [];
  const released: readonly CallEventBody[] =
    rest.length === 0 ? [] : [{ type: 'legs.released', legIds: rest, reason: 'normal' }];
  return [...released, endEvents(call, 'answered', now)];
}
