/** What the built-in phone shows, for components: `usePhone`. Choices are kept in this browser. */
import { create } from 'zustand';
import { type Kept, kept } from './choices.js';
import type { PhonePicture } from './phone.js';

const KEPT_AS = 'ringmaster.phone';

export const usePhone = create<PhonePicture>(() => ({
  state: 'off',
  failure: null,
  calls: [],
  microphone: 'unknown',
  microphones: [],
  speakers: [],
  ...kept(localText()),
}));

/** Keeps what the agent has chosen. */
export function keep(change: Partial<Kept>): void {
  usePhone.setState(change);
  const { choice, autoAnswer, ringVolume, ringHere, wanted } = usePhone.getState();
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify({ choice, autoAnswer, ringVolume, ringHere, wanted }));
  } catch {
    // A browser that keeps nothing: it is for this page then.
  }
}

/** What is chosen in one tab counts in all. Whether a tab is the phone is its own matter. */
export function followOtherTabs(): void {
  window.addEventListener('storage', ({ key, newValue }) => {
    if (key !== KEPT_AS) return;
    const { choice, autoAnswer, ringVolume, ringHere } = kept(newValue);
    usePhone.setState({ choice, autoAnswer, ringVolume, ringHere });
  });
}

function localText(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}
