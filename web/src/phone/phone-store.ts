/** What the built-in phone shows, for components: `usePhone`. Choices are kept in this browser. */
import { create } from 'zustand';
import type { PhonePicture } from './phone.js';

const KEPT_AS = 'ringmaster.phone';

type Kept = Pick<PhonePicture, 'choice' | 'autoAnswer' | 'ringVolume' | 'wanted'>;

const USUAL: Kept = {
  choice: { microphone: '', speaker: '', ring: '' },
  autoAnswer: false,
  ringVolume: 0.5,
  wanted: false,
};

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

/** What is not as it should be is as usual. */
export function kept(text: string | null): Kept {
  try {
    const found: Partial<Kept> = JSON.parse(text ?? '{}') ?? {};
    const { choice = USUAL.choice, ringVolume = USUAL.ringVolume } = found;
    const id = (value: unknown) => (typeof value === 'string' ? value : '');
    return {
      choice: { microphone: id(choice.microphone), speaker: id(choice.speaker), ring: id(choice.ring) },
      autoAnswer: found.autoAnswer === true,
      ringVolume: typeof ringVolume === 'number' ? Math.min(Math.max(ringVolume, 0), 1) : USUAL.ringVolume,
      wanted: found.wanted === true,
    };
  } catch {
    return USUAL;
  }
}
