/** Channels that only listen who answered: set to work once they are there, and dismissed with what they found. */
import type { PhoneFact } from '../app/phone-system.js';
import type { LegId } from '../core/call/state.js';
import type { Detector } from './facts.js';
import { detectorOf } from './ids.js';
import { type AriCommand, dismissCommand, listenCommand } from './steps.js';

export class Detectors {
  readonly #send: (command: AriCommand) => Promise<unknown>;
  readonly #found: (fact: PhoneFact) => void;
  /** Those that have been sent to listen, over this connection. */
  readonly #listening = new Set<string>();

  constructor(send: (command: AriCommand) => Promise<unknown>, found: (fact: PhoneFact) => void) {
    this.#send = send;
    this.#found = found;
  }

  tend({ channelId, found }: Detector): void {
    if (found === null) this.#listening.add(channelId);
    void this.#send(found === null ? listenCommand(channelId) : dismissCommand(channelId));
    if (found !== null) this.#found(found);
  }

  /** What it found was not heard of; or it was never set to work, and to listen in the middle of a talk would find a machine. */
  clearAway(detector: Detector): void {
    if (detector.found !== null) this.tend(detector);
    else if (!this.#listening.has(detector.channelId)) void this.#send(dismissCommand(detector.channelId));
  }

  /** It is known who answered. */
  over(legId: LegId): void {
    this.#listening.delete(detectorOf(legId));
  }

  /** The connection is a new one. */
  forget(): void {
    this.#listening.clear();
  }
}
