/** Callers whose wait in a queue is over (too long, nobody there, the queue removed) go where the queue says. */
import { type Call, type LineId, type SoundItem, waitingLine } from '../core/call/state.js';
import type { CallbackSound } from '../core/callback/rule.js';
import { soundItem } from './callbacks/sound-item.js';
import { newId, type RoutingState, toDestination } from './routing.js';
import type { Switchboard } from './switchboard.js';
import { whoWaits } from './who-waits.js';

const TO_FALLBACK = { kind: 'fallback' } as const;
const GOODBYE: SoundItem = { kind: 'sound', name: 'vm-goodbye' };
/** Longer than any apology: the watchdog for a sound that never finishes. */
const APOLOGY_TIMEOUT_MS = 60_000;

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
    if (stay.callback === true && queue?.callbacks.fallback === null) {
      this.#apologise(call, lineId, queue.callbacks.apology);
      return;
    }
    const overflow = (stay.callback === true ? queue?.callbacks.fallback : queue?.overflow) ?? TO_FALLBACK;
    // What the call brought along beyond the queue's own priority stays with it.
    const priority = stay.priority - (queue?.priority ?? 0);
    const onward = toDestination(routing, call.id, whoWaits(call), overflow, priority, 1);
    this.#switchboard().mailbox(call.id)?.decideNow({ type: 'moveOn', lineId, onward });
  }

  /** Whoever was called back, and for whom there is no agent, is told so and called another time. */
  #apologise({ id }: Call, lineId: LineId, apology: CallbackSound): void {
    const says = { announcementId: newId(id), items: [soundItem(apology), GOODBYE], timeoutMs: APOLOGY_TIMEOUT_MS };
    this.#switchboard()
      .mailbox(id)
      ?.decideNow({ type: 'moveOn', lineId, onward: { kind: 'say', ...says } });
  }

  checkAll(): void {
    for (const call of [...this.#switchboard().calls()]) this.check(call);
  }
}
