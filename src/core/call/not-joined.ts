/** Why lines cannot be joined now, for whoever asked for it. */
import { type Refusal, refuse } from '../refusal.js';
import { type Line, type LiveCall, phaseOf } from './state.js';

/** Part of the API (`details.reason`): names are added, never changed. */
type NotJoined =
  | 'oneLineOnly'
  | 'severalLines'
  | 'nobodyThere'
  | 'stillRinging'
  | 'inQueue'
  | 'messagePlays'
  | 'isParked'
  | 'tiedElsewhere';

const SENTENCES: Readonly<Record<NotJoined, string>> = {
  oneLineOnly: 'There is no other line to join with.',
  severalLines: 'Several lines could be meant: name one.',
  nobodyThere: 'Nobody is on one of the lines yet.',
  stillRinging: 'Both lines still ring.',
  inQueue: 'It waits in a queue.',
  messagePlays: 'A message is being played.',
  isParked: 'It is parked.',
  tiedElsewhere: 'Somebody on the line has another line in this call.',
};

export function notJoined(call: LiveCall, reason: NotJoined): Refusal {
  return refuse('wrongState', SENTENCES[reason], { phase: phaseOf(call), reason });
}

/** What a line waits for, its parties have to wait with it; null: for nothing. */
export function seeks({
  parked,
  announcement,
  stay,
  offers,
}: Line): 'isParked' | 'messagePlays' | 'inQueue' | 'stillRinging' | null {
  if (parked !== null) return 'isParked';
  if (announcement !== null) return 'messagePlays';
  if (stay !== null) return 'inQueue';
  return offers.length > 0 ? 'stillRinging' : null;
}
