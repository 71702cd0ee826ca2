/** Where a leg that waits goes next: into a queue, to a target that rings at once, or nowhere. */
import { endEvents } from './ending.js';
import type { CallEventBody } from './event.js';
import { offered } from './offer.js';
import type { CallOutcome, Instant, LegId, LiveCall, Onward, ReleaseReason } from './state.js';

/** `waiting` are the legs that go. A place in line once taken is kept. */
export function goOnward(
  onward: Onward,
  call: LiveCall,
  waiting: readonly LegId[],
  now: Instant,
): readonly CallEventBody[] {
  switch (onward.kind) {
    case 'queue': {
      const { queueId, priority, music, maxWaitMs } = onward.entry;
      return [
        {
          type: 'call.queued',
          queueId,
          enteredAt: call.phase === 'queued' ? call.stay.enteredAt : now,
          priority,
          music,
          maxWaitAt: maxWaitMs === null ? null : now + maxWaitMs,
        },
      ];
    }
    case 'target':
      return [offered(onward.target, 'target', now)];
    case 'nowhere':
      return [
        { type: 'legs.released', legIds: waiting, reason: onward.reason },
        endEvents(call, outcomeOfRelease(onward.reason), now),
      ];
  }
}

function outcomeOfRelease(reason: ReleaseReason): CallOutcome {
  return reason === 'normal' || reason === 'answeredElsewhere' ? 'cancelled' : reason;
}
