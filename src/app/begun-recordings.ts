/**
 * Which recordings of a call Asterisk was asked to begin. One that was decided on in the moment in which its conversation ended is never
 * asked for, since steps lead to the newest state alone: Asterisk will not tell of its end, and the call would wait for it.
 */
import type { CallFact } from '../core/call/command.js';
import type { CallEvent } from '../core/call/event.js';
import type { Step } from '../core/call/plan.js';
import type { Call } from '../core/call/state.js';

export class BegunRecordings {
  /** Decided on here and not asked for yet; what an earlier controller decided on may have been. */
  readonly #unasked = new Set<string>();

  decided(events: readonly CallEvent[]): void {
    for (const event of events) if (event.type === 'recording.opened') this.#unasked.add(event.name);
  }

  asked(step: Step): void {
    if (step.type === 'record') this.#unasked.delete(step.name);
  }

  /** What is to be told to a call that has ended of those it does not have to wait for; once of each. */
  neverBegun(call: Call): readonly CallFact[] {
    if (call.phase !== 'ended') return [];
    return call.openRecordings
      .filter(({ name }) => this.#unasked.delete(name))
      .map(({ name }) => ({ type: 'recordingEnded', name, outcome: 'failed', durationMs: null }));
  }
}
