/** Callers whose wait in a queue is over (too long, nobody there, the queue removed) go where the queue says. */
import { type Call, waitingLine } from '../core/call/state.js';
import { type RoutingState, toDestination } from './routing.js';
import type { Switchboard } from './switchboard.js';
import { whoWaits } from './who-waits.js';

export class Overflow {
  readonly #switchboard: () => Switchboard;
  readonly #routing: () => RoutingState;

  constructor(switchboard: () => Switchboard, routing: () => RoutingState) {
    this.#switchboard = switchboard;
    this.#routing = routing;
  }

  /** Looks at one call; does nothing for one that waits rightly, or does not wait. */
  check(call: Call): void {
    const waiting = waitingLine(call);
    if (waiting === null) return;
    const { id: lineId, stay } = waiting;
    const routing = this.#routing();
    if (stay.leaving === null) {
      // Nobody waits in a queue that is no more.
      if (routing.settings.queues.has(stay.queueId)) return;
      this.#switchboard().mailbox(call.id)?.decideNow({ type: 'leaveQueue', reason: 'moved' });
      return;
    }
    const queue = routing.settings.queues.get(stay.queueId);
    const overflow = queue?.overflow ?? { kind: 'fallback' as const };
    // What the call brought along beyond the queue's own priority stays with it.
    const priority = stay.priority - (queue?.priority ?? 0);
    const onward = toDestination(routing, call.id, whoWaits(call), overflow, priority, 1);
    this.#switchboard().mailbox(call.id)?.decideNow({ type: 'moveOn', lineId, onward });
  }

  checkAll(): void {
    for (const call of [...this.#switchboard().calls()]) this.check(call);
  }
}
