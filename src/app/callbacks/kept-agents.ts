/**
 * Agents who are not offered callers for a moment, because a customer who stands before those callers is being called back: else whoever waits
 * on the line would always be quicker than whoever was promised to keep the place.
 */
import type { QueueId } from '../../core/call/state.js';
import type { Callback } from '../../core/callback/callback.js';
import { isBefore, type Turn } from '../../core/callback/turn.js';
import { standsSince, type Waiting } from '../../core/queue/waiting-line.js';
import type { Running } from './running.js';

export interface KeptAgentsPorts {
  readonly turn: (callback: Callback) => Turn;
  readonly running: () => Iterable<Running>;
  /** Looks for agents for the callers of the queue. */
  readonly dispatch: (queueId: QueueId) => void;
}

export class KeptAgents {
  readonly #ports: KeptAgentsPorts;
  #waiting: readonly Callback[] = [];
  /** Where agents were kept after the last look. */
  #queueIds: ReadonlySet<QueueId> = new Set();

  constructor(ports: KeptAgentsPorts) {
    this.#ports = ports;
  }

  /** `waiting` are due, and would be dialled if there were an agent. Whom nobody is kept for any more is looked after. */
  look(waiting: readonly Callback[]): void {
    const before = this.#queueIds;
    this.#waiting = waiting;
    this.#queueIds = new Set([...waiting, ...this.#dialled()].flatMap(({ queueId }) => queueId ?? []));
    for (const queueId of new Set([...before, ...this.#queueIds])) this.#ports.dispatch(queueId);
  }

  /** How many stand before this caller of the queue. Nobody stands before themselves: the customer may be calling from `number` meanwhile. */
  before(queueId: QueueId, waiting: Waiting, number: string): number {
    const caller = { priority: waiting.priority, since: standsSince(waiting) };
    const { turn } = this.#ports;
    const standsBefore = (each: Callback) =>
      each.queueId === queueId && each.origin?.number !== number && isBefore(turn(each), caller);
    return [...this.#waiting, ...this.#dialled()].filter(standsBefore).length;
  }

  /** Their phones ring. Who has answered stands in line, and where an agent is rung first nobody else is needed. */
  #dialled(): readonly Callback[] {
    return [...this.#ports.running()]
      .filter(({ customerAnswered, agentFirst, result }) => !customerAnswered && !agentFirst && result === null)
      .map(({ callback }) => callback);
  }
}
