/**
 * A page that was the agent's phone in the middle of a call has been loaded again. Nobody hung up: its former leg is still there, and
 * silent. Whoever talked there is put on hold and hears music; the new page is called and answers by itself; then it has all lines of
 * the former leg, which goes, and the hold ends. Should the page not answer, the others stay on hold until the former leg is found
 * dead: then they are looked after as everybody whom an agent leaves on hold.
 */
import type { CallEvent } from '../../core/call/event.js';
import { activeLine, othersOn, ownLeg } from '../../core/call/line.js';
import type { AgentId, Call, CallId, LineId } from '../../core/call/state.js';
import { isRefusal } from '../../core/refusal.js';
import type { CallMailbox } from '../call-mailbox.js';
import { phoneOf } from '../device-operations.js';
import type { Device } from '../directory.js';
import { otherParty } from '../other-party.js';
import { agentTarget, partyOf, type RoutingState } from '../routing.js';
import { browserDeviceOf } from './device.js';

export interface ResumptionPorts {
  readonly mailbox: (id: CallId) => CallMailbox | undefined;
  readonly callIdsOf: (agentId: AgentId) => readonly CallId[];
  readonly routing: () => RoutingState;
}

/** A page that is there answers within a second. */
const RING_MS = 8_000;

export class Resumption {
  readonly #ports: ResumptionPorts;
  /** What ends with the answer: the hold of this line, by call and agent. */
  readonly #held = new Map<string, LineId>();

  constructor(ports: ResumptionPorts) {
    this.#ports = ports;
  }

  /** The calls that come to the new page. */
  resume(agentId: AgentId): readonly CallId[] {
    const device = browserDeviceOf(this.#ports.routing().settings.agents.get(agentId));
    if (device === null) return [];
    return this.#ports.callIdsOf(agentId).filter((id) => {
      const mailbox = this.#ports.mailbox(id);
      return mailbox !== undefined && this.#move(mailbox, agentId, device);
    });
  }

  callPublished(call: Call, events: readonly CallEvent[]): void {
    for (const event of events) {
      if (event.type === 'device.moved') this.#moved(call.id, event.agentId);
      if (event.type === 'call.ended') this.#forget(call);
    }
  }

  #move(mailbox: CallMailbox, agentId: AgentId, device: Device): boolean {
    const { call } = mailbox;
    const agent = this.#ports.routing().settings.agents.get(agentId);
    const leg = call === null ? null : ownLeg(call, agentId);
    if (
      call?.phase !== 'live' ||
      agent === undefined ||
      leg?.phase !== 'up' ||
      phoneOf(call, agentId) !== device.address
    )
      return false;
    // Loaded again and again: what rings the page before rings in vain.
    if (call.deviceMoves.some((move) => move.agentId === agentId)) mailbox.decideNow({ type: 'cancelMove', agentId });
    const shows = otherParty(call, agentId, null) ?? partyOf(agent);
    const target = agentTarget(call.id, { ...agent, devices: [device] }, shows, RING_MS);
    const legs = target.legs.map((each) => ({ ...each, autoAnswer: true }));
    const line = activeLine(call, leg.id);
    if (line !== null && othersOn(line, leg.id).length > 0) {
      mailbox.decideNow({ type: 'hold', agentId, lineId: line.id });
      this.#held.set(keyOf(call.id, agentId), line.id);
    }
    return !isRefusal(mailbox.decideNow({ type: 'moveToDevice', agentId, target: { ...target, legs } }));
  }

  #moved(callId: CallId, agentId: AgentId): void {
    const lineId = this.#held.get(keyOf(callId, agentId));
    this.#held.delete(keyOf(callId, agentId));
    if (lineId !== undefined) this.#ports.mailbox(callId)?.decideNow({ type: 'resume', agentId, lineId });
  }

  #forget({ id, legs }: Call): void {
    for (const { agentId } of Object.values(legs)) if (agentId !== null) this.#held.delete(keyOf(id, agentId));
  }
}

function keyOf(callId: CallId, agentId: AgentId): string {
  return `${callId} ${agentId}`;
}
