/** The stream of what has happened to calls, agents, short messages and callbacks, each event once it is durable. A listener that throws hurts nobody. */
import type { AgentEvent } from '../core/agent/event.js';
import type { CallEvent } from '../core/call/event.js';
import type { CallbackEvent } from '../core/callback/event.js';
import type { SmsEvent } from '../core/sms/event.js';
import type { Log } from './ports.js';

export type DomainEvent = CallEvent | AgentEvent | SmsEvent | CallbackEvent;

export class EventStream {
  readonly #log: Log;
  readonly #listeners = new Set<(event: DomainEvent) => void>();

  constructor(log: Log) {
    this.#log = log;
  }

  /** Returns the way to stop listening. */
  listen(listener: (event: DomainEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(events: readonly DomainEvent[]): void {
    for (const listener of this.#listeners) {
      try {
        for (const event of events) listener(event);
      } catch (error) {
        this.#log.error({ error: String(error) }, 'a listener to events failed');
      }
    }
  }
}
