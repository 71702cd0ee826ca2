/** An agent's leg, alone in its call, goes over into another one: what it dialled on the phone becomes a part in that call. */
import type { CallCommand } from '../core/call/command.js';
import { decide } from '../core/call/decide.js';
import { ownLeg } from '../core/call/line.js';
import type { AgentId, CallId, Leg } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import type { CallMailbox } from './call-mailbox.js';
import { type CallOperationsPorts, ownMailbox } from './own-call.js';

/** Both calls decide in one breath; the one that takes the leg records it first, so that it is never nobody's. */
export function legGoesOver(
  ports: CallOperationsPorts,
  agentId: AgentId,
  fromCallId: CallId,
  into: CallMailbox,
  takes: (leg: Leg) => CallCommand,
): CallMailbox | Refusal {
  const from = ownMailbox(ports, agentId, fromCallId);
  if (isRefusal(from)) return from;
  const { call } = from;
  const leg = call === null ? null : ownLeg(call, agentId);
  if (call === null || leg === null || into.call === null) return refuse('callEnded', 'The call has ended.');
  const goOver = { type: 'goOver', agentId, toCallId: into.id } as const;
  const command = takes(leg);
  const refusal = [decide(call, goOver, ports.now()), decide(into.call, command, ports.now())].find(isRefusal);
  if (refusal !== undefined) return refusal;
  from.give([leg.id], into);
  into.decideNow(command);
  from.decideNow(goOver);
  return into;
}
