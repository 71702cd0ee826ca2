/** What was typed and not sent yet: it outlives a lost connection, a refusal and another tab being looked at; not the login. */
import { create } from 'zustand';
import { useSession } from '../session/session.js';

const useDrafts = create<{ readonly drafts: Readonly<Record<string, string>> }>(() => ({ drafts: {} }));

export function useDraft(key: string): readonly [string, (typed: string) => void] {
  const typed = useDrafts(({ drafts }) => drafts[key] ?? '');
  return [typed, (now) => setDraft(key, now)];
}

export function setDraft(key: string, typed: string): void {
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: typed } }));
}

/** Something was typed that is not sent yet. */
export function hasDrafts(): boolean {
  return Object.values(useDrafts.getState().drafts).some((typed) => typed !== '');
}

useSession.subscribe((now, before) => {
  if (now.session?.token !== before.session?.token) useDrafts.setState({ drafts: {} });
});
