/**
 * Lines whose agent hung up while the others were on hold: the agent's phone is rung again; where that is in vain the party goes back to
 * the front of the queue it came from, else to the PBX's fallback. Nobody is lost.
 */
import { type AgentId, type Call, type Line, linesOf, type Onward, type Party } from '../core/call/state.js';
import { agentTarget, type RoutingState, toDestination } from './routing.js';
import type { Switchboard } from './switchboard.js';

export interface OrphansPorts {
  readonly switchboard: () => Switchboard;
  readonly routing: () => RoutingState;
  readonly isLoggedIn: (agentId: AgentId) => boolean;
}

export class Orphans {
  readonly #ports: OrphansPorts;

  constructor(ports: OrphansPorts) {
    this.#ports = ports;
  }

  /** Does nothing for a call in which nobody waits in vain. */
  check(call: Call): void {
    for (const line of linesOf(call)) if (line.orphan !== null && line.offers.length === 0) this.#help(call, line);
  }

  checkAll(): void {
    for (const call of [...this.#ports.switchboard().calls()]) this.check(call);
  }

  #help(call: Call, line: Line): void {
    const mailbox = this.#ports.switchboard().mailbox(call.id);
    const { orphan } = line;
    if (mailbox === undefined || orphan === null) return;
    const { settings } = this.#ports.routing();
    const agent = settings.agents.get(orphan.agentId);
    const party = waiting(call, line);
    if (
      orphan.stage === 'recall' &&
      agent !== undefined &&
      agent.devices.length > 0 &&
      this.#ports.isLoggedIn(agent.id)
    ) {
      const target = agentTarget(call.id, agent, party, settings.centre.transferRingMs);
      mailbox.decideNow({ type: 'recall', lineId: line.id, target });
    } else {
      mailbox.decideNow({ type: 'moveOn', lineId: line.id, onward: this.#elsewhere(call, line) });
    }
  }

  /** A customer waits on in the queue, at the place from before; a colleague has nothing to wait for. */
  #elsewhere(call: Call, line: Line): Onward {
    const isCustomer = line.members.some(({ legId }) => call.legs[legId]?.agentId === null);
    if (!isCustomer) return { kind: 'nowhere', reason: 'normal' };
    const { queueId } = call.marks;
    if (queueId === null) return { kind: 'nowhere', reason: 'fallback' };
    return toDestination(this.#ports.routing(), call.id, waiting(call, line), { kind: 'queue', queueId }, 0);
  }
}

function waiting(call: Call, line: Line): Party {
  const [first] = line.members;
  return (first === undefined ? undefined : call.legs[first.legId])?.party ?? call.from;
}
