/**
 * Callers who are sent to the PBX's fallback because there is too much to do, for history and statistics. Each costs next to nothing
 * just then: they are counted at once, written later, many in one transaction, and not while the database is what is too slow.
 */
import type { Beginning } from '../core/call/command.js';
import type { CallEvent } from '../core/call/event.js';
import type { CallId, QueueId } from '../core/call/state.js';
import { turnedAway } from '../core/call/turned-away.js';
import type { Dispatcher } from './dispatcher.js';
import type { EventStream } from './event-stream.js';
import type { Overload } from './overload.js';
import type { Arrival } from './phone-system.js';
import type { Clock, Journal, Log } from './ports.js';

export interface TurnedAwayPorts {
  readonly overload: Overload;
  readonly journal: Journal;
  readonly clock: Clock;
  readonly log: Log;
  /** How the call would have begun. */
  readonly receive: (arrival: Arrival) => Beginning;
  readonly dispatcher: Pick<Dispatcher, 'count'>;
  readonly queueChanged: (queueId: QueueId) => void;
  readonly stream: EventStream;
}

/** How long they gather. Whoever has not been written when the service is killed is not in the history. */
const GATHER_MS = 1_000;
/** At most as many are written at once: what the calls that are there write comes between. */
const AT_ONCE = 200;
/** What memory allows; further ones are counted in the metrics only. */
export const WAITING_AT_MOST = 10_000;

export class TurnedAway {
  readonly #ports: TurnedAwayPorts;
  readonly #waiting = new Map<CallId, readonly CallEvent[]>();
  #timer: NodeJS.Timeout | undefined;
  #missing = 0;

  constructor(ports: TurnedAwayPorts) {
    this.#ports = ports;
  }

  get overload(): Overload {
    return this.#ports.overload;
  }

  /** Is the caller to be sent away? One who is, is taken note of. */
  turnsAway(arrival: Arrival): boolean {
    // Seen twice: it is on its way out.
    if (this.#waiting.has(arrival.callId)) return true;
    const { overload } = this.#ports;
    if (!overload.turnsAway()) return false;
    this.#note(arrival);
    return true;
  }

  /** Hands in what is left; it is written with everything else. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#write([...this.#waiting.keys()]);
    this.#tellMissing();
  }

  #note(arrival: Arrival): void {
    const { receive, clock, dispatcher, queueChanged } = this.#ports;
    const beginning = receive(arrival);
    if (beginning.type !== 'arrive') return;
    const events = turnedAway(arrival.callId, beginning, clock.now());
    dispatcher.count(events);
    if (beginning.onward.kind === 'queue') queueChanged(beginning.onward.entry.queueId);
    if (this.#waiting.size >= WAITING_AT_MOST) this.#missing += 1;
    else this.#waiting.set(arrival.callId, events);
    this.#timer ??= setTimeout(() => this.#gathered(), GATHER_MS);
  }

  #gathered(): void {
    this.#timer = undefined;
    // To a slow database they would only be more of what it has too much of.
    if (!this.#ports.overload.isDatabaseSlow) {
      this.#write([...this.#waiting.keys()].slice(0, AT_ONCE));
      this.#tellMissing();
    }
    if (this.#waiting.size > 0) this.#timer = setTimeout(() => this.#gathered(), GATHER_MS);
  }

  #write(ids: readonly CallId[]): void {
    const { journal, stream } = this.#ports;
    for (const id of ids) {
      const events = this.#waiting.get(id) ?? [];
      this.#waiting.delete(id);
      journal.append({ stream: 'call', id, events, over: true }, true).then(
        () => stream.tell(events),
        () => {
          this.#missing += 1;
        },
      );
    }
  }

  #tellMissing(): void {
    if (this.#missing === 0) return;
    this.#ports.log.warn({ calls: this.#missing }, 'callers who were sent to the fallback are missing in the history');
    this.#missing = 0;
  }
}
