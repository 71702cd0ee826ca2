/** What somebody who presses a key is in the middle of. */
import { talkingWith } from '../../core/call/digits.js';
import { latest } from '../../core/call/leaving.js';
import { activeLine, linesWith } from '../../core/call/line.js';
import type { AgentId, Call, Leg, LegId, Line } from '../../core/call/state.js';
import { topology } from '../../core/call/topology.js';

export interface Situation {
  readonly call: Call;
  readonly leg: Leg;
  /** Whose command it is: the agent's own, or of the agent with whom the customer talks. */
  readonly agentId: AgentId;
  /** The line that is meant: the one that the leg takes part in, else the one it put on hold last. */
  readonly line: Line | null;
  /** Has put all lines on hold. */
  readonly isAway: boolean;
  /** In the leg's conversation, without itself. */
  readonly others: readonly Leg[];
}

/** Null for a leg that is not up, and for a customer who talks with no agent. */
export function situationOf(call: Call | null, legId: LegId): Situation | null {
  const leg = call?.legs[legId];
  if (call === null || leg === undefined || (leg.phase !== 'up' && leg.phase !== 'arrived')) return null;
  const active = activeLine(call, legId);
  const others = talkingWith(call, legId);
  const agentId = leg.agentId ?? others.find((other) => other.agentId !== null)?.agentId ?? null;
  if (agentId === null) return null;
  return { call, leg, agentId, line: active ?? latest(linesWith(call, legId), legId), isAway: active === null, others };
}

/** The customer: who presses, or is on the line, from outside. */
export function customerOf({ call, leg, line }: Situation): Leg | null {
  if (leg.agentId === null) return leg;
  const members = (line?.members ?? []).flatMap(({ legId }) => call.legs[legId] ?? []);
  return members.find(({ agentId }) => agentId === null) ?? null;
}

/** Something is heard on the leg: what it is told must be mixed with that. */
export function hearsSomething(call: Call, legId: LegId): boolean {
  return (topology(call).legs.get(legId)?.hears.kind ?? 'nothing') !== 'nothing';
}
