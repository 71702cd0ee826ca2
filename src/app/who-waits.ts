/** Whom the phone shows: not always the one who began the call, an agent may have sent the party to the queue. */
import { type Call, type Party, waitingLine } from '../core/call/state.js';

export function whoWaits(call: Call): Party {
  const [first] = waitingLine(call)?.members ?? [];
  return (first === undefined ? undefined : call.legs[first.legId])?.party ?? call.from;
}
