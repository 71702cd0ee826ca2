/** Who leaves a line, where an agent returns to, and what becomes of those who were on hold. */
import type { CallEventBody } from './event.js';
import { evolve } from './evolve.js';
import { activeLine, lineOf, linesWith, memberOf } from './line.js';
import type { Call, Instant, Leg, LegId, Line, LineId, LiveCall, ReleaseReason } from './state.js';

/** The call after these events. */
export function after(call: Call, events: readonly CallEventBody[], now: Instant): Call {
  return events.reduce((state, event) => evolve(state, event, now), call);
}

/** One party, and nothing that keeps the line: nobody rings, nothing is waited for or said. */
export function isForsaken(line: Line): boolean {
  const { members, offers, stay, announcement, orphan, script, parked } = line;
  const led = announcement !== null || script?.active === true;
  const waits = stay !== null || orphan !== null || parked !== null || led;
  return members.length === 1 && offers.length === 0 && !waits;
}

/** An agent leaves the line and the others go on: to another of the agent's lines, or away altogether. */
export function letGo(
  call: LiveCall,
  leg: Leg,
  line: Line,
  now: Instant,
  reason: ReleaseReason = 'normal',
): readonly CallEventBody[] {
  if (linesWith(call, leg.id).length <= 1) return [{ type: 'legs.released', legIds: [leg.id], reason }];
  const parted: CallEventBody = { type: 'line.parted', lineId: line.id, legId: leg.id, agentId: leg.agentId };
  return [parted, ...returning(after(call, [parted], now), leg, line)];
}

/** The line is over for all who are on it. */
export function allLetGo(call: LiveCall, line: Line, reason: ReleaseReason, now: Instant): readonly CallEventBody[] {
  const events: CallEventBody[] = [];
  let state: Call = call;
  for (const { legId } of line.members) {
    const leg = state.legs[legId];
    if (leg === undefined || state.phase !== 'live') continue;
    const gone = letGo(state, leg, line, now, reason);
    events.push(...gone);
    state = after(state, gone, now);
  }
  return events;
}

/** The leg took part in `line` and does not any more: it goes back to where it came from, else to the line it left last. */
export function returning(call: Call, leg: Leg, line: Line): readonly CallEventBody[] {
  if (memberOf(line, leg.id)?.away !== false || activeLine(call, leg.id) !== null) return [];
  const lines = linesWith(call, leg.id);
  const to = lines.find(({ id }) => id === line.originId) ?? latest(lines, leg.id);
  return to === null ? [] : [{ type: 'line.resumed', lineId: to.id, legId: leg.id, agentId: leg.agentId }];
}

/** The line that the leg put on hold last. */
export function latest(lines: readonly Line[], legId: LegId): Line | null {
  const since = (line: Line) => memberOf(line, legId)?.since ?? 0;
  return lines.reduce<Line | null>((best, line) => (best === null || since(line) >= since(best) ? line : best), null);
}

/**
 * A leg has hung up, or was cut off: `call` is without it, `before` was with it. Parties whom an agent had put on hold must not be
 * lost: by the call's rule the agent's phone rings again, or they are joined with those whom the agent was talking to. Nor whom the agent
 * was talking to, where the phone has only gone dead (`lost`).
 */
export function afterHangUp(before: LiveCall, leg: Leg, call: LiveCall, lost: boolean): readonly CallEventBody[] {
  const { agentId } = leg;
  if (agentId === null) return [];
  const held = before.lines.flatMap((line) => {
    const now = lineOf(call, line.id);
    const member = memberOf(line, leg.id);
    const waits = member !== null && (member.away || lost);
    return waits && now !== null && isForsaken(now) ? [now] : [];
  });
  const active = activeLine(before, leg.id);
  const talkedOn = active === null ? null : lineOf(call, active.id);
  const joined = call.hangUpRule === 'complete' && !lost ? toJoin(call, held, talkedOn) : null;
  const orphaned = held
    .filter(({ id }) => id !== joined?.fromId && id !== joined?.intoId)
    .map(({ id }): CallEventBody => ({ type: 'line.orphaned', lineId: id, agentId }));
  return joined === null ? orphaned : [{ type: 'line.merged', ...joined, purpose: 'transfer', agentId }, ...orphaned];
}

/** Those on hold and those whom the agent was talking to, or had asked. */
function toJoin(
  call: LiveCall,
  [first, ...more]: readonly Line[],
  talkedOn: Line | null,
): { readonly fromId: LineId; readonly intoId: LineId } | null {
  if (first !== undefined) {
    // Or all were on hold, and a consult was among them.
    const other = talkedOn ?? more.find(({ originId }) => originId === first.id) ?? null;
    return other !== null && !isOver(other) ? { fromId: other.id, intoId: first.id } : null;
  }
  // The agent had gone back to the party while the one who is asked still rings.
  const asked = call.lines.find((line) => line.originId === talkedOn?.id && line.members.length === 0 && !isOver(line));
  return talkedOn !== null && talkedOn.members.length === 1 && asked !== undefined
    ? { fromId: asked.id, intoId: talkedOn.id }
    : null;
}

/** Nobody is on it, and nobody is to come. */
function isOver({ members, offers, stay }: Line): boolean {
  return members.length === 0 && offers.length === 0 && stay === null;
}
