/** A caller who is sent away at once: a call that history knows and that nobody ever had. */
import type { Beginning } from './command.js';
import type { CallEvent, CallEventBody } from './event.js';
import type { CallId, Instant } from './state.js';

/**
 * All of its events. It belongs to the queue that it would have joined, but has not been offered to it. No leg of it was ever ours.
 */
export function turnedAway(
  id: CallId,
  beginning: Extract<Beginning, { type: 'arrive' }>,
  now: Instant,
): readonly CallEvent[] {
  const { direction, from, dialled, language, hangUpRule, holdMusic, onward, waitingSince = now } = beginning;
  const bodies: readonly CallEventBody[] = [
    {
      type: 'call.started',
      ...{ direction, from, dialled, language, hangUpRule, holdMusic },
      leg: null,
      next: null,
      agentId: null,
    },
    {
      type: 'call.ended',
      outcome: 'turnedAway',
      queueId: onward.kind === 'queue' ? onward.entry.queueId : null,
      agentId: null,
      agentIds: [],
      waitedMs: Math.max(0, now - waitingSince),
      talkedMs: 0,
    },
  ];
  return bodies.map((body, index) => ({ ...body, callId: id, seq: index + 1, at: now, v: 1 }));
}
