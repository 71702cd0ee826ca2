/** How a call is answered here: with the built-in phone by a button; without it the desk phone's receiver is picked up. */
import { useTranslation } from 'react-i18next';
import { useLink } from '../link/link.js';
import { tellProblem } from '../parts/notices.js';
import { phone } from '../phone/browser-phone.js';
import { noMicrophone } from '../phone/call-microphone.js';
import type { NoMicrophone } from '../phone/phone.js';
import { usePhone } from '../phone/phone-store.js';
import type { Incoming } from './lines.js';
import { answerHere } from './own-phone.js';
import type { Reason } from './possible.js';
import { useShortcuts } from './shortcuts.js';

export interface Answering {
  readonly reason: Reason | null;
  readonly busy: boolean;
  /** It rings here, but nobody would be heard: why. The button tries again. */
  readonly noMicrophone: NoMicrophone | null;
  readonly answer: () => void;
}

export function useAnswering({ callId }: Incoming): Answering {
  const call = useLink((link) => link.picture.calls.get(callId));
  const picture = usePhone();
  const found = answerHere(picture, call);
  const answer = () => {
    if (found.reason === null) phone.answer(found.phoneCallId);
  };
  const { reason, busy } = found;
  return {
    reason,
    busy: busy === true,
    noMicrophone: reason === null ? noMicrophone(picture.microphone) : null,
    answer,
  };
}

/** The key answers the call that has rung longest, whichever tab, menu or dialog is open. */
export function useAnswerShortcut([first]: readonly Incoming[]): void {
  const { t } = useTranslation('calls');
  useShortcuts({ shortcuts: ['answer'], everywhere: true }, () => {
    if (first === undefined) return;
    const found = answerHere(usePhone.getState(), useLink.getState().picture.calls.get(first.callId));
    if (found.reason === null) phone.answer(found.phoneCallId);
    else tellProblem(() => t(`why.${found.reason}`));
  });
}
