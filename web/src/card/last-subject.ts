/** Whose card it was last: notes are written after the call too, often in the CRM's page. Until the next call, or until it is put away. */
import { create } from 'zustand';
import { panelsOf } from '../calls/lines.js';
import { useLink } from '../link/link.js';
import { useSession } from '../session/session.js';
import { type Subject, subjectOf } from './subject.js';

export const useLastSubject = create<{ readonly last: Subject | null }>(() => ({ last: null }));

export function putCardAway(): void {
  useLastSubject.setState({ last: null });
}

/** Follows the calls, whichever tab is open. Nothing of one agent is shown to the next. */
export function followSubjects(): void {
  useLink.subscribe(({ picture: { calls } }, { picture: before }) => {
    const agentId = useSession.getState().session?.agentId;
    if (calls === before.calls || agentId === undefined) return;
    // Whoever rang and went has the card only while it rings.
    const last = subjectOf(panelsOf(calls.values(), agentId), [], calls);
    if (last !== null) useLastSubject.setState({ last });
  });
  useSession.subscribe((now, before) => {
    if (now.session?.token !== before.session?.token) putCardAway();
  });
}
