/** Legs and lines of a call as clients see them. */
import { coachingsOf } from '../core/call/coaching.js';
import { type AgentId, type Call, type Line, linesOf } from '../core/call/state.js';
import { refOf } from './scenarios/start.js';
import type { CallView, CoachingView, LegView, LineView, ParkedView } from './view.js';

export function legViews(call: Call): readonly LegView[] {
  return Object.values(call.legs).flatMap((leg) => {
    if (leg.phase === 'leaving') return [];
    const { id, role, party, agentId, phase, muted, since } = leg;
    return [{ id, role, party, agentId, phase, muted, answeredBy: leg.answeredBy ?? null, since }];
  });
}

export function lineViews(call: Call): readonly LineView[] {
  return linesOf(call).map((line) => ({
    id: line.id,
    state: stateOf(line),
    members: line.members.map(({ legId, away, since }) => ({ legId, onHold: away, since })),
    ringing: line.offers.map(({ id, purpose, party, agentId, offeredAt, byAgentId, picksUp }) => ({
      offerId: id,
      purpose,
      party,
      agentId,
      since: offeredAt,
      byAgentId,
      picksUp: picksUp ?? null,
    })),
    calls: line.next?.kind === 'target' ? line.next.target.party : null,
    originId: line.originId,
    conference: line.conversation?.mode === 'conference',
    talkingSince: line.conversation?.startedAt ?? null,
    recording: line.recorded === 'stopped' ? 'no' : line.recorded,
    awaitsAgentId: line.orphan?.agentId ?? null,
    parked: line.parked,
    scenarioId: scenarioOf(line),
  }));
}

/** `nameOf`: of an agent; also of a trainer who did not come. */
export function coachingViews(call: Call, nameOf: (id: AgentId) => string): readonly CoachingView[] {
  return coachingsOf(call).map((each) => {
    const { agentId, coachId, byAgentId, mode, stage } = each;
    const outcome = stage === 'failed' ? each.outcome : null;
    const state = stage === 'rings' ? 'ringing' : stage;
    return { agentId, coachId, coachName: nameOf(coachId), byAgentId, mode, state, outcome };
  });
}

export function moveViews(call: Call): CallView['moves'] {
  return call.phase === 'live'
    ? call.deviceMoves.map(({ agentId, offer }) => ({ agentId, since: offer.offeredAt }))
    : [];
}

function scenarioOf({ script }: Line): string | null {
  return script === null ? null : (refOf(script.name)?.id ?? null);
}

function stateOf(line: Line): LineView['state'] {
  if (line.conversation !== null) return 'active';
  if (line.stay !== null) return 'queued';
  if (line.parked !== null) return 'parked';
  if (line.script?.active === true && scenarioOf(line) !== null) return 'scenario';
  if (line.announcement !== null) return 'message';
  if (line.offers.length > 0) return 'dialling';
  return 'held';
}

/** The lines of the call that wait in slots. */
export function parkedViews(call: Call): readonly ParkedView[] {
  return linesOf(call).flatMap(({ id: lineId, parked, members }) => {
    if (parked === null) return [];
    const legs = members.flatMap(({ legId }) => call.legs[legId] ?? []);
    const party = (legs.find(({ agentId }) => agentId === null) ?? legs[0])?.party ?? call.from;
    return [{ ...parked, callId: call.id, lineId, party, queueId: call.marks.queueId }];
  });
}
