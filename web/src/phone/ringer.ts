/** Rings while a call waits to be answered here. */
import type { PhoneCall } from './phone.js';
import { usePhone } from './phone-store.js';
import { type Ringing, startRing } from './ring.js';

/** Who talks already is told more softly. */
export const BESIDE_A_TALK = 0.25;

export class Ringer {
  #ringing: Promise<Ringing> | null = null;

  follow(calls: readonly PhoneCall[]): void {
    if (!calls.some((call) => call.state === 'ringing' && !call.answersItself)) {
      this.silence();
      return;
    }
    if (this.#ringing !== null) return;
    const { choice, ringVolume } = usePhone.getState();
    const talks = calls.some((call) => call.state === 'active');
    this.#ringing = startRing(choice.ring, talks ? ringVolume * BESIDE_A_TALK : ringVolume);
  }

  silence(): void {
    void this.#ringing?.then((ringing) => ringing.stop());
    this.#ringing = null;
  }
}
