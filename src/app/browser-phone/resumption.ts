/**
 * A page that was the agent's phone in the middle of a call has been loaded again. Nobody hung up: its former leg is still there, and
 * silent. Whoever talked there is put on hold and hears music; the new page is called and answers by itself; then it has all lines of
 * the former leg, which goes, and the hold ends. Should the page not answer, the others stay on hold until the former leg is found
 * dead: then they are looked after as everybody whom an agent leaves on hold.
 */
import type { CallEvent } from '../../core/call/event.js';
import { activeLine, othersOn, ownLeg } from '../../core/call/line.js';
import type { AgentId, Call, CallId, LegId, LineId } from '../../core/call/state.js';
import { isRefusal } from '../../core/refusal.js';
import type { CallMailbox } from '../call-mailbox.js';
import { phoneOf } from '../device-operations.js';
import type { Device } from '../directory.js';
import { otherParty } from '../other-party.js';
import { agentTarget, newId, partyOf, type RoutingState } from '../routing.js';
import { browserDeviceOf } from './device.js';

export interface ResumptionPorts {
  readonly mailbox: (id: CallId) => CallMailbox | undefined;
  readonly callIdsOf: (agentId: AgentId) => readonly CallId[];
  /** The call whose offer rings the agent. */
  readonly ringingCallOf: (agentId: AgentId) => CallId | null;
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

  /** The calls that come to the new page: those the agent talks in, and those that ring. */
  resume(agentId: AgentId): readonly CallId[] {
    const device = this.#device(agentId);
    if (device === null) return [];
    const { callIdsOf, ringingCallOf, mailbox } = this.#ports;
    const rings = ringingCallOf(agentId);
    return [...new Set([...callIdsOf(agentId), ...(rings === null ? [] : [rings])])].filter((id) => {
      const found = mailbox(id);
      return found !== undefined && (this.#move(found, agentId, device) || ringAgain(found, agentId, device));
    });
  }

  /** The agent's legs at the page, one for each call. */
  legsOf(agentId: AgentId): readonly LegId[] {
    const address = this.#device(agentId)?.address;
    if (address === undefined) return [];
    return this.#ports.callIdsOf(agentId).flatMap((id) => {
      const call = this.#ports.mailbox(id)?.call ?? null;
      const leg = call === null ? null : ownLeg(call, agentId);
      return call !== null && leg?.phase === 'up' && phoneOf(call, agentId) === address ? [leg.id] : [];
    });
  }

  /** Nothing is heard from the page: whoever it talks to hears music until that changes. */
  silent(agentId: AgentId, legId: LegId): void {
    const mailbox = this.#mailboxWith(agentId, legId);
    if (mailbox?.call != null) this.#hold(mailbox, mailbox.call, agentId, legId);
  }

  /** It was a bad moment of the network. */
  heardAgain(agentId: AgentId, legId: LegId): void {
    const mailbox = this.#mailboxWith(agentId, legId);
    const call = mailbox?.call ?? null;
    if (call?.phase !== 'live' || call.deviceMoves.some((move) => move.agentId === agentId)) return;
    this.#moved(call.id, agentId);
  }

  callPublished(call: Call, events: readonly CallEvent[]): void {
    for (const event of events) {
      if (event.type === 'device.moved') this.#moved(call.id, event.agentId);
      if (event.type === 'call.ended') this.#forget(call);
      // The leg that held is gone, and whoever comes after it takes the line up by other rules.
      if (event.type === 'leg.left' && event.agentId !== null && ownLeg(call, event.agentId) === null)
        this.#held.delete(keyOf(call.id, event.agentId));
    }
  }

  #device(agentId: AgentId): Device | null {
    return browserDeviceOf(this.#ports.routing().settings.agents.get(agentId));
  }

  #mailboxWith(agentId: AgentId, legId: LegId): CallMailbox | undefined {
    const { callIdsOf, mailbox } = this.#ports;
    return callIdsOf(agentId)
      .map(mailbox)
      .find((each) => each?.call?.legs[legId] !== undefined);
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
    this.#hold(mailbox, call, agentId, leg.id);
    return !isRefusal(mailbox.decideNow({ type: 'moveToDevice', agentId, target: { ...target, legs } }));
  }

  #hold(mailbox: CallMailbox, call: Call, agentId: AgentId, legId: LegId): void {
    const line = activeLine(call, legId);
    if (line === null || othersOn(line, legId).length === 0) return;
    mailbox.decideNow({ type: 'hold', agentId, lineId: line.id });
    this.#held.set(keyOf(call.id, agentId), line.id);
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

/** The page before rang, and has said nothing to anybody: for everybody else the same phone goes on ringing. */
function ringAgain(mailbox: CallMailbox, agentId: AgentId, { address }: Device): boolean {
  return !isRefusal(mailbox.decideNow({ type: 'ringAgain', agentId, address, legId: newId(mailbox.id) }));
}

function keyOf(callId: CallId, agentId: AgentId): string {
  return `${callId} ${agentId}`;
}
