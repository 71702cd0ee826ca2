/** What Asterisk has, as it was looked at, sorted by calls and completed by what we know. */
import type { Actual, ActualConversation, ActualLeg, ActualStage } from '../core/call/plan.js';
import type { CallId } from '../core/call/state.js';
import type { Picture } from './phone-system.js';
import type { Undialled } from './undialled.js';

/** A dialled leg that does not ring yet looks like one that was only created: what we know is better. */
function stageNow(known: ActualStage | undefined, seen: ActualStage, isUndialled: () => boolean): ActualStage {
  if (seen !== 'created') return seen;
  if (known !== undefined && known !== 'up' && known !== 'maybeDialled') return known;
  return isUndialled() ? 'created' : 'maybeDialled';
}

export function byCall(picture: Picture, ownerOf: (legId: string, callId: CallId) => CallId): Map<CallId, Actual> {
  const actuals = new Map<CallId, { legs: Map<string, ActualLeg>; conversations: Map<string, ActualConversation> }>();
  const of = (id: CallId) => {
    const actual = actuals.get(id) ?? { legs: new Map(), conversations: new Map() };
    actuals.set(id, actual);
    return actual;
  };
  for (const { callId, legId, actual } of picture.legs) of(ownerOf(legId, callId)).legs.set(legId, actual);
  for (const { callId, conversationId, mode } of picture.conversations) {
    of(callId).conversations.set(conversationId, { mode, recording: null, paused: false });
  }
  return actuals;
}

/**
 * Music, ringing, muting, displays and recordings cannot be asked of Asterisk: for a leg that we know they are taken as we know them. A leg that is still
 * there although it was released is released again: the first time may have been lost, and a second does no harm.
 */
export function withComfort(actual: Actual, known: Actual, undialled: Undialled): Actual {
  const legs = new Map<string, ActualLeg>();
  for (const [id, leg] of actual.legs) {
    const before = known.legs.get(id);
    const { detecting, conversationId } = leg;
    const stage = stageNow(before?.stage, leg.stage, () => undialled.isCertain(id));
    const now = { stage, conversationId, detecting, releasing: false };
    legs.set(id, { ...leg, ...before, ...now });
  }
  return {
    legs,
    conversations: new Map([...actual.conversations].map(([id, now]) => [id, known.conversations.get(id) ?? now])),
  };
}
