/** What the agent has chosen for the phone, as the browser keeps it; pure. */
import type { PhonePicture } from './phone.js';

export type Kept = Pick<PhonePicture, 'choice' | 'autoAnswer' | 'ringVolume' | 'ringHere' | 'wanted'>;

const USUAL: Kept = {
  choice: { microphone: '', speaker: '', ring: '' },
  autoAnswer: false,
  ringVolume: 0.5,
  // A desk phone rings aloud by itself.
  ringHere: false,
  wanted: false,
};

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
      ringHere: found.ringHere === true,
      wanted: found.wanted === true,
    };
  } catch {
    return USUAL;
  }
}
