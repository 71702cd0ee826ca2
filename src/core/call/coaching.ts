/**
 * Trainers: who is asked to listen to an agent, in which mode, and when it is over. A trainer who listens or whispers is on no line: the
 * trainer's leg belongs to the agent, wherever the agent talks. One who barges in is a member of the agent's line like any other.
 */
import { type Refusal, refuse } from '../refusal.js';
import type { Coaching, CoachMode } from './coaching-state.js';
import type { CallCommand } from './command.js';
import type { CallEventBody } from './event.js';
import { latest } from './leaving.js';
import { activeLine, linesWith, othersOn, ownLeg } from './line.js';
import { deviceGone, failOffer, offered, openLegs, releaseReason } from './offer.js';
import { NO_SUCH_CALL, wrongState } from './own-lines.js';
import type { AgentId, Call, Instant, Leg, LegId, Line, LiveCall, Offer, OfferOutcome } from './state.js';
import { agentsIn, linesOf } from './state.js';

type Asked<T extends CallCommand['type']> = Extract<CallCommand, { type: T }>;
type Decided = readonly CallEventBody[] | Refusal;
type Rings = Extract<Coaching, { stage: 'rings' }>;
type There = Extract<Coaching, { stage: 'there' }>;

/** Trainers and supervisors of a call; none of one that has ended. */
export function coachingsOf(call: Call): readonly Coaching[] {
  return call.phase === 'live' ? call.coachings : [];
}

/** What this leg, which is up, was rung for; null for any that is no trainer's. */
export function coachingBy(call: Call, legId: LegId): There | null {
  for (const each of coachingsOf(call)) if (each.stage === 'there' && each.legId === legId) return each;
  return null;
}

export function coachRinging(call: Call, test: (offer: Offer) => boolean): Rings | null {
  for (const each of coachingsOf(call)) if (each.stage === 'rings' && test(each.offer)) return each;
  return null;
}

/** Whom the trainer's leg hears: the agent's leg and its conversation; null while the agent talks to nobody. */
export function heardBy(
  call: Call,
  { agentId }: There,
): { readonly agentLegId: LegId; readonly conversationId: string } | null {
  const leg = ownLeg(call, agentId);
  const conversation = leg === null ? null : (activeLine(call, leg.id)?.conversation ?? null);
  if (leg === null || conversation === null || !conversation.legIds.includes(leg.id)) return null;
  return { agentLegId: leg.id, conversationId: conversation.id };
}

/** In the id of such a place, between the conversation's id and what stands for the trainer. */
export const COACHING_MARK = '~k~';

/**
 * Names the place where a trainer hears an agent's leg in one conversation: for every pairing, for every phone, and each time after having
 * barged in, another. A bridge that is destroyed while its snoop hangs up can stay behind in Asterisk 22: its id is then taken (409) and yet
 * not there (404), for as long as the call lasts. So no such id is ever used again.
 */
export function coachingIdOf(conversationId: string, { legId, barges }: There, agentLegId: LegId): string {
  return `${conversationId}${COACHING_MARK}${ownPart(legId)}.${ownPart(agentLegId)}.${barges}`;
}

function ownPart(legId: LegId): string {
  return legId.slice(legId.lastIndexOf('~') + 1);
}

export function isCoachingId(id: string): boolean {
  return id.includes(COACHING_MARK);
}

export function coach(call: LiveCall, asked: Asked<'coach'>, now: Instant): Decided {
  const { coachedId, byAgentId, mode, target } = asked;
  const leg = ownLeg(call, coachedId);
  if (leg === null) return agentsIn(call).includes(coachedId) ? wrongState(call) : NO_SUCH_CALL;
  const line = activeLine(call, leg.id) ?? latest(linesWith(call, leg.id), leg.id);
  const talks = linesWith(call, leg.id).some((each) => othersOn(each, leg.id).length > 0);
  if (line === null || !talks || target.agentId === null) return wrongState(call);
  if (agentsIn(call).includes(target.agentId)) return refuse('agentBusy', 'The trainer is already in this call.');
  const coaches = { agentId: coachedId, mode };
  return [offered(target, line.id, 'coach', now, byAgentId, coaches)];
}

export function setCoachMode(call: LiveCall, { coachId, mode }: Asked<'coachMode'>): Decided {
  const coaching = coachOf(call, coachId);
  if (coaching === null) return NO_SUCH_CALL;
  if (coaching.stage !== 'there') return wrongState(call);
  return coaching.mode === mode ? [] : (changed(call, coaching, mode) ?? wrongState(call));
}

/** Into the conversation, or out of it. A trainer who has other lines by now is a party like any other. */
function changed(call: LiveCall, coaching: There, mode: CoachMode): readonly CallEventBody[] | null {
  const { legId, coachId, agentId: coachedId } = coaching;
  const event: CallEventBody = { type: 'coach.changed', legId, agentId: coachId, coachedId, mode };
  if (mode === 'barge') {
    const line = lineOfAgent(call, coachedId);
    return line === null ? null : [event, joining(line, coaching)];
  }
  const lines = linesWith(call, legId);
  if (ownLeg(call, coachedId) === null || lines.length > 1) return null;
  const left = lines.map(({ id }): CallEventBody => ({ type: 'line.parted', lineId: id, legId, agentId: coachId }));
  return [event, ...left];
}

/** Where the agent talks now. */
function lineOfAgent(call: Call, agentId: AgentId): Line | null {
  const leg = ownLeg(call, agentId);
  const line = leg === null ? null : activeLine(call, leg.id);
  return line?.conversation == null ? null : line;
}

function joining({ id: lineId }: Line, { legId, coachId }: Pick<There, 'legId' | 'coachId'>): CallEventBody {
  return { type: 'line.joined', lineId, legId, agentId: coachId, away: false };
}

function coachOf(call: Call, coachId: AgentId): Rings | There | null {
  for (const each of coachingsOf(call)) if (each.coachId === coachId && each.stage !== 'failed') return each;
  return null;
}

/** Not rung any longer, or not there any longer; the conversation goes on. */
export function stopCoaching(call: LiveCall, { coachId }: Asked<'stopCoaching'>): Decided {
  const coaching = coachOf(call, coachId);
  if (coaching === null) return NO_SUCH_CALL;
  return coaching.stage === 'rings' ? coachOfferOver(call, coaching, 'withdrawn') : gone(coaching);
}

/** The trainer hangs up by command, or takes up another call: null for one who is a party, or no trainer. */
export function leavesCoaching(call: LiveCall, coachId: AgentId): readonly CallEventBody[] | null {
  const coaching = coachOf(call, coachId);
  if (coaching?.stage === 'rings') return coachOfferOver(call, coaching, 'rejected');
  return coaching === null || coaching.mode === 'barge' ? null : gone(coaching);
}

function gone({ legId }: There): readonly CallEventBody[] {
  return [{ type: 'legs.released', legIds: [legId], reason: 'normal' }];
}

/** The trainer has answered. Barging in has to wait for a conversation: until then the agent alone hears the trainer. */
export function coachAnswered(
  call: LiveCall,
  leg: Leg,
  { offer, agentId, coachId, mode }: Rings,
): readonly CallEventBody[] {
  const events: CallEventBody[] = [{ type: 'leg.answered', legId: leg.id }];
  const losers = openLegs(call, offer).filter((id) => id !== leg.id);
  if (losers.length > 0) events.push({ type: 'legs.released', legIds: losers, reason: 'answeredElsewhere' });
  const line = mode === 'barge' ? lineOfAgent(call, agentId) : null;
  const there = mode === 'barge' && line === null ? 'whisper' : mode;
  events.push({ type: 'coach.joined', legId: leg.id, agentId: coachId, coachedId: agentId, mode: there });
  return line === null ? events : [...events, joining(line, { legId: leg.id, coachId })];
}

export function coachOfferOver(call: Call, { offer }: Rings, outcome: OfferOutcome): readonly CallEventBody[] {
  return failOffer(call, offer, null, outcome, releaseReason(outcome));
}

/** One of the trainer's phones has gone before answering; `call` is without it. */
export function coachDeviceGone(call: Call, coaching: Rings, cause: number): readonly CallEventBody[] {
  const verdict = deviceGone(call, coaching.offer, cause);
  if ('failed' in verdict) return coachOfferOver(call, coaching, verdict.failed);
  return [{ type: 'offer.weakened', offerId: coaching.offer.id, outcome: verdict.weakened }];
}

/** Trainers who have not answered in time. */
export function coachClock(call: Call, now: Instant): readonly CallEventBody[] {
  return coachingsOf(call).flatMap((each) =>
    each.stage === 'rings' && each.offer.deadlineAt <= now ? coachOfferOver(call, each, 'noAnswer') : [],
  );
}

/** What follows for trainers when the agent has gone: they go too, unless the agent is being rung again, or they are parties. */
export function withoutAgent(call: LiveCall): readonly CallEventBody[] {
  for (const each of call.coachings) {
    if (each.stage === 'failed') continue;
    const isParty = each.stage === 'there' && each.mode === 'barge';
    if (isParty ? linesWith(call, each.legId).length > 0 : isExpected(call, each.agentId)) continue;
    return each.stage === 'rings' ? coachOfferOver(call, each, 'withdrawn') : gone(each);
  }
  return [];
}

function isExpected(call: LiveCall, agentId: AgentId): boolean {
  return ownLeg(call, agentId) !== null || linesOf(call).some(({ orphan }) => orphan?.agentId === agentId);
}
