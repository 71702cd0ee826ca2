/**
 * Facts: what has happened, told by Asterisk or by the clock, and what follows from it. Total: a late, doubled or foreign fact
 * yields no events.
 */
import { coachAnswered, coachClock, coachDeviceGone, coachOfferOver, coachRinging } from './coaching.js';
import type { CallFact } from './command.js';
import { settled } from './consequences.js';
import { deviceAnswered, moveClock, moveDeviceGone, moveRinging, ringsOn } from './device-move.js';
import { allLost, releaseAll } from './ending.js';
import type { CallEventBody } from './event.js';
import { evolve } from './evolve.js';
import { after, afterHangUp, allLetGo } from './leaving.js';
import { lineOf, ringingWhere } from './line.js';
import { isInDoubt } from './machine.js';
import { deviceGone } from './offer.js';
import { legHeld } from './own-lines.js';
import { parkingEndsAt, parkingOver } from './parked-over.js';
import { answered, offerOver } from './ringing-over.js';
import type { Announcement, Call, Instant, Leg, LegId, Line, LiveCall, Offer } from './state.js';
import { linesOf, ringingOffers } from './state.js';

export function observe(call: Call, fact: CallFact, now: Instant): readonly CallEventBody[] {
  return settled(call, noted(call, fact, now), now);
}

function noted(call: Call, fact: CallFact, now: Instant): readonly CallEventBody[] {
  switch (fact.type) {
    case 'legRinging': {
      const leg = legOf(call, fact.legId);
      return leg?.phase === 'dialling' ? [{ type: 'leg.ringing', legId: leg.id }] : [];
    }
    case 'legAnswered':
      return legAnswered(call, fact.legId, now);
    case 'legLeft': {
      const leg = legOf(call, fact.legId);
      return leg === undefined ? [] : left(call, leg, fact.cause, now);
    }
    case 'legHeld': {
      const leg = legOf(call, fact.legId);
      return leg === undefined || call.phase !== 'live' ? [] : legHeld(call, leg, fact.held);
    }
    case 'legDetected': {
      const leg = legOf(call, fact.legId);
      return leg !== undefined && isInDoubt(leg) ? [{ type: 'leg.detected', legId: leg.id, by: fact.by }] : [];
    }
    case 'announcementEnded': {
      const line = linesOf(call).find(({ announcement }) => announcement?.id === fact.announcementId);
      return line === undefined || call.phase !== 'live' ? [] : announced(call, line, now);
    }
    case 'recordingEnded': {
      const { name, outcome, durationMs } = fact;
      const known = call.openRecordings.find((recording) => recording.name === name);
      return known === undefined ? [] : [{ type: 'recording.closed', recordingId: known.id, outcome, durationMs }];
    }
    case 'agentTaken': {
      // As if the agent's phone were busy: that is what the agent is, elsewhere.
      const trainer = coachRinging(call, ({ id }) => id === fact.offerId);
      if (trainer !== null) return coachOfferOver(call, trainer, 'busy');
      const found = ringingWhere(call, ({ id }) => id === fact.offerId);
      return found === null || call.phase !== 'live' ? [] : offerOver(call, found, 'busy', now);
    }
    case 'phonesRestarted':
      return allLost(call, now);
    case 'clock':
      return clock(call, now);
  }
}

/** Only the call's own: a foreign id may happen to be the name of something every object has. */
function legOf(call: Call, legId: LegId): Leg | undefined {
  return Object.hasOwn(call.legs, legId) ? call.legs[legId] : undefined;
}

/** A recording that has not ended by now never will: the call does not wait for it any longer. */
const RECORDING_ENDS_MS = 10_000;

/** The next moment at which `clock` has something to say, or null. */
export function nextDeadline(call: Call): Instant | null {
  if (call.phase === 'ended') return call.openRecordings.length === 0 ? null : call.endedAt + RECORDING_ENDS_MS;
  const deadlines = ringingOffers(call).map((offer) => offer.deadlineAt);
  for (const line of call.lines) {
    if (line.announcement !== null) deadlines.push(line.announcement.deadlineAt);
    const end = waitEndsAt(line);
    if (end !== null) deadlines.push(end);
    const parkedUntil = parkingEndsAt(line);
    if (parkedUntil !== null) deadlines.push(parkedUntil);
  }
  return deadlines.length === 0 ? null : Math.min(...deadlines);
}

/** A caller for whom a phone rings right now is not sent away. */
function waitEndsAt({ stay, offers }: Line): Instant | null {
  return stay !== null && stay.leaving === null && offers.length === 0 ? stay.maxWaitAt : null;
}

function clock(call: Call, now: Instant): readonly CallEventBody[] {
  if (call.phase === 'ended') {
    if (call.endedAt + RECORDING_ENDS_MS > now) return [];
    return call.openRecordings.map(({ id }) => ({
      type: 'recording.closed',
      recordingId: id,
      outcome: 'lost',
      durationMs: null,
    }));
  }
  const events: CallEventBody[] = [...coachClock(call, now), ...moveClock(call, now)];
  let state: Call = after(call, events, now);
  for (const { id } of call.lines) {
    const line = lineOf(state, id);
    if (state.phase !== 'live' || line === null) continue;
    const more = lineClock(state, line, now);
    events.push(...more);
    state = after(state, more, now);
  }
  return events;
}

function lineClock(call: LiveCall, line: Line, now: Instant): readonly CallEventBody[] {
  const events: CallEventBody[] = [];
  let state: Call = call;
  for (const offer of line.offers) {
    if (offer.deadlineAt > now || state.phase !== 'live') continue;
    const present = lineOf(state, line.id) ?? line;
    const over = offerOver(state, { line: present, offer }, 'noAnswer', now);
    events.push(...over);
    state = after(state, over, now);
  }
  const present = lineOf(state, line.id);
  if (state.phase !== 'live' || present === null) return events;
  const { announcement } = present;
  if (announcement !== null && announcement.deadlineAt <= now) events.push(...announced(state, present, now));
  events.push(...parkingOver(state, present, now));
  const end = waitEndsAt(line);
  if (line.stay !== null && end !== null && end <= now) {
    events.push({ type: 'queue.left', lineId: line.id, queueId: line.stay.queueId, reason: 'maxWait' });
  }
  return events;
}

/** What was said is over: the line waits on, or its party, who has heard the message, is let go. */
function announced(call: LiveCall, line: Line, now: Instant): readonly CallEventBody[] {
  if (line.announcement === null) return [];
  const { id, ending }: Announcement = line.announcement;
  const ended: CallEventBody = { type: 'announcement.ended', announcementId: id };
  if (ending === 'wait') return [ended];
  // Whoever has heard it to the end has not given up.
  if (call.lines.length === 1) return [ended, ...releaseAll(call, 'cancelled', 'normal', now)];
  return [ended, ...allLetGo(call, line, 'normal', now)];
}

function legAnswered(call: Call, legId: LegId, now: Instant): readonly CallEventBody[] {
  const leg = legOf(call, legId);
  if (call.phase !== 'live' || (leg?.phase !== 'dialling' && leg?.phase !== 'ringing')) return [];
  const isIts = (offer: Offer) => offer.legIds.includes(legId);
  const trainer = coachRinging(call, isIts);
  if (trainer !== null) return coachAnswered(call, leg, trainer);
  const move = moveRinging(call, isIts);
  if (move !== null) return deviceAnswered(call, leg, move);
  const found = ringingWhere(call, isIts);
  return found === null ? [] : answered(call, leg, found, now);
}

/**
 * A phone that has gone dead has not hung up: no voice came from it for a while (44, as Asterisk ends it then), or its network is out of
 * order (27, 38, 41).
 */
function isLost(cause: number): boolean {
  return cause === 44 || cause === 27 || cause === 38 || cause === 41;
}

function left(call: Call, leg: Leg, cause: number, now: Instant): readonly CallEventBody[] {
  const gone: CallEventBody = { type: 'leg.left', legId: leg.id, cause, agentId: leg.agentId };
  const rest = evolve(call, gone, now);
  if (leg.phase === 'leaving' || call.phase !== 'live' || rest.phase !== 'live') return [gone];
  const isIts = (offer: Offer) => offer.legIds.includes(leg.id);
  const trainer = coachRinging(rest, isIts);
  if (trainer !== null) return [gone, ...coachDeviceGone(rest, trainer, cause)];
  const move = moveRinging(rest, isIts);
  if (move !== null) return [gone, ...moveDeviceGone(rest, move, cause)];
  const found = ringingWhere(rest, isIts);
  if (found === null) return [gone, ...(ringsOn(call, leg, rest) ?? afterHangUp(call, leg, rest, isLost(cause)))];
  const verdict = deviceGone(rest, found.offer, cause);
  if ('failed' in verdict) return [gone, ...offerOver(rest, found, verdict.failed, now)];
  return [gone, { type: 'offer.weakened', offerId: found.offer.id, outcome: verdict.weakened }];
}
