/** What is said: Asterisk's core sounds, which are there in every language. */
import type { SoundItem } from '../../core/call/state.js';

export function sound(name: string): SoundItem {
  return { kind: 'sound', name };
}

/** Digit by digit. */
export function spelled(digits: string): SoundItem {
  return { kind: 'digits', value: digits };
}

export function counted(value: number): SoundItem {
  return { kind: 'number', value };
}
