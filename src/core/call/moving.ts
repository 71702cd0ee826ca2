/** How an agent brings people together and sends them on: consult, transfer, complete, conference, and joining with another call. */
import { type Refusal, refuse } from '../refusal.js';
import type { AgentsCommand, Destined } from './command.js';
import type { CallEventBody } from './event.js';
import { after, letGo, returning } from './leaving.js';
import { lineOf, linesWith, memberOf, nextLineId, othersOn, ownLeg, ringingWhere } from './line.js';
import { notJoined, seeks } from './not-joined.js';
import { offered } from './offer.js';
import { queued } from './onward.js';
import { hasOthers, holdActive, meant, NO_SUCH_LINE, takeUp, wrongState } from './own-lines.js';
import { offerOver } from './ringing-over.js';
import type { AgentId, Instant, Leg, Line, LineId, LiveCall, OfferPurpose, Party } from './state.js';
import { agentsIn, waitingLine } from './state.js';

type Asked<T extends AgentsCommand['type']> = Extract<AgentsCommand, { type: T }>;
type Decided = readonly CallEventBody[] | Refusal;

/** Nobody is asked twice, and only one line of a call waits in a queue. */
function unfit(call: LiveCall, onward: Destined): Refusal | null {
  if (onward.kind === 'queue') return waitingLine(call) === null ? null : wrongState(call);
  if (onward.kind === 'script') return null;
  const { agentId } = onward.target;
  return agentId !== null && agentsIn(call).includes(agentId)
    ? refuse('agentBusy', 'The agent is already in this call.')
    : null;
}

function sendOff(onward: Destined, lineId: LineId, purpose: OfferPurpose, by: AgentId, now: Instant): CallEventBody {
  switch (onward.kind) {
    case 'queue':
      return queued(onward.entry, lineId, now, now);
    case 'target':
      return offered(onward.target, lineId, purpose, now, by);
    case 'script':
      return { type: 'script.started', lineId, ...onward.script };
  }
}

export function consult(call: LiveCall, { agentId, onward }: Asked<'consult'>, now: Instant): Decided {
  const found = meant(call, agentId, null);
  if ('refused' in found) return found;
  const { leg, line } = found;
  const talks = linesWith(call, leg.id).some((each) => hasOthers(each, leg.id));
  if (!talks) return wrongState(call);
  // A script speaks with one party, and an agent who asks is one more.
  const refusal = onward.kind === 'script' ? wrongState(call) : unfit(call, onward);
  if (refusal !== null) return refusal;
  const lineId = nextLineId(call);
  return [
    ...holdActive(call, leg),
    { type: 'line.opened', lineId, legId: leg.id, agentId, originId: line.id },
    sendOff(onward, lineId, 'consult', agentId, now),
  ];
}

export function transfer(call: LiveCall, asked: Asked<'transfer'>, now: Instant): Decided {
  const { agentId, onward, stays } = asked;
  const found = meant(call, agentId, asked.lineId);
  if ('refused' in found) return found;
  const { leg, line } = found;
  if (!hasOthers(line, leg.id) || isSeeking(line)) return wrongState(call);
  if (onward.kind === 'script' && othersOn(line, leg.id).length > 1) return wrongState(call);
  const refusal = unfit(call, onward);
  if (refusal !== null) return refusal;
  const sent: CallEventBody = { type: 'line.transferred', lineId: line.id, agentId, to: nameOf(onward) };
  const rings = sendOff(onward, line.id, 'transfer', agentId, now);
  // In a queue nobody can tell how long it takes: the agent's leg goes at once.
  const remains = stays && onward.kind === 'target';
  return [sent, ...(remains ? holdLine(leg, line) : letGo(call, leg, line, now)), rings];
}

export function isSeeking(line: Line): boolean {
  return seeks(line) !== null;
}

function holdLine(leg: Leg, line: Line): readonly CallEventBody[] {
  if (memberOf(line, leg.id)?.away === true) return [];
  return [{ type: 'line.held', lineId: line.id, legId: leg.id, agentId: leg.agentId }];
}

function nameOf(onward: Destined): Party {
  if (onward.kind === 'target') return onward.target.party;
  return { number: '', name: onward.kind === 'queue' ? onward.entry.queueId : onward.script.name };
}

/** Also while the target still rings, or waits for an agent of a queue: then the other party waits in the agent's place. */
export function complete(call: LiveCall, asked: Asked<'complete'>, now: Instant): Decided {
  const { agentId } = asked;
  const found = meant(call, agentId, asked.lineId);
  if ('refused' in found) return found;
  const { leg, line } = found;
  const other = partner(call, leg, line, asked.withId);
  if (other === null && asked.withId !== null) return NO_SUCH_LINE;
  if (other === null) return notJoined(call, linesWith(call, leg.id).length > 1 ? 'severalLines' : 'oneLineOnly');
  // Those who wait on hold are joined by those who are being asked, not the other way round.
  const [from, into] = isSeeking(other) ? [other, line] : [line, other];
  const why =
    seeks(into) ?? (hasOthers(into, leg.id) && (hasOthers(from, leg.id) || isSeeking(from)) ? null : 'nobodyThere');
  if (why !== null) return notJoined(call, why);
  if (from.announcement !== null || from.parked !== null) return notJoined(call, seeks(from) ?? 'messagePlays');
  const merged: CallEventBody = { type: 'line.merged', fromId: from.id, intoId: into.id, purpose: 'transfer', agentId };
  // The agent goes first: the others are a pair from the beginning, never for a moment a conference of three.
  return [...leaveBoth(call, leg, from, into, now), merged];
}

function leaveBoth(call: LiveCall, leg: Leg, from: Line, into: Line, now: Instant): readonly CallEventBody[] {
  const { id: legId, agentId } = leg;
  if (linesWith(call, legId).length <= 2) return [{ type: 'legs.released', legIds: [legId], reason: 'normal' }];
  const parted = [from, into].map(({ id }): CallEventBody => ({ type: 'line.parted', lineId: id, legId, agentId }));
  const active = [from, into].find((line) => memberOf(line, legId)?.away === false);
  return active === undefined ? parted : [...parted, ...returning(after(call, parted, now), leg, active)];
}

/** The line named, the one from which the consult was opened, or the only other one. */
function partner(call: LiveCall, leg: Leg, line: Line, withId: LineId | null): Line | null {
  const others = linesWith(call, leg.id).filter((each) => each.id !== line.id);
  if (withId !== null) return others.find(({ id }) => id === withId) ?? null;
  const origin = others.find(({ id }) => id === line.originId);
  if (origin !== undefined) return origin;
  const opened = others.filter(({ originId }) => originId === line.id);
  return opened.length === 1 ? (opened[0] ?? null) : others.length === 1 ? (others[0] ?? null) : null;
}

export function conference(call: LiveCall, { agentId }: Asked<'conference'>, now: Instant): Decided {
  const found = meant(call, agentId, null);
  if ('refused' in found) return found;
  const { leg, line: into } = found;
  const rest = linesWith(call, leg.id).filter(({ id }) => id !== into.id);
  if (rest.length === 0) return wrongState(call);
  const waits = ({ stay, announcement, parked }: Line) => stay !== null || announcement !== null || parked !== null;
  if ([into, ...rest].some(waits)) return wrongState(call);
  const merged = rest.map(
    (line): CallEventBody => ({ type: 'line.merged', fromId: line.id, intoId: into.id, purpose: 'invite', agentId }),
  );
  const joined = lineOf(after(call, merged, now), into.id);
  const away = joined !== null && memberOf(joined, leg.id)?.away === true;
  return away ? [...merged, { type: 'line.resumed', lineId: into.id, legId: leg.id, agentId }] : merged;
}

export function invite(call: LiveCall, { agentId, lineId, target }: Asked<'invite'>, now: Instant): Decided {
  const found = meant(call, agentId, lineId);
  if ('refused' in found) return found;
  const { leg, line } = found;
  const { stay, announcement, parked } = line;
  if (!hasOthers(line, leg.id) || stay !== null || announcement !== null || parked !== null) return wrongState(call);
  return unfit(call, { kind: 'target', target }) ?? [offered(target, line.id, 'invite', now, agentId)];
}

/** Only those on the agent's own lines. */
function partyOnOwnLine(
  call: LiveCall,
  agentId: AgentId,
  legId: string,
): { readonly leg: Leg; readonly line: Line } | null {
  const own = ownLeg(call, agentId);
  if (own === null || own.id === legId) return null;
  const line = linesWith(call, own.id).find((each) => memberOf(each, legId) !== null);
  const leg = call.legs[legId];
  return line === undefined || leg === undefined ? null : { leg, line };
}

const NO_SUCH_PARTY = refuse('notFound', 'There is no such party on your lines.');

/** An agent who has other lines only leaves this one; somebody who was asked and still rings is not rung any longer. */
export function removeParty(call: LiveCall, { agentId, legId }: Asked<'removeParty'>, now: Instant): Decided {
  const found = partyOnOwnLine(call, agentId, legId);
  if (found !== null) return letGo(call, found.leg, found.line, now);
  const own = ownLeg(call, agentId);
  const asked = ringingWhere(call, ({ legIds, purpose }) => legIds.includes(legId) && purpose !== 'queue');
  if (own === null || asked === null || memberOf(asked.line, own.id) === null) return NO_SUCH_PARTY;
  return offerOver(call, asked, 'withdrawn', now);
}

export function muteParty(call: LiveCall, { agentId, legId, muted }: Asked<'muteParty'>): Decided {
  const leg = partyOnOwnLine(call, agentId, legId)?.leg;
  if (leg === undefined) return NO_SUCH_PARTY;
  return leg.muted === muted ? [] : [{ type: 'leg.muted', legId, muted }];
}

/** Those who talk on other lines of their own cannot be taken out of the call. */
export function handOver(call: LiveCall, { agentId, lineId, toCallId }: Asked<'handOver'>): Decided {
  const found = meant(call, agentId, lineId);
  if ('refused' in found) return found;
  const { leg, line } = found;
  const others = othersOn(line, leg.id);
  const ringing = line.offers.flatMap(({ legIds }) => legIds).filter((id) => call.legs[id] !== undefined);
  const tied = others.some((id) => linesWith(call, id).length > 1);
  const waits = line.stay !== null || line.announcement !== null || line.parked !== null;
  if (waits) return notJoined(call, seeks(line) ?? 'inQueue');
  if (tied) return notJoined(call, 'tiedElsewhere');
  if (others.length + ringing.length === 0) return notJoined(call, 'nobodyThere');
  const legIds = [...others, ...ringing];
  const agentIds = [...new Set(legIds.flatMap((id) => call.legs[id]?.agentId ?? []))];
  return [{ type: 'legs.handedOver', lineId, legIds, toCallId, agentIds }];
}

export function adopt(call: LiveCall, asked: Asked<'adopt'>, now: Instant): Decided {
  const found = meant(call, asked.agentId, asked.lineId);
  if ('refused' in found) return found;
  const { leg, line } = found;
  const why = seeks(line) ?? (hasOthers(line, leg.id) ? null : 'nobodyThere');
  if (why !== null) return notJoined(call, why);
  const { lineId, fromCallId, legs, memberIds } = asked;
  // Whom nobody answers is, from now on, this agent's concern: whatever it rang for in the other call.
  const purpose: OfferPurpose = asked.stays ? 'invite' : 'transfer';
  const offers = asked.offers.map((each) => ({ ...each, purpose, byAgentId: asked.agentId }));
  const adopted: CallEventBody = { type: 'legs.adopted', lineId, fromCallId, legs, memberIds, offers };
  if (!asked.stays) return [...letGo(call, leg, line, now), adopted];
  const state = after(call, [adopted], now);
  const joined = lineOf(state, lineId);
  if (state.phase !== 'live' || joined === null) return wrongState(call);
  return memberOf(joined, leg.id)?.away === true ? [adopted, ...takeUp(state, leg, joined)] : [adopted];
}
