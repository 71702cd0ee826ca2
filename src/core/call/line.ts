/** Lines as they are: who is on which, who takes part, and small changes to one. */
import type { AgentId, Call, CallId, Instant, Leg, LegId, Line, LineId, LiveCall, Member, Offer } from './state.js';
import { linesOf } from './state.js';

/** Names the call's next line. */
export function nextLineId(call: { readonly id: CallId; readonly lineCount: number }): LineId {
  return `${call.id}~l${call.lineCount + 1}`;
}

export function newLine(id: LineId, legIds: readonly LegId[], at: Instant, more: Partial<Line> = {}): Line {
  return {
    id,
    members: legIds.map((legId) => ({ legId, away: false, since: at })),
    offers: [],
    stay: null,
    announcement: null,
    orphan: null,
    script: null,
    parked: null,
    next: null,
    originId: null,
    recorded: 'no',
    conversation: null,
    ...more,
  };
}

export function lineOf(call: Call, id: LineId): Line | null {
  return linesOf(call).find((line) => line.id === id) ?? null;
}

export function memberOf(line: Line, legId: LegId): Member | null {
  return line.members.find((member) => member.legId === legId) ?? null;
}

/** Everybody on the line but this leg. */
export function othersOn(line: Line, legId: LegId): readonly LegId[] {
  return line.members.map((member) => member.legId).filter((id) => id !== legId);
}

/** The lines that a leg is a member of. */
export function linesWith(call: Call, legId: LegId): readonly Line[] {
  return linesOf(call).filter((line) => memberOf(line, legId) !== null);
}

/** The line that the leg takes part in; null while it has put all of its lines on hold. */
export function activeLine(call: Call, legId: LegId): Line | null {
  return linesOf(call).find((line) => memberOf(line, legId)?.away === false) ?? null;
}

/** The agent's leg that is up (or called in); null for one who has none, or is only being rung. */
export function ownLeg(call: Call, agentId: AgentId): Leg | null {
  for (const leg of Object.values(call.legs)) {
    if (leg.agentId === agentId && (leg.phase === 'up' || leg.phase === 'arrived')) return leg;
  }
  return null;
}

export interface Ringing {
  readonly line: Line;
  readonly offer: Offer;
}

/** The offer that passes the test, with its line. */
export function ringingWhere(call: Call, test: (offer: Offer) => boolean): Ringing | null {
  for (const line of linesOf(call)) {
    const offer = line.offers.find(test);
    if (offer !== undefined) return { line, offer };
  }
  return null;
}

export function mapLine(call: LiveCall, id: LineId, change: (line: Line) => Line): LiveCall {
  return { ...call, lines: call.lines.map((line) => (line.id === id ? change(line) : line)) };
}

export function mapMember(line: Line, legId: LegId, away: boolean, at: Instant): Line {
  const members = line.members.map((member) => (member.legId === legId ? { ...member, away, since: at } : member));
  return { ...line, members };
}
