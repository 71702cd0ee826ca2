/** Does voice come from a phone? `src/ari` implements it. */
import type { LegId } from '../../core/call/state.js';

export interface VoiceMeter {
  /** How many packets of voice have come from the leg so far; null when that is not known. Never rejects. */
  packetsFrom(legId: LegId): Promise<number | null>;
}
