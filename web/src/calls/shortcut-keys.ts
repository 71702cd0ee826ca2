/** Which keys are shortcuts, told by the place of the key, so that they are the same in every keyboard layout. Pure. */
export type Shortcut = 'answer' | 'hold' | 'mute' | 'transfer' | 'hangUp' | 'swap' | 'newCall' | 'help';

/** As they are shown. To hang up takes two fingers: a call is not lost by a slip. */
export const SHORTCUTS: Readonly<Record<Shortcut, string>> = {
  ...{ answer: 'A', hold: 'H', mute: 'M', transfer: 'T', swap: 'S', hangUp: 'Shift+E', newCall: 'N', help: '?' },
};

export interface Pressed {
  readonly code: string;
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly metaKey: boolean;
}

export function shortcutOf({ code, key, shiftKey, ctrlKey, altKey, metaKey }: Pressed): Shortcut | null {
  if (ctrlKey || altKey || metaKey) return null;
  if (key === '?') return 'help';
  const shown = shiftKey ? `Shift+${code.replace(/^Key/, '')}` : code.replace(/^Key/, '');
  const found = Object.entries(SHORTCUTS).find(([, each]) => each === shown);
  return (found?.[0] as Shortcut | undefined) ?? null;
}
