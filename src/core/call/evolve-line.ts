/** What an event makes of the call's lines. */
import type { CallEventBody } from './event.js';
import { coachOffered } from './evolve-coaching.js';
import { moveOffered } from './evolve-device.js';
import { recordingChanged } from './evolve-recording.js';
import { membersUp, scriptAnswered, scriptChanged } from './evolve-script.js';
import { mapLine, mapMember, newLine } from './line.js';
import type { Instant, LegId, Line, LineId, LiveCall, Member, Offer, Parked } from './state.js';

type Event<T extends CallEventBody['type']> = Extract<CallEventBody, { type: T }>;

export function lineChanged(call: LiveCall, event: CallEventBody, at: Instant): LiveCall {
  switch (event.type) {
    case 'call.offered':
    case 'call.queued':
    case 'offer.weakened':
    case 'offer.failed':
    case 'call.connected':
    case 'queue.left':
      return offersChanged(call, event, at);
    case 'line.opened': {
      const line = newLine(event.lineId, [event.legId], at, { originId: event.originId });
      return { ...call, lineCount: call.lineCount + 1, lines: [...call.lines, line] };
    }
    case 'line.joined':
      return mapLine(call, event.lineId, (line) => joined(line, event.legId, event.away, at));
    case 'line.held':
      return mapLine(call, event.lineId, (line) => mapMember(line, event.legId, true, at));
    case 'line.resumed':
      return mapLine(call, event.lineId, (line) => mapMember(line, event.legId, false, at));
    case 'line.parted':
      return mapLine(call, event.lineId, (line) => withoutMember(line, event.legId));
    case 'line.merged':
      return merged(call, event);
    case 'line.closed':
      return closed(call, event.lineId, null);
    case 'line.orphaned':
      return mapLine(call, event.lineId, (line) => ({ ...line, orphan: { agentId: event.agentId, stage: 'recall' } }));
    case 'line.parked':
      return mapLine(call, event.lineId, (line) => ({ ...line, parked: parkedBy(event, at) }));
    case 'line.unparked':
      return mapLine(call, event.lineId, (line) => ({ ...line, parked: null }));
    case 'legs.adopted':
      return mapLine(call, event.lineId, (line) => adopted(line, event, at));
    case 'legs.handedOver':
      return mapLine(call, event.lineId, (line) => handedOver(line, event));
    default:
      return accompanimentChanged(call, event, at);
  }
}

/** What goes on beside the parties: announcements, scripts, recordings. */
function accompanimentChanged(call: LiveCall, event: CallEventBody, at: Instant): LiveCall {
  switch (event.type) {
    case 'line.recorded':
    case 'recording.opened':
    case 'recording.closed':
      return recordingChanged(call, event);
    case 'announcement.started':
      return mapLine(call, event.lineId, (line) => announced(line, event));
    case 'announcement.ended':
      return mapEvery(call, (line) =>
        line.announcement?.id === event.announcementId ? { ...line, announcement: null } : line,
      );
    case 'script.started':
    case 'script.answered':
    case 'script.stepped':
    case 'script.suspended':
    case 'script.resumed':
    case 'script.over':
      return scriptChanged(call, event, at);
    default:
      return call;
  }
}

type OfOffers = Event<
  'call.offered' | 'call.queued' | 'offer.weakened' | 'offer.failed' | 'call.connected' | 'queue.left'
>;

/** Who rings for the line, and its stay in a queue. */
function offersChanged(call: LiveCall, event: OfOffers, at: Instant): LiveCall {
  switch (event.type) {
    case 'call.offered':
      if (event.purpose === 'coach') return coachOffered(call, event, offer(event, at));
      if (event.purpose === 'device') return moveOffered(call, event, offer(event, at));
      return mapLine(call, event.lineId, (line) => offeredTo(line, offer(event, at)));
    case 'call.queued':
      return mapLine(call, event.lineId, (line) => queued(line, event));
    case 'offer.weakened':
      return mapOffers(call, (each) => (each.id === event.offerId ? { ...each, outcome: event.outcome } : each));
    case 'offer.failed':
      return { ...call, lines: call.lines.map((line) => withoutOffer(line, event.offerId)) };
    case 'call.connected':
      return connected(call, event, at);
    case 'queue.left':
      return mapLine(call, event.lineId, (line) =>
        line.stay === null ? line : { ...line, stay: { ...line.stay, leaving: event.reason } },
      );
  }
}

function announced(line: Line, { announcementId: id, items, deadlineAt, ending }: Event<'announcement.started'>): Line {
  // Whoever is let go after it waits for nothing else any more.
  const over = ending === 'release' ? { stay: null, orphan: null } : {};
  return { ...line, ...over, next: null, announcement: { id, items, deadlineAt, ending } };
}

function handedOver(line: Line, { legIds: gone }: Event<'legs.handedOver'>): Line {
  const offers = line.offers.filter(({ legIds }) => !legIds.some((id) => gone.includes(id)));
  return { ...line, stay: null, announcement: null, script: null, offers };
}

function mapEvery(call: LiveCall, change: (line: Line) => Line): LiveCall {
  return { ...call, lines: call.lines.map(change) };
}

function mapOffers(call: LiveCall, change: (offer: Offer) => Offer): LiveCall {
  return mapEvery(call, (line) => ({ ...line, offers: line.offers.map(change) }));
}

function offer(event: Event<'call.offered'>, at: Instant): Offer {
  const { offerId: id, purpose, byAgentId, party, agentId, legs, shows, autoAnswer, deadlineAt, picksUp } = event;
  const legIds = legs.map((leg) => leg.id);
  return {
    id,
    purpose,
    byAgentId,
    party,
    agentId,
    legIds,
    offeredAt: at,
    deadlineAt,
    shows,
    autoAnswer,
    outcome: null,
    ...(picksUp === undefined ? {} : { picksUp }),
  };
}

/** Whoever is sent onward to somebody waits and is recalled no more. */
function offeredTo(line: Line, added: Offer): Line {
  const moved = added.purpose === 'first' ? { stay: null, announcement: null, orphan: null } : {};
  const next = added.purpose === 'own' ? line.next : null;
  return { ...line, ...moved, next, offers: [...line.offers, added] };
}

/** A recall that failed leaves the line to be sent elsewhere, once no colleague is rung for it either. */
function withoutOffer(line: Line, offerId: string): Line {
  const failed = line.offers.find(({ id }) => id === offerId);
  if (failed === undefined) return line;
  const offers = line.offers.filter((each) => each !== failed);
  const inVain = failed.purpose === 'recall' && !offers.some(({ purpose }) => purpose === 'recall');
  const orphan = inVain && line.orphan !== null ? { ...line.orphan, stage: 'onward' as const } : line.orphan;
  return { ...line, orphan, offers };
}

function queued(line: Line, event: Event<'call.queued'>): Line {
  const { queueId, enteredAt, priority, music, maxWaitAt, callback, placeSince } = event;
  const kept = placeSince === undefined ? {} : { placeSince };
  const place = { queueId, enteredAt, priority, music, maxWaitAt, ...kept, leaving: null };
  const stay = callback === true ? { ...place, callback } : place;
  return { ...line, stay, announcement: null, orphan: null, next: null, offers: [] };
}

/** Whoever waited is answered now. */
function connected(call: LiveCall, event: Event<'call.connected'>, at: Instant): LiveCall {
  return mapLine(membersUp(call, event.lineId, at), event.lineId, (each) => ({
    ...joined(each, event.legId, false, at),
    stay: null,
    announcement: null,
    script: scriptAnswered(each.script),
  }));
}

function joined(line: Line, legId: LegId, away: boolean, at: Instant): Line {
  const member: Member = { legId, away, since: at };
  return {
    ...line,
    orphan: null,
    members: [...line.members.filter((each) => each.legId !== legId), member],
    offers: line.offers.filter(({ legIds }) => !legIds.includes(legId)),
  };
}

function withoutMember(line: Line, legId: LegId): Line {
  return { ...line, members: line.members.filter((member) => member.legId !== legId) };
}

function merged(call: LiveCall, { fromId, intoId, purpose, agentId }: Event<'line.merged'>): LiveCall {
  const from = call.lines.find(({ id }) => id === fromId);
  if (from === undefined) return call;
  const offers = from.offers.map((each) => ({ ...each, purpose, byAgentId: agentId }));
  const into = mapLine(call, intoId, (line) => ({
    ...line,
    members: allMembers(line.members, from.members),
    offers: [...line.offers, ...offers],
    stay: line.stay ?? from.stay,
    announcement: line.announcement ?? from.announcement,
    orphan: null,
    script: line.script ?? from.script,
    recorded: line.recorded === 'no' ? from.recorded : line.recorded,
  }));
  return closed(into, fromId, intoId);
}

function parkedBy({ slot, agentId: byAgentId, until }: Event<'line.parked'>, since: Instant): Parked {
  return { slot, byAgentId, since, until };
}

/** Who is on both takes part if it did on either. */
function allMembers(into: readonly Member[], from: readonly Member[]): readonly Member[] {
  const also = new Map(from.map((member) => [member.legId, member]));
  const kept = into.map((member) => (also.get(member.legId)?.away === false ? { ...member, away: false } : member));
  return [...kept, ...from.filter(({ legId }) => !into.some((member) => member.legId === legId))];
}

/** Whoever would have returned to it returns to `heir`. */
function closed(call: LiveCall, id: LineId, heir: LineId | null): LiveCall {
  const lines = call.lines.filter((line) => line.id !== id);
  return {
    ...call,
    lines: lines.map((line) => (line.originId === id ? { ...line, originId: heir === line.id ? null : heir } : line)),
  };
}

function adopted(line: Line, { memberIds, offers }: Event<'legs.adopted'>, at: Instant): Line {
  const members = memberIds.map((legId) => ({ legId, away: false, since: at }));
  return { ...line, orphan: null, members: [...line.members, ...members], offers: [...line.offers, ...offers] };
}
