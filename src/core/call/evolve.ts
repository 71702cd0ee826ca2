/** What an event makes of a call. Mechanical: no rules live here, only what the event says. */
import { withConversations } from './conversation.js';
import type { CallEventBody } from './event.js';
import { coachingChanged, withoutCoaches } from './evolve-coaching.js';
import { moveChanged, rungAgain } from './evolve-device.js';
import { lineChanged } from './evolve-line.js';
import { lineOf, newLine, nextLineId } from './line.js';
import type { NewLeg } from './new-leg.js';
import type { Call, CallId, Instant, Leg, LegId, LineId, LiveCall, ReleaseReason } from './state.js';

type Started = Extract<CallEventBody, { type: 'call.started' }>;
type Legs = Call['legs'];

/** The call that its first event brings into being. It is nobody's yet: the events after it say where it goes. */
export function start(id: CallId, event: Started, at: Instant): LiveCall {
  const { leg, next } = event;
  const line = newLine(nextLineId({ id, lineCount: 0 }), leg === null ? [] : [leg.id], at, { next });
  return {
    id,
    seq: 1,
    phase: 'live',
    direction: event.direction,
    from: event.from,
    dialled: event.dialled,
    language: event.language,
    startedAt: at,
    ...(event.waitingSince === undefined ? {} : { waitingSince: event.waitingSince }),
    legs: leg === null ? {} : { [leg.id]: newLeg(leg, 'arrived', at) },
    hangUpRule: event.hangUpRule,
    holdMusic: event.holdMusic,
    conversationCount: 0,
    lineCount: 1,
    recordingCount: 0,
    tags: [],
    openRecordings: [],
    marks: { queueId: event.queueId ?? null, queuedAt: null, place: null, connectedAt: null, agentId: event.agentId },
    lines: [line],
    coachings: [],
    deviceMoves: [],
  };
}

function newLeg(leg: NewLeg, phase: 'arrived' | 'dialling', since: Instant): Leg {
  return { ...leg, phase, muted: false, since };
}

export function evolve(call: Call, event: CallEventBody, at: Instant): Call {
  const after = change(call, event, at);
  const settled = after.phase === 'live' ? withConversations(after, at) : after;
  return { ...settled, seq: call.seq + 1 };
}

function change(call: Call, event: CallEventBody, at: Instant): Call {
  switch (event.type) {
    case 'leg.ringing':
      return withLeg(call, event.legId, (leg) => ({ ...leg, phase: 'ringing', since: at }));
    case 'leg.answered':
      return withLeg(call, event.legId, (leg) => ({ ...leg, phase: 'up', since: at }));
    case 'leg.muted':
      return withLeg(call, event.legId, (leg) => ({ ...leg, muted: event.muted }));
    case 'leg.detected':
      return withLeg(call, event.legId, (leg) => ({ ...leg, answeredBy: event.by }));
    case 'legs.released':
      return withoutMembers({ ...call, legs: released(call.legs, event.legIds, event.reason, at) }, event.legIds);
    case 'leg.left':
      return withoutLegs(call, [event.legId]);
    case 'recording.opened': {
      const opened = { id: event.recordingId, name: event.name };
      const after = {
        ...call,
        recordingCount: call.recordingCount + 1,
        openRecordings: [...call.openRecordings, opened],
      };
      return after.phase === 'live' ? lineChanged(after, event, at) : after;
    }
    case 'recording.closed': {
      const after = { ...call, openRecordings: call.openRecordings.filter(({ id }) => id !== event.recordingId) };
      return after.phase === 'live' ? lineChanged(after, event, at) : after;
    }
    default:
      return call.phase === 'live' ? changeLive(call, event, at) : call;
  }
}

function changeLive(call: LiveCall, event: CallEventBody, at: Instant): Call {
  switch (event.type) {
    case 'call.offered':
      return lineChanged({ ...call, legs: withNewLegs(call.legs, event.legs, at) }, event, at);
    case 'device.rungAgain':
      return rungAgain({ ...call, legs: withNewLegs(call.legs, [event.leg], at) }, event);
    case 'call.queued': {
      const { queueId, music, enteredAt } = event;
      const { queuedAt, connectedAt } = call.marks;
      // Whoever is sent to a queue after a conversation does not wait for the first one any more.
      const marks = { ...call.marks, queueId, queuedAt: connectedAt === null ? (queuedAt ?? enteredAt) : queuedAt };
      // A customer on hold hears what was heard until now, whichever queue the agent asks meanwhile.
      const holdMusic = call.lines[0]?.id === event.lineId ? music : call.holdMusic;
      return withPlace(lineChanged({ ...call, marks, holdMusic }, event, at), event.lineId);
    }
    case 'line.merged':
      return withPlace(lineChanged(call, event, at), event.intoId);
    case 'call.connected': {
      const connectedAt = call.marks.connectedAt ?? at;
      const agentId = call.marks.agentId ?? event.agentId;
      return lineChanged({ ...call, marks: { ...call.marks, connectedAt, agentId } }, event, at);
    }
    case 'legs.adopted': {
      const legs = Object.fromEntries(event.legs.map((leg) => [leg.id, leg]));
      return lineChanged({ ...call, legs: { ...call.legs, ...legs } }, event, at);
    }
    case 'legs.handedOver':
      return withoutLegs(lineChanged(call, event, at), event.legIds);
    case 'call.tagged':
      return { ...call, tags: [...call.tags, event.tag] };
    case 'call.untagged':
      return { ...call, tags: call.tags.filter((tag) => tag !== event.tag) };
    case 'call.ended':
      return ended(call, event.outcome, at);
    default:
      return moveChanged(coachingChanged(lineChanged(call, event, at), event), event);
  }
}

/** An agent who waits for an agent of another queue, to ask something, does not change where the customer came from. */
function withPlace(call: LiveCall, lineId: LineId): LiveCall {
  const line = lineOf(call, lineId);
  if (line?.stay == null || !line.members.some(({ legId }) => call.legs[legId]?.agentId === null)) return call;
  const { queueId, priority } = line.stay;
  return { ...call, marks: { ...call.marks, place: { queueId, priority } } };
}

function ended(call: LiveCall, outcome: Extract<Call, { phase: 'ended' }>['outcome'], at: Instant): Call {
  const { lines: _none, coachings: _nobody, deviceMoves: _nothing, ...base } = call;
  return { ...base, phase: 'ended', outcome, endedAt: at };
}

function withNewLegs(legs: Legs, added: readonly NewLeg[], at: Instant): Legs {
  const all: Record<LegId, Leg> = { ...legs };
  for (const leg of added) all[leg.id] = newLeg(leg, 'dialling', at);
  return all;
}

function released(legs: Legs, ids: readonly LegId[], reason: ReleaseReason, at: Instant): Legs {
  const changed: Record<LegId, Leg> = { ...legs };
  for (const id of ids) {
    const leg = changed[id];
    if (leg !== undefined && leg.phase !== 'leaving') changed[id] = { ...leg, phase: 'leaving', reason, since: at };
  }
  return changed;
}

function withLeg(call: Call, id: LegId, changeLeg: (leg: Leg) => Leg): Call {
  const leg = call.legs[id];
  if (leg === undefined || leg.phase === 'leaving') return call;
  return { ...call, legs: { ...call.legs, [id]: changeLeg(leg) } };
}

function withoutLegs(call: Call, ids: readonly LegId[]): Call {
  const legs = Object.fromEntries(Object.entries(call.legs).filter(([id]) => !ids.includes(id)));
  return withoutMembers({ ...call, legs }, ids);
}

/** Who goes is on no line any more, even while Asterisk has not yet said that it went. */
function withoutMembers(call: Call, ids: readonly LegId[]): Call {
  if (call.phase !== 'live') return call;
  const lines = call.lines.map((line) => {
    const members = line.members.filter(({ legId }) => !ids.includes(legId));
    return members.length === line.members.length ? line : { ...line, members };
  });
  return withoutCoaches({ ...call, lines }, ids);
}
