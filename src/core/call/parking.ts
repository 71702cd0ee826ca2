/** An agent puts a line into a slot, where its parties hear music; any agent takes them out again by its number. */
import { type Refusal, refuse } from '../refusal.js';
import type { AgentsCommand } from './command.js';
import type { CallEventBody } from './event.js';
import { after, letGo } from './leaving.js';
import { activeLine, lineOf, linesWith, memberOf, ownLeg } from './line.js';
import { isSeeking } from './moving.js';
import { offered } from './offer.js';
import { hasOthers, holdActive, meant, wrongState } from './own-lines.js';
import { retrieved } from './parked-over.js';
import { answeredNow } from './picking-up.js';
import type { Instant, Leg, Line, LiveCall } from './state.js';
import { agentsIn } from './state.js';

type Asked<T extends AgentsCommand['type']> = Extract<AgentsCommand, { type: T }>;
type Decided = readonly CallEventBody[] | Refusal;

export function park(call: LiveCall, asked: Asked<'park'>, now: Instant): Decided {
  const { agentId, slot, limitMs } = asked;
  const found = meant(call, agentId, asked.lineId);
  if ('refused' in found) return found;
  const { leg, line } = found;
  if (!hasOthers(line, leg.id) || isSeeking(line)) return wrongState(call);
  const parked: CallEventBody = { type: 'line.parked', lineId: line.id, slot, agentId, until: now + limitMs };
  const state = after(call, [parked], now);
  return state.phase === 'live' ? [parked, ...letGo(state, leg, line, now)] : [parked];
}

export function retrieve(call: LiveCall, { agentId, lineId, target }: Asked<'retrieve'>, now: Instant): Decided {
  const line = waiting(call, lineId);
  if ('refused' in line) return line;
  const own = ownLeg(call, agentId);
  // A trainer is on no line, and stays so.
  if (own !== null && linesWith(call, own.id).length > 0) {
    return [...retrieved(line, agentId), ...takesPart(call, own, line)];
  }
  if (agentsIn(call).includes(agentId))
    return refuse('agentBusy', 'You are part of this call already, or are being rung for it.');
  return [offered(target, lineId, 'retrieve', now)];
}

export function takeParked(call: LiveCall, asked: Asked<'takeParked'>, now: Instant): Decided {
  const { agentId, lineId, fromCallId } = asked;
  const line = waiting(call, lineId);
  if ('refused' in line) return line;
  if (agentsIn(call).includes(agentId)) return refuse('agentBusy', 'You are part of this call already.');
  const legs = [answeredNow(asked.leg, now)];
  const adopted: CallEventBody = { type: 'legs.adopted', lineId, fromCallId, legs, memberIds: [], offers: [] };
  const joined: CallEventBody = { type: 'line.joined', lineId, legId: asked.leg.id, agentId, away: false };
  return [adopted, ...retrieved(line, agentId), joined];
}

/** Still parked, and nobody else is being rung for it. */
function waiting(call: LiveCall, lineId: string): Line | Refusal {
  const line = lineOf(call, lineId);
  if (line === null || line.parked === null) return refuse('notFound', 'Nobody waits in this slot.');
  return line.offers.length > 0 ? refuse('alreadyTaken', 'Somebody else is retrieving this call.') : line;
}

function takesPart(call: LiveCall, leg: Leg, line: Line): readonly CallEventBody[] {
  const active = activeLine(call, leg.id);
  if (active?.id === line.id) return [];
  const { id: legId, agentId } = leg;
  const place = { lineId: line.id, legId, agentId };
  const held = holdActive(call, leg);
  return memberOf(line, legId) === null
    ? [...held, { type: 'line.joined', ...place, away: false }]
    : [...held, { type: 'line.resumed', ...place }];
}
