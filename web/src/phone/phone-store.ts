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
  const { choice, autoAnswer, ringVolume, wanted } = usePhone.getState();
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify({ choice, autoAnswer, ringVolume, wanted }));
  } catch {
    // A browser that keeps nothing: it is for this page then.
  }
}

function localText(): string | null {
  try {
    return localStorage.getItem(KEPT_AS);
  } catch {
    return null;
  }
}
