/**
 * Claims: whoever offers an agent a call takes the agent in the database, so that no other controller offers the same agent. A claim is
 * handed in right after the events that ring the agent and so shares their transaction; no phone is dialled before that is durable. A
 * claim that another call holds ends the offer as if the phone were busy.
 */
import type { CallEvent } from '../core/call/event.js';
import type { AgentId, Call } from '../core/call/state.js';
import type { CallMailbox } from './call-mailbox.js';
import type { Clock, Journal, Log } from './ports.js';

/** A claim outlives the ringing by this, so that it ends by itself if the controller dies. */
const CLAIM_MARGIN_MS = 60_000;
/** An agent's own call, of which nobody knows how long it rings. */
const OWN_CALL_MS = 3_600_000;

export interface ClaimsPorts {
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  readonly mailbox: (id: string) => CallMailbox | undefined;
  /** Has the agent another call than this? */
  readonly hasOther: (agentId: AgentId, callId: string) => boolean;
}

export class Claims {
  readonly #ports: ClaimsPorts;

  constructor(ports: ClaimsPorts) {
    this.#ports = ports;
  }

  callDecided(after: Call, events: readonly CallEvent[]): void {
    // A refused call is over with the very events that began it: a claim made now would never be given back.
    if (after.phase === 'ended') return;
    for (const event of events) {
      if (event.type === 'call.started' && event.leg?.agentId) {
        this.#claim(after.id, event.leg.agentId, this.#ports.clock.now() + OWN_CALL_MS, null);
      } else if (event.type === 'call.offered' && event.agentId !== null) {
        this.#claim(after.id, event.agentId, event.deadlineAt + CLAIM_MARGIN_MS, event.offerId);
      }
    }
  }

  #claim(callId: string, agentId: AgentId, expiresAt: number, offerId: string | null): void {
    const { journal, clock, log, mailbox, hasOther } = this.#ports;
    // An agent with a call on hold takes another: the first one's claim keeps other controllers away already.
    if (hasOther(agentId, callId)) return;
    journal
      .claim(agentId, callId, clock.now(), expiresAt)
      .then((taken) => {
        // An agent who makes a second call keeps the first one's claim.
        if (!taken && offerId !== null) mailbox(callId)?.observe({ type: 'agentTaken', offerId });
      })
      .catch((error: unknown) => log.error({ callId, agentId, error: String(error) }, 'no claim could be made'));
  }
}
