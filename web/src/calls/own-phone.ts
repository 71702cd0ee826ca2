/** Which call of the built-in phone belongs to what the desktop shows, and what can be done with it here. Pure. */
import type { CallView } from '../../../src/app/view.js';
import type { PhoneCall, PhonePicture } from '../phone/phone.js';
import type { Reason } from './possible.js';

type Phone = Pick<PhonePicture, 'state' | 'calls'>;
export type OnPhone = { readonly reason: Reason } | { readonly reason: null; readonly phoneCallId: string };

/** To answer it here it has to ring here: at the built-in phone, in this tab. */
export function answerHere(phone: Phone, call: CallView | undefined): OnPhone & { readonly busy?: boolean } {
  const why = whyNotHere(phone);
  if (why !== null) return { reason: why };
  const found = phoneCallOf(phone, call, (each) => each.state !== 'active');
  if (found === undefined) return { reason: 'ringsElsewhere' };
  return { reason: null, phoneCallId: found.id, busy: found.state === 'answering' || found.answersItself };
}

function whyNotHere({ state }: Phone): Reason | null {
  if (state === 'otherTab') return 'phoneInOtherTab';
  return state === 'registered' || state === 'connecting' ? null : 'pickUpDeskPhone';
}

function phoneCallOf({ calls }: Phone, call: CallView | undefined, fits: (each: PhoneCall) => boolean) {
  const legs = new Set(call?.legs.map(({ id }) => id));
  return calls.find((each) => each.legId !== null && legs.has(each.legId) && fits(each));
}
