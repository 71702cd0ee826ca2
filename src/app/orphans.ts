/**
 * Lines whose agent hung up while the others were on hold, or could not be reached with a transfer that failed: the agent's phone is
 * rung again; where that is in vain the party goes back to the front of the queue it came from, else to the PBX's fallback. Nobody is
 * lost. docs/hang-ups.md has the whole table.
 */
import type { Agent } from '../core/agent/state.js';
import {
  type AgentId,
  type Call,
  type CallId,
  type Leg,
  type Line,
  linesOf,
  type Onward,
  type Party,
  waitingLine,
} from '../core/call/state.js';
import { isRefusal } from '../core/refusal.js';
import { takesPart } from './one-at-a-time.js';
import { agentTarget, type RoutingState, toDestination } from './routing.js';
import type { Switchboard } from './switchboard.js';

export interface OrphansPorts {
  readonly switchboard: () => Switchboard;
  readonly routing: () => RoutingState;
  /** Logged in, rung by nobody else, and talking in no other call than this. */
  readonly mayRecall: (agentId: AgentId, callId: CallId) => boolean;
}

export class Orphans {
  readonly #ports: OrphansPorts;

  constructor(ports: OrphansPorts) {
    this.#ports = ports;
  }

  /** Does nothing for a call in which nobody waits in vain. */
  check(call: Call): void {
    const orphans = linesOf(call).flatMap((line) => (line.orphan === null ? [] : [{ line, orphan: line.orphan }]));
    // A phone rings once for all that waits for its agent: who answers has all of it, who does not is not asked a second time.
    const asked = new Set(orphans.filter(({ line }) => line.offers.length > 0).map(({ orphan }) => orphan.agentId));
    const inVain = new Set(
      orphans.filter(({ orphan }) => orphan.stage === 'onward').map(({ orphan }) => orphan.agentId),
    );
    for (const { line, orphan } of orphans) {
      if (line.offers.length > 0) continue;
      if (inVain.has(orphan.agentId)) this.#moveOn(call, line);
      else if (!asked.has(orphan.agentId) && !this.#recall(call, line, orphan.agentId)) this.#moveOn(call, line);
      asked.add(orphan.agentId);
    }
  }

  checkAll(): void {
    for (const call of [...this.#ports.switchboard().calls()]) this.check(call);
  }

  /** False where the agent cannot be rung. */
  #recall(call: Call, line: Line, agentId: AgentId): boolean {
    const { settings } = this.#ports.routing();
    const agent = settings.agents.get(agentId);
    if (agent === undefined || agent.devices.length === 0 || !this.#ports.mayRecall(agentId, call.id)) return false;
    const target = agentTarget(call.id, agent, waiting(call, line), settings.centre.transferRingMs);
    const result = this.#ports.switchboard().mailbox(call.id)?.decideNow({ type: 'recall', lineId: line.id, target });
    // Refused where a colleague has brought the agent into the call again: a party who waits for that would wait for ever.
    return result === undefined || !isRefusal(result);
  }

  #moveOn(call: Call, line: Line): void {
    const mailbox = this.#ports.switchboard().mailbox(call.id);
    // As it is by now: another line of the same call may have gone to the queue a moment ago.
    const now = mailbox?.call ?? call;
    mailbox?.decideNow({ type: 'moveOn', lineId: line.id, onward: this.#elsewhere(now, line) });
  }

  /** A customer waits on in the queue, at the place from before; anybody else has nothing to wait for. */
  #elsewhere(call: Call, line: Line): Onward {
    if (!line.members.some(({ legId }) => isCustomer(call, call.legs[legId])))
      return { kind: 'nowhere', reason: 'normal' };
    const { place } = call.marks;
    // Only one line of a call waits in a queue.
    if (place === null || waitingLine(call) !== null) return { kind: 'nowhere', reason: 'fallback' };
    const { queueId, priority } = place;
    const onward = toDestination(this.#ports.routing(), call.id, waiting(call, line), { kind: 'queue', queueId }, 0);
    return onward.kind === 'queue' && onward.entry.queueId === queueId
      ? { ...onward, entry: { ...onward.entry, priority } }
      : onward;
  }
}

/** From outside, and not somebody whom an agent only asked about a customer's call. */
function isCustomer({ direction }: Call, leg: Leg | undefined): boolean {
  return leg?.agentId === null && (leg.role === 'caller' || direction !== 'inbound');
}

function waiting(call: Call, line: Line): Party {
  const [first] = line.members;
  return (first === undefined ? undefined : call.legs[first.legId])?.party ?? call.from;
}

/** Nobody else rings the agent, and the agent talks in no other call; there too somebody may wait for the agent. */
export function mayBeRecalled(agent: Agent, callId: CallId, callOf: (id: CallId) => Call | null): boolean {
  if (agent.offeredCallId !== null && agent.offeredCallId !== callId) return false;
  return agent.callIds.every((id) => {
    const other = id === callId ? null : callOf(id);
    return other === null || !takesPart(other, agent.id);
  });
}
