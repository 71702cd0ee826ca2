/** Waiting until a party hears a tone: what is said to a caller in tests is said in tones. */
import type { Call } from '../../lab/call.js';

const LISTEN_MS = 400;
const PATIENCE_MS = 12_000;

/** Resolves when the tone is heard. @throws with what was heard instead. */
export async function untilTone(call: Call, hz: number, timeoutMs = PATIENCE_MS): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  const instead: string[] = [];
  for (;;) {
    const heard = await call.hears(LISTEN_MS);
    if (heard.hears(hz)) return;
    instead.push(heard.tones.join('+') || (heard.music ? 'music' : 'silence'));
    if (Date.now() > deadline) throw new Error(`${hz} Hz was not heard, but ${instead.join(', ')}`);
  }
}

/** Resolves when music or speech is heard, and no tone. */
export async function untilMusic(call: Call, timeoutMs = PATIENCE_MS): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const heard = await call.hears(LISTEN_MS);
    if (heard.music && heard.tones.length === 0) return;
    if (Date.now() > deadline) throw new Error('no music was heard');
  }
}
