/** A ringing phone was answered, or nobody took the offer: what follows depends on what it rang for. */
import { releaseAll } from './ending.js';
import type { CallEventBody } from './event.js';
import { after, letGo } from './leaving.js';
import { activeLine, lineOf, linesWith, memberOf, othersOn, ownLeg, type Ringing } from './line.js';
import { failOffer, openLegs, releaseReason, rivalsOf } from './offer.js';
import { goOnward } from './onward.js';
import { retrieved } from './parked-over.js';
import { returnsUnanswered } from './script-return.js';
import type { CallOutcome, Instant, Leg, Line, LiveCall, Offer, OfferOutcome } from './state.js';

/** The first device to answer wins; the others of the offer are released in the same breath. */
export function answered(call: LiveCall, leg: Leg, { line, offer }: Ringing, now: Instant): readonly CallEventBody[] {
  const events: CallEventBody[] = [{ type: 'leg.answered', legId: leg.id }];
  const losers = openLegs(call, offer).filter((id) => id !== leg.id);
  if (losers.length > 0) events.push({ type: 'legs.released', legIds: losers, reason: 'answeredElsewhere' });
  events.push(...elsewhere(call, line, outrun(line, offer)));
  return [...events, ...taken(call, leg, { line, offer }, now)];
}

/** Others who were rung for the same caller. */
export function outrun(line: Line, winner: Offer): readonly Offer[] {
  return winner.purpose === 'queue' ? line.offers.filter(({ id }) => id !== winner.id) : rivalsOf(line, winner);
}

/** Their phones stop: somebody else has answered. */
export function elsewhere(call: LiveCall, line: Line, offers: readonly Offer[]): readonly CallEventBody[] {
  const queueId = line.stay?.queueId ?? null;
  return offers.flatMap((offer) => failOffer(call, offer, queueId, 'answeredElsewhere', 'answeredElsewhere'));
}

/** What follows when the leg has taken what was offered. */
export function taken(call: LiveCall, leg: Leg, { line, offer }: Ringing, now: Instant): readonly CallEventBody[] {
  const { id: legId, agentId } = leg;
  const joined: CallEventBody = { type: 'line.joined', lineId: line.id, legId, agentId, away: false };
  switch (offer.purpose) {
    case 'own':
      return [joined, ...goOnward(line.next ?? NOWHERE, call, line.id, [legId], now)];
    case 'first':
    case 'queue':
      return [connected(call, leg, line, now)];
    case 'consult':
    case 'invite':
      return [joined];
    case 'transfer':
      return [joined, ...transferrerGoes(after(call, [joined], now), line, offer, now)];
    case 'retrieve':
      return [...retrieved(line, agentId), joined];
    case 'recall':
      return [joined, ...alsoOnHold(call, leg, line)];
    // These are on no line.
    case 'coach':
    case 'device':
      return [];
  }
}

const NOWHERE = { kind: 'nowhere', reason: 'normal' } as const;

function connected(call: LiveCall, winner: Leg, line: Line, now: Instant): CallEventBody {
  return {
    type: 'call.connected',
    lineId: line.id,
    legId: winner.id,
    legIds: [...line.members.map(({ legId }) => legId), winner.id],
    agentId: winner.agentId ?? call.marks.agentId,
    queueId: line.stay?.queueId ?? null,
    waitedMs: Math.max(0, now - (line.stay?.enteredAt ?? call.marks.queuedAt ?? call.startedAt)),
  };
}

/** A phone that asked for the transfer stayed on the line to be told how it ended. */
function transferrerGoes(call: LiveCall | ReturnType<typeof after>, line: Line, offer: Offer, now: Instant) {
  const by = offer.byAgentId === null ? null : ownLeg(call, offer.byAgentId);
  const present = lineOf(call, line.id);
  if (call.phase !== 'live' || by === null || present === null || memberOf(present, by.id) === null) return [];
  return letGo(call, by, present, now);
}

/** The agent is back: everything else that waits for the agent is on hold again. */
function alsoOnHold(call: LiveCall, leg: Leg, line: Line): readonly CallEventBody[] {
  return call.lines
    .filter((other) => other.id !== line.id && other.orphan !== null && other.orphan.agentId === leg.agentId)
    .flatMap((other): CallEventBody[] => [
      ...other.offers.flatMap((offer) => failOffer(call, offer, null, 'answeredElsewhere', 'answeredElsewhere')),
      { type: 'line.joined', lineId: other.id, legId: leg.id, agentId: leg.agentId, away: true },
    ]);
}

/** Nobody took the offer. */
export function offerOver(
  call: LiveCall,
  { line, offer }: Ringing,
  outcome: OfferOutcome,
  now: Instant,
): readonly CallEventBody[] {
  const failed = failOffer(call, offer, line.stay?.queueId ?? null, outcome, releaseReason(outcome));
  const rivals = rivalsOf(line, offer);
  if (rivals.length > 0) return outcome === 'withdrawn' ? withdrawn(call, { line, offer }, rivals, now) : failed;
  switch (offer.purpose) {
    case 'own':
      return releaseAll(call, callOutcome(outcome), releaseReason(outcome), now, outcome);
    case 'queue':
    case 'recall':
    case 'coach':
    case 'retrieve':
    case 'device':
      return failed;
    case 'invite':
      return [...failed, ...backToInviter(call, line, offer)];
    case 'transfer':
      return [...failed, ...backToAgent(call, line, offer)];
    case 'first':
    case 'consult':
      return [...nobodyThere(call, line, outcome, failed, now)];
  }
}

/** Nobody is wanted any more, whoever asked for it. */
function withdrawn(
  call: LiveCall,
  { line, offer }: Ringing,
  rivals: readonly Offer[],
  now: Instant,
): readonly CallEventBody[] {
  const queueId = line.stay?.queueId ?? null;
  const dropped = rivals.flatMap((rival) => failOffer(call, rival, queueId, 'withdrawn', 'normal'));
  const state = after(call, dropped, now);
  const present = lineOf(state, line.id);
  if (state.phase !== 'live' || present === null) return dropped;
  return [...dropped, ...offerOver(state, { line: present, offer }, 'withdrawn', now)];
}

/** Whoever called hears why, and goes; but a customer goes to the PBX's fallback, and an agent with another line returns to that. */
function nobodyThere(
  call: LiveCall,
  line: Line,
  outcome: OfferOutcome,
  failed: readonly CallEventBody[],
  now: Instant,
): readonly CallEventBody[] {
  const [only, ...more] = line.members;
  const leg = only === undefined ? undefined : call.legs[only.legId];
  if (leg === undefined || more.length > 0 || line.offers.length > 1 || linesWith(call, leg.id).length > 1)
    return failed;
  if (returnsUnanswered(line)) return [...failed, { type: 'script.resumed', lineId: line.id, outcome }];
  const reason = leg.agentId === null ? 'fallback' : releaseReason(outcome);
  if (call.lines.length > 1) return [...failed, { type: 'legs.released', legIds: [leg.id], reason }];
  return releaseAll(call, leg.agentId === null ? 'fallback' : callOutcome(outcome), reason, now, outcome);
}

/** A transfer failed: the party is back with the agent, on hold if the agent is busy with another; else the agent is rung again. */
function backToAgent(call: LiveCall, line: Line, { byAgentId, offeredAt }: Offer): readonly CallEventBody[] {
  if (byAgentId === null) return [];
  const leg = ownLeg(call, byAgentId);
  const others = leg === null ? line.members : othersOn(line, leg.id);
  if (others.length !== 1) return [];
  if (leg === null) return [{ type: 'line.orphaned', lineId: line.id, agentId: byAgentId }];
  const away = activeLine(call, leg.id) !== null;
  const place = { lineId: line.id, legId: leg.id, agentId: byAgentId };
  const member = memberOf(line, leg.id);
  if (member === null) return [{ type: 'line.joined', ...place, away }];
  // Many phones hold before they transfer, and send nothing until their user takes the party back: music until then, not silence.
  const heldBefore = member.away && member.since < offeredAt;
  return away || heldBefore ? [] : [{ type: 'line.resumed', ...place }];
}

/** An agent who has left meanwhile, while somebody was being asked to join, has sent the other one on: that was in vain. */
function backToInviter(call: LiveCall, line: Line, offer: Offer): readonly CallEventBody[] {
  if (line.offers.length > 1 || line.members.some(({ legId }) => call.legs[legId]?.agentId === offer.byAgentId))
    return [];
  return backToAgent(call, line, offer);
}

export function callOutcome(outcome: OfferOutcome): CallOutcome {
  return outcome === 'answeredElsewhere' || outcome === 'withdrawn' ? 'cancelled' : outcome;
}
