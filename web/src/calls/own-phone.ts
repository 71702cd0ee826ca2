/** Which call of the built-in phone belongs to what the desktop shows, and what can be done with it here. Pure. */
import type { CallView } from '../../../src/app/view.js';
import type { PhoneCall, PhonePicture } from '../phone/phone.js';
import type { Reason } from './possible.js';

type Phone = Pick<PhonePicture, 'state' | 'calls'>;
export type OnPhone = { readonly reason: Reason } | { readonly reason: null; readonly phoneCallId: string };

/** To answer it here it has to ring here: at the built-in phone, in this tab. */
export function answerHere(phone: Phone, call: CallView | undefined): OnPhone & { readonly busy?: boolean } {
  const why = whyNotHere(phone, 'pickUpDeskPhone');
  if (why !== null) return { reason: why };
  const found = phoneCallOf(phone, call, (each) => each.state !== 'active');
  if (found === undefined) return { reason: 'ringsElsewhere' };
  return { reason: null, phoneCallId: found.id, busy: found.state === 'answering' || found.answersItself };
}

/** Keys are heard by the other side as those of this phone: it has to be the one at which the agent talks. */
export function digitsHere(phone: Phone, call: CallView, ownLegId: string): OnPhone {
  const why = whyNotHere(phone, 'pressOnDeskPhone');
  if (why !== null) return { reason: why };
  const found = phoneCallOf(phone, call, ({ state, legId }) => state === 'active' && legId === ownLegId);
  return found === undefined ? { reason: 'pressOnDeskPhone' } : { reason: null, phoneCallId: found.id };
}

function whyNotHere({ state }: Phone, without: Reason): Reason | null {
  if (state === 'otherTab') return 'phoneInOtherTab';
  return state === 'registered' || state === 'connecting' ? null : without;
}

function phoneCallOf({ calls }: Phone, call: CallView | undefined, fits: (each: PhoneCall) => boolean) {
  const legs = new Set(call?.legs.map(({ id }) => id));
  return calls.find((each) => each.legId !== null && legs.has(each.legId) && fits(each));
}
