/** Where a line goes next: into a queue, to a target that rings at once, or nowhere. */
import { endEvents, movesLetGo, trainersLetGo } from './ending.js';
import type { CallEventBody } from './event.js';
import { allLetGo } from './leaving.js';
import { lineOf } from './line.js';
import { offered } from './offer.js';
import type {
  Call,
  CallOutcome,
  Instant,
  LegId,
  LineId,
  LiveCall,
  Onward,
  QueueEntry,
  QueueId,
  ReleaseReason,
} from './state.js';

/** `waiting` are the legs that go. A place in line once taken is kept. */
export function goOnward(
  onward: Onward,
  call: LiveCall,
  lineId: LineId,
  waiting: readonly LegId[],
  now: Instant,
): readonly CallEventBody[] {
  switch (onward.kind) {
    case 'queue':
      return [queued(onward.entry, lineId, joinedAt(call) ?? now, now)];
    case 'target':
      return [offered(onward.target, lineId, 'first', now)];
    case 'say': {
      const { announcementId, items, timeoutMs } = onward;
      const deadlineAt = now + timeoutMs;
      return [{ type: 'announcement.started', lineId, ending: 'release', announcementId, items, deadlineAt }];
    }
    case 'script':
      return [{ type: 'script.started', lineId, ...onward.script }];
    case 'nowhere': {
      const line = lineOf(call, lineId);
      if (call.lines.length > 1 && line !== null) return allLetGo(call, line, onward.reason, now);
      const released: CallEventBody = { type: 'legs.released', legIds: waiting, reason: onward.reason };
      const others = [...trainersLetGo(call, waiting), ...movesLetGo(call)];
      return [released, ...others, endEvents(call, onward.outcome ?? outcomeOfRelease(onward.reason), now)];
    }
  }
}

/** When the wait began that this is a part of. Whoever has talked with somebody does not wait since the arrival any more. */
function joinedAt({ marks, waitingSince }: LiveCall): Instant | undefined {
  return marks.queuedAt ?? (marks.connectedAt === null ? waitingSince : undefined);
}

/** Where the caller stands in the queue's line, or would stand who joined it now. `priority` null: the queue's own. */
export function placeIn(
  call: Call,
  queueId: QueueId,
  now: Instant,
): { readonly since: Instant; readonly priority: number | null } {
  const { place } = call.marks;
  const since = call.phase === 'live' ? joinedAt(call) : undefined;
  return { since: since ?? now, priority: place?.queueId === queueId ? place.priority : null };
}

/** The line joins a queue's waiting callers. */
export function queued(entry: QueueEntry, lineId: LineId, enteredAt: Instant, now: Instant): CallEventBody {
  const { queueId, priority, music, maxWaitMs, callback, placeSince } = entry;
  const maxWaitAt = maxWaitMs === null ? null : now + maxWaitMs;
  const queuedNow = { type: 'call.queued', lineId, queueId, enteredAt, priority, music, maxWaitAt } as const;
  const kept = placeSince === undefined ? {} : { placeSince };
  return callback === true ? { ...queuedNow, ...kept, callback } : { ...queuedNow, ...kept };
}

function outcomeOfRelease(reason: ReleaseReason): CallOutcome {
  return reason === 'normal' || reason === 'answeredElsewhere' ? 'cancelled' : reason;
}
