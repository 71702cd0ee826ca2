/** What an agent does with one of the own lines: hold, resume, mute, hang up, record, leave a message. */
import { type Refusal, refuse } from '../refusal.js';
import type { AgentsCommand } from './command.js';
import { releaseAll } from './ending.js';
import type { CallEventBody } from './event.js';
import { after, latest, letGo } from './leaving.js';
import { activeLine, lineOf, linesWith, memberOf, othersOn, ownLeg, ringingWhere } from './line.js';
import { offerOver } from './ringing-over.js';
import type { AgentId, Instant, Leg, LegId, Line, LineId, LiveCall } from './state.js';
import { phaseOf, ringingOffers } from './state.js';

type Asked<T extends AgentsCommand['type']> = Extract<AgentsCommand, { type: T }>;
type Decided = readonly CallEventBody[] | Refusal;

export const NO_SUCH_CALL = refuse('notFound', 'There is no such call.');
export const NO_SUCH_LINE = refuse('notFound', 'There is no such line.');

export function wrongState(call: LiveCall): Refusal {
  return refuse('wrongState', 'This cannot be done to the call in its present state.', { phase: phaseOf(call) });
}

/** The agent's leg and the line that is meant: the one named, else the one the agent takes part in, else the last one held. */
export function meant(
  call: LiveCall,
  agentId: AgentId,
  lineId: LineId | null,
): { readonly leg: Leg; readonly line: Line } | Refusal {
  const leg = ownLeg(call, agentId);
  if (leg === null)
    return ringingOffers(call).some((offer) => offer.agentId === agentId) ? wrongState(call) : NO_SUCH_CALL;
  const line = lineId === null ? usual(call, leg.id) : lineOf(call, lineId);
  return line === null || memberOf(line, leg.id) === null ? NO_SUCH_LINE : { leg, line };
}

function usual(call: LiveCall, legId: LegId): Line | null {
  return activeLine(call, legId) ?? latest(linesWith(call, legId), legId);
}

/** Is there somebody on the line besides this leg? */
export function hasOthers(line: Line, legId: LegId): boolean {
  return othersOn(line, legId).length > 0;
}

export function hold(call: LiveCall, { agentId, lineId }: Asked<'hold'>): Decided {
  const found = meant(call, agentId, lineId);
  if ('refused' in found) return found;
  const { leg, line } = found;
  if (!hasOthers(line, leg.id)) return wrongState(call);
  return memberOf(line, leg.id)?.away === true ? [] : [{ type: 'line.held', lineId: line.id, legId: leg.id, agentId }];
}

export function resume(call: LiveCall, { agentId, lineId }: Asked<'resume'>): Decided {
  const found = meant(call, agentId, lineId);
  if ('refused' in found) return found;
  const { leg, line } = found;
  return memberOf(line, leg.id)?.away === true ? takeUp(call, leg, line) : [];
}

/** The leg takes part in this line, and holds the one in which it took part until now. */
export function takeUp(call: LiveCall, leg: Leg, line: Line): readonly CallEventBody[] {
  const resumed: CallEventBody = { type: 'line.resumed', lineId: line.id, legId: leg.id, agentId: leg.agentId };
  return [...holdActive(call, leg), resumed];
}

export function holdActive(call: LiveCall, leg: Leg): readonly CallEventBody[] {
  const active = activeLine(call, leg.id);
  return active === null ? [] : [{ type: 'line.held', lineId: active.id, legId: leg.id, agentId: leg.agentId }];
}

/** The hold key of an agent's phone: what it holds is the line that is heard on it. */
export function legHeld(call: LiveCall, leg: Leg, held: boolean): readonly CallEventBody[] {
  if (leg.agentId === null || leg.phase !== 'up') return [];
  const active = activeLine(call, leg.id);
  if (held) return active !== null && hasOthers(active, leg.id) ? holdActive(call, leg) : [];
  const last = latest(linesWith(call, leg.id), leg.id);
  return active !== null || last === null ? [] : takeUp(call, leg, last);
}

export function setMuted(call: LiveCall, { agentId, muted }: Asked<'setMuted'>): Decided {
  const leg = ownLeg(call, agentId);
  if (leg === null) return meant(call, agentId, null) as Refusal;
  if (!linesWith(call, leg.id).some((line) => hasOthers(line, leg.id))) return wrongState(call);
  return leg.muted === muted ? [] : [{ type: 'leg.muted', legId: leg.id, muted }];
}

/** A ringing offer is rejected; one line of several is ended and the agent returns to another; the last one ends the agent's part. */
export function hangUp(call: LiveCall, { agentId, lineId }: Asked<'hangUp'>, now: Instant): Decided {
  if (ownLeg(call, agentId) === null) return rejectOffer(call, agentId, lineId, now);
  const found = meant(call, agentId, lineId);
  if ('refused' in found) return found;
  const { leg, line } = found;
  const others = othersOn(line, leg.id);
  const left = letGo(call, leg, line, now);
  // Hung up by the agent's wish: whoever else was on the line is not rung back, held or not.
  const waits = line.script?.keep === 'after' || line.parked !== null;
  const alone = others.length === 1 && linesWith(call, others[0] ?? '').length === 1 && !waits;
  return alone && line.offers.length === 0
    ? [...left, { type: 'legs.released', legIds: others, reason: 'normal' }]
    : left;
}

function rejectOffer(call: LiveCall, agentId: AgentId, lineId: LineId | null, now: Instant): Decided {
  const found = ringingWhere(call, (offer) => offer.agentId === agentId);
  if (found === null || (lineId !== null && found.line.id !== lineId)) return NO_SUCH_CALL;
  if (found.offer.purpose === 'own') return releaseAll(call, 'cancelled', 'normal', now);
  return offerOver(call, found, 'rejected', now);
}

/** A tag that the call has already, or one taken off that it has not, is no error. */
export function tag(call: LiveCall, { type, agentId, tag: name }: Asked<'tag' | 'untag'>): Decided {
  if (ownLeg(call, agentId) === null) return NO_SUCH_CALL;
  if (call.tags.includes(name) === (type === 'tag')) return [];
  return [{ type: type === 'tag' ? 'call.tagged' : 'call.untagged', tag: name, agentId }];
}

export function record(call: LiveCall, { agentId, lineId, action }: Asked<'record'>): Decided {
  const found = meant(call, agentId, lineId);
  if ('refused' in found) return found;
  const { line } = found;
  const wanted = { start: 'yes', resume: 'yes', pause: 'paused', stop: 'no' } as const;
  const recorded = wanted[action];
  const runs = line.recorded === 'yes' || line.recorded === 'paused';
  if ((action === 'pause' || action === 'resume') && !runs) return wrongState(call);
  if (line.conversation === null && action === 'start' && line.members.length < 2) return wrongState(call);
  if (action === 'stop' && !runs) return [];
  return line.recorded === recorded ? [] : [{ type: 'line.recorded', lineId: line.id, recorded }];
}

/** The party hears the message and is let go after it; the agent is free at once. */
export function leaveMessage(call: LiveCall, asked: Asked<'leaveMessage'>, now: Instant): Decided {
  const found = meant(call, asked.agentId, asked.lineId);
  if ('refused' in found) return found;
  const { leg, line } = found;
  const idle = line.stay === null && line.announcement === null && line.parked === null && line.offers.length === 0;
  if (othersOn(line, leg.id).length !== 1 || !idle) return wrongState(call);
  const started: CallEventBody = {
    type: 'announcement.started',
    lineId: line.id,
    ending: 'release',
    announcementId: asked.announcementId,
    items: asked.items,
    deadlineAt: now + asked.timeoutMs,
  };
  const state = after(call, [started], now);
  return state.phase === 'live' ? [started, ...letGo(state, leg, line, now)] : [started];
}
