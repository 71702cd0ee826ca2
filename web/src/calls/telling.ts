/**
 * Commands of which nothing else would be seen: it is told when they have been done; a block, a group and a personal manager by mistake can
 * be taken back. Pressed in the menu or on the button of a key it is the same.
 */
import i18next from 'i18next';
import { useEffect } from 'react';
import { onChange } from '../link/link.js';
import { tellDone, tellProblem, tellUndo } from '../parts/notices.js';
import { telephone } from '../parts/telephone.js';
import { useSession } from '../session/session.js';
import { act } from './acting.js';
import type { Asked } from './option-commands.js';

/** By the command's name, what is said of it. */
const SAID = {
  'sms.send': 'done.sms',
  'contacts.addToGroup': 'done.contactGroup',
  'contacts.assignManager': 'done.manager',
  'callback.schedule': 'done.callback',
  'call.leaveMessage': 'done.leaveMessage',
  'call.transfer': 'done.transfer',
  'blacklist.add': 'done.blacklist',
  'blacklist.remove': 'done.unblocked',
  'contacts.takeBack': 'done.takenBack',
} as const;

/** `called`: what it is done with, by name. Answers as `act` does. */
export function actAndTell(key: string, { name, input }: Asked, called = ''): Promise<string | null> {
  const said = Object.entries(SAID).find(([command]) => command === name)?.[1];
  const minutes = Number(input.inMinutes ?? 0);
  const number = telephone(String(input.number ?? ''));
  return act(key, name, input, (answer) => {
    if (said === undefined) return;
    const words = () => i18next.t(said, { ns: 'calls', name: called, number, minutes });
    const undo = undoOf(name, input, answer);
    if (undo === null) tellDone(words);
    else tellUndo(words, () => void actAndTell(`${key}/undo`, undo));
  });
}

/** By what it is taken back. */
function undoOf(name: string, { number }: Asked['input'], answer: unknown): Asked | null {
  switch (name) {
    case 'blacklist.add':
      return isOwn(answer) ? { name: 'blacklist.remove', input: { number } } : null;
    case 'contacts.addToGroup':
    case 'contacts.assignManager': {
      const { id: contactId, version } = Object(answer);
      return { name: 'contacts.takeBack', input: { contactId, version } };
    }
    default:
      return null;
  }
}

/** Somebody else's block is not the agent's to lift. */
function isOwn(answer: unknown): boolean {
  const agentId = useSession.getState().session?.agentId;
  return typeof answer === 'object' && answer !== null && 'byAgentId' in answer && answer.byAgentId === agentId;
}

/** A short message is on its way for a while: that it does not arrive is told whatever is on the screen by then. */
export function useUndelivered(): void {
  useEffect(
    () =>
      onChange((change) => {
        if (change.topic !== 'sms' || change.view.state !== 'failed') return;
        if (change.view.agentId !== useSession.getState().session?.agentId) return;
        const number = telephone(change.view.number);
        tellProblem(() => i18next.t('smsFailed', { ns: 'calls', number }));
      }),
    [],
  );
}
