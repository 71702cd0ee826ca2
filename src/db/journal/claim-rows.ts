/**
 * Who holds which agent. A claim is taken by one statement, so two rivals cannot both win; it outlives a controller that died
 * by no more than its expiry, and is lengthened once the agent talks.
 */
import type { AgentEvent } from '../../core/agent/event.js';
import type { CallEvent } from '../../core/call/event.js';
import type { Operation } from './operation.js';
import type { Statement } from './statement.js';

/** No conversation is expected to last longer; the claim ends with the call long before. */
const TALK_CLAIM_MS = 24 * 60 * 60 * 1000;

/** Gathers the changes of one transaction, in the order handed in: here order is the meaning. */
export class ClaimRows {
  readonly #changes: Statement[] = [];
  /** Claims known to be gone at this point of the transaction: an offer's end is told by the call and by the agent. */
  readonly #gone = new Set<string>();

  take(claim: Operation & { kind: 'claim' }): void {
    this.#gone.clear();
    this.#changes.push({ name: 'takeClaim', values: [claim.agentId, claim.callId, claim.expiresAt, claim.now] });
  }

  giveBack(agentId: string, callId: string): void {
    const key = JSON.stringify([agentId, callId]);
    if (this.#gone.has(key)) return;
    this.#gone.add(key);
    this.#changes.push({ name: 'giveBackClaim', values: [agentId, callId] });
  }

  addCallEvent(event: CallEvent): void {
    if (event.type === 'call.connected' && event.agentId !== null)
      this.#changes.push({ name: 'lengthenClaim', values: [event.at + TALK_CLAIM_MS, event.agentId, event.callId] });
    else if (event.type === 'offer.failed' && event.agentId !== null) this.giveBack(event.agentId, event.callId);
    else if (event.type === 'call.ended') this.#changes.push({ name: 'giveBackClaims', values: [event.callId] });
  }

  /** Not when a leg leaves: of an agent's two devices the loser leaves while the winner talks. */
  addAgentEvent(event: AgentEvent): void {
    if (event.type === 'agent.released' || event.type === 'agent.offerEnded')
      this.giveBack(event.agentId, event.callId);
  }

  statements(): readonly Statement[] {
    return this.#changes;
  }
}
