/**
 * What follows by itself once something was decided or has happened: a line with one party and nothing to wait for is over, a call
 * without lines has ended, a conversation on a line that is to be recorded is recorded.
 */
import { withoutAgent } from './coaching.js';
import { movesInVain } from './device-move.js';
import { releaseAll, unparked } from './ending.js';
import type { CallEventBody } from './event.js';
import { evolve } from './evolve.js';
import { isForsaken, returning } from './leaving.js';
import { linesWith } from './line.js';
import { failOffer } from './offer.js';
import { outcomeInScript, returnsAfterTalk, returnsUnanswered } from './script-return.js';
import type { Call, CallOutcome, Conversation, Instant, Line, LiveCall, Offer } from './state.js';

/** The events with all that follows from them. */
export function settled(call: Call, events: readonly CallEventBody[], now: Instant): readonly CallEventBody[] {
  if (events.length === 0) return events;
  const all = [...events];
  let state = events.reduce((before, event) => evolve(before, event, now), call);
  for (;;) {
    const more = consequence(state, now);
    if (more.length === 0) return all;
    all.push(...more);
    state = more.reduce((before, event) => evolve(before, event, now), state);
  }
}

function consequence(call: Call, now: Instant): readonly CallEventBody[] {
  if (call.phase === 'ended') return [];
  if (call.lines.every((line) => isDeserted(line) || isLonely(call, line))) {
    return releaseAll(call, unanswered(call), 'normal', now);
  }
  const others = [...movesInVain(call), ...withoutAgent(call)];
  if (others.length > 0) return others;
  for (const line of call.lines) {
    if (isDeserted(line)) return closing(call, line);
    const vain = line.offers.find((each) => isVain(call, line, each));
    if (vain !== undefined) return failOffer(call, vain, null, 'withdrawn', 'normal');
    const back = backInScript(call, line);
    if (back !== null) return [back];
    if (isForsaken(line)) return forsaken(call, line, now);
    const { conversation } = line;
    if (conversation !== null && conversation.recording === null && line.recorded === 'yes') {
      return [recording(call, conversation, now)];
    }
  }
  return [];
}

/** The script sent its party on: the wait in the queue was in vain, or the conversation is over. */
function backInScript(call: LiveCall, line: Line): CallEventBody | null {
  const { id: lineId, stay } = line;
  if (stay?.leaving != null) {
    return returnsUnanswered(line) ? { type: 'script.resumed', lineId, outcome: stay.leaving } : null;
  }
  const over = isForsaken(line) && returnsAfterTalk(call, line);
  return over ? { type: 'script.resumed', lineId, outcome: 'talked' } : null;
}

/** Its only party has no other line to return to. */
function isLonely(call: LiveCall, line: Line): boolean {
  if (returnsAfterTalk(call, line)) return false;
  return isForsaken(line) && line.members.every(({ legId }) => linesWith(call, legId).length <= 1);
}

/** Nobody is on it, and it is not the beginning of a call whose own phone still rings. */
function isDeserted(line: Line): boolean {
  return line.members.length === 0 && !line.offers.some(({ purpose }) => purpose === 'own');
}

/** Whoever was to be transferred has gone; only the agent who asked for it is still there. */
function isVain(call: LiveCall, line: Line, { purpose, byAgentId }: Offer): boolean {
  return purpose === 'transfer' && line.members.every(({ legId }) => call.legs[legId]?.agentId === byAgentId);
}

/** The one who waited has hung up before anybody answered. */
function unanswered(call: LiveCall): CallOutcome {
  return outcomeInScript(call, call.direction === 'inbound' ? 'abandoned' : 'cancelled');
}

function closing(call: LiveCall, line: Line): readonly CallEventBody[] {
  const offers = line.offers.flatMap((offer) =>
    failOffer(call, offer, line.stay?.queueId ?? null, 'withdrawn', 'normal'),
  );
  return [...offers, ...unparked(line), { type: 'line.closed', lineId: line.id }];
}

/** Whoever has another line returns to it; anybody else has nobody left to talk to. */
function forsaken(call: LiveCall, line: Line, now: Instant): readonly CallEventBody[] {
  const legId = line.members[0]?.legId ?? '';
  const leg = call.legs[legId];
  if (leg === undefined || isLonely(call, line)) {
    return [{ type: 'legs.released', legIds: [legId], reason: 'normal' }];
  }
  const closed: CallEventBody = { type: 'line.closed', lineId: line.id };
  return [closed, ...returning(evolve(call, closed, now), leg, line)];
}

/** Of `2026-11-22T…`. */
const DATE_LENGTH = 10;

/** One folder a day: a folder of millions of files is slow to list. */
function recording(call: LiveCall, { id: conversationId, legIds }: Conversation, now: Instant): CallEventBody {
  const recordingId = `${conversationId}.r${call.recordingCount + 1}`;
  const day = new Date(now).toISOString().slice(0, DATE_LENGTH);
  const parties = legIds.flatMap((legId) => {
    const leg = call.legs[legId];
    return leg === undefined ? [] : [{ legId, agentId: leg.agentId, party: leg.party }];
  });
  return { type: 'recording.opened', recordingId, name: `ringmaster/${day}/${recordingId}`, conversationId, parties };
}
