/**
 * Two calls become one: the parties of one go over to a line of the other. Both decide in one breath, so that what they record shares
 * a transaction; and the call that takes them over records it first, so that a party is never nobody's.
 */
import { decide } from '../core/call/decide.js';
import { latest } from '../core/call/leaving.js';
import { activeLine, linesWith, memberOf, othersOn, ownLeg } from '../core/call/line.js';
import type { AgentId, Call, CallId, Leg, Line, LineId } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import type { CallMailbox } from './call-mailbox.js';
import { type CallOperationsPorts, ownMailbox } from './own-call.js';
import type { CallView } from './view.js';

export interface Place {
  readonly callId: CallId;
  /** Null: the line the agent takes part in there, else the last one. */
  readonly lineId: LineId | null;
}

/** `stays`: the agent stays with them, as in a conference. The older call goes on. */
export async function joinCalls(
  ports: CallOperationsPorts,
  agentId: AgentId,
  one: Place,
  other: Place,
  stays: boolean,
): Promise<CallView | Refusal> {
  const first = ownMailbox(ports, agentId, one.callId);
  const second = ownMailbox(ports, agentId, other.callId);
  if (isRefusal(first)) return first;
  if (isRefusal(second)) return second;
  const joined = join(
    agentId,
    { mailbox: first, lineId: one.lineId },
    { mailbox: second, lineId: other.lineId },
    stays,
    ports.now(),
  );
  if (isRefusal(joined)) return joined;
  await Promise.all([first.written(), second.written()]);
  const { call } = joined;
  return call === null ? refuse('callEnded', 'The call has ended.') : ports.views.callView(call);
}

export interface Side {
  readonly mailbox: CallMailbox;
  readonly lineId: LineId | null;
}

interface Found extends Side {
  readonly call: Call;
  readonly line: Line;
  readonly leg: Leg;
}

/** Answers the mailbox of the call that has everybody now. */
export function join(agentId: AgentId, one: Side, other: Side, stays: boolean, now: number): CallMailbox | Refusal {
  const a = found(agentId, one);
  const b = found(agentId, other);
  if (isRefusal(a)) return a;
  if (isRefusal(b)) return b;
  const [into, from] = keeps(a, b) ? [a, b] : [b, a];
  const handOver = { type: 'handOver', agentId, lineId: from.line.id, toCallId: into.call.id } as const;
  const possible = decide(from.call, handOver, now);
  if (isRefusal(possible)) return possible;
  const { line, call } = from;
  const memberIds = othersOn(line, from.leg.id);
  const ids = [...memberIds, ...line.offers.flatMap(({ legIds }) => legIds)];
  const legs = ids.flatMap((id) => call.legs[id] ?? []);
  const adopt = {
    type: 'adopt',
    agentId,
    lineId: into.line.id,
    fromCallId: call.id,
    legs,
    memberIds,
    offers: line.offers,
    stays,
  } as const;
  const taken = decide(into.call, adopt, now);
  if (isRefusal(taken)) return taken;
  from.mailbox.give(ids, into.mailbox);
  into.mailbox.decideNow(adopt);
  from.mailbox.decideNow(handOver);
  return into.mailbox;
}

function found(agentId: AgentId, { mailbox, lineId }: Side): Found | Refusal {
  const { call } = mailbox;
  const leg = call === null ? null : ownLeg(call, agentId);
  if (call === null || leg === null) return refuse('wrongState', 'You take no part in this call now.');
  const lines = linesWith(call, leg.id);
  const line =
    lineId === null
      ? (activeLine(call, leg.id) ?? latest(lines, leg.id))
      : (lines.find(({ id }) => id === lineId) ?? null);
  if (line === null || memberOf(line, leg.id) === null) return refuse('notFound', 'There is no such line.');
  return { mailbox, lineId, call, leg, line };
}

/** A ringing phone cannot take anybody over; otherwise the call that is older goes on: it is the customer's. */
function keeps(one: Found, other: Found): boolean {
  const seeks = ({ line, leg }: Found) => line.offers.length > 0 || othersOn(line, leg.id).length === 0;
  if (seeks(one) !== seeks(other)) return seeks(other);
  return one.call.startedAt <= other.call.startedAt;
}
