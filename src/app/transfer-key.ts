/**
 * The Transfer key of an agent's phone (SIP REFER, RFC 3515; with Replaces, RFC 3891): the same as the commands. The phone is told how
 * it went, because many phones hang up only then; a transfer that failed leaves its user in the conversation.
 */
import type { CallEvent } from '../core/call/event.js';
import { latest } from '../core/call/leaving.js';
import { activeLine, linesWith, memberOf, ownLeg } from '../core/call/line.js';
import { type AgentId, type Call, type LegId, waitingLine } from '../core/call/state.js';
import { isRefusal } from '../core/refusal.js';
import type { CallMailbox } from './call-mailbox.js';
import { routeTarget } from './call-target.js';
import { join } from './joining.js';
import type { PhoneSystem, TransferRequest } from './phone-system.js';
import { partyOf, type RoutingState } from './routing.js';
import type { Switchboard } from './switchboard.js';

export interface TransferKeyPorts {
  readonly switchboard: () => Switchboard;
  readonly phones: PhoneSystem;
  readonly routing: () => RoutingState;
  readonly now: () => number;
}

interface Asker {
  readonly mailbox: CallMailbox;
  readonly call: Call;
  readonly agentId: AgentId;
}

export class TransferKey {
  readonly #ports: TransferKeyPorts;
  /** Phones that wait to be told, by the offer that rings for them. */
  readonly #waiting = new Map<string, LegId>();

  constructor(ports: TransferKeyPorts) {
    this.#ports = ports;
  }

  asked({ legId, callId, to }: TransferRequest): void {
    const asker = this.#asker(legId, callId);
    const accepted =
      asker !== null &&
      (to.kind === 'number' ? this.#blind(asker, legId, to.number) : this.#attended(asker, legId, to));
    if (!accepted) this.#ports.phones.tellTransfer(legId, 'declined');
  }

  /** To be told of every change of a call, before what it leads to is done: a leg that is gone cannot be told anything. */
  callDecided(before: Call | null, events: readonly CallEvent[]): void {
    if (this.#waiting.size === 0) return;
    for (const event of events) {
      if (event.type === 'offer.failed') this.#tell(event.offerId, 'unavailable');
      if (event.type !== 'leg.answered' || before?.phase !== 'live') continue;
      const offers = before.lines.flatMap((line) => line.offers);
      for (const { id, legIds } of offers) if (legIds.includes(event.legId)) this.#tell(id, 'answered');
    }
  }

  #tell(offerId: string, state: 'answered' | 'unavailable'): void {
    const legId = this.#waiting.get(offerId);
    if (legId === undefined) return;
    this.#waiting.delete(offerId);
    this.#ports.phones.tellTransfer(legId, state);
  }

  /** Only an agent's own phone may ask. */
  #asker(legId: LegId, callId: string): Asker | null {
    const mailbox = this.#ports.switchboard().mailbox(this.#ports.switchboard().ownerOf(legId, callId));
    const call = mailbox?.call ?? null;
    const agentId = call?.legs[legId]?.agentId ?? null;
    return mailbox === undefined || call === null || agentId === null ? null : { mailbox, call, agentId };
  }

  #blind({ mailbox, call, agentId }: Asker, legId: LegId, number: string): boolean {
    const { phones } = this.#ports;
    const routing = this.#ports.routing();
    const by = routing.settings.agents.get(agentId);
    const lines = linesWith(call, legId);
    const line = activeLine(call, legId) ?? latest(lines, legId);
    if (by === undefined || line === null) return false;
    const other = line.members.find((member) => member.legId !== legId);
    const shows = (other === undefined ? undefined : call.legs[other.legId]?.party) ?? partyOf(by);
    const onward = routeTarget(
      routing,
      call.id,
      by,
      { number },
      { shows, ringMs: routing.settings.centre.transferRingMs },
    );
    if (isRefusal(onward)) return false;
    if (onward.kind === 'target') this.#waiting.set(onward.target.offerId, legId);
    const result = mailbox.decideNow({ type: 'transfer', agentId, lineId: line.id, onward, stays: true });
    if (isRefusal(result)) {
      if (onward.kind === 'target') this.#waiting.delete(onward.target.offerId);
      return false;
    }
    phones.tellTransfer(legId, onward.kind === 'target' ? 'ringing' : 'answered');
    return true;
  }

  #attended(one: Asker, legId: LegId, to: { readonly legId: LegId; readonly callId: string }): boolean {
    const other = this.#asker(to.legId, to.callId);
    if (other === null || other.agentId !== one.agentId || other.call.id === one.call.id) return false;
    const done = this.#intoQueue(one, other) || this.#intoQueue(other, one) || this.#joined(one, other);
    // The leg goes with it, but not before that is written: the phone is told in time.
    if (done) this.#ports.phones.tellTransfer(legId, 'answered');
    return done;
  }

  #joined(one: Asker, other: Asker): boolean {
    const side = ({ mailbox }: Asker) => ({ mailbox, lineId: null });
    return !isRefusal(join(one.agentId, side(one), side(other), false, this.#ports.now()));
  }

  /** An agent who waits in a queue to ask there leaves it to the party to wait. */
  #intoQueue(party: Asker, asking: Asker): boolean {
    const { agentId } = asking;
    const line = waitingLine(asking.call);
    const own = ownLeg(asking.call, agentId);
    if (line === null || own === null || memberOf(line, own.id) === null || line.members.length > 1) return false;
    const { queueId, priority, music, maxWaitAt } = line.stay;
    const maxWaitMs = maxWaitAt === null ? null : Math.max(0, maxWaitAt - this.#ports.now());
    const onward = { kind: 'queue', entry: { queueId, priority, music, maxWaitMs } } as const;
    const sent = party.mailbox.decideNow({ type: 'transfer', agentId, lineId: null, onward, stays: false });
    if (isRefusal(sent)) return false;
    asking.mailbox.decideNow({ type: 'hangUp', agentId, lineId: null });
    return true;
  }
}
