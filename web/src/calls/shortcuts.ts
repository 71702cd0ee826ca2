/**
 * Keys that do what the buttons do, while nobody types. Told by the place of the key, so that they are the same in every keyboard
 * layout. They can be turned off: programs that read the screen aloud use single letters themselves.
 */
import { useEffect, useRef } from 'react';
import { create } from 'zustand';
import { type Shortcut, shortcutOf } from './shortcut-keys.js';

const KEPT_AS = 'ringmaster.shortcutsOff';

export const useShortcutsOn = create<{ readonly on: boolean }>(() => ({
  on: globalThis.localStorage?.getItem(KEPT_AS) !== '1',
}));

export function turnShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(KEPT_AS);
  else localStorage.setItem(KEPT_AS, '1');
  useShortcutsOn.setState({ on });
}

/** Letters go into it. A switch, a choice of few and a slider take none. */
const TAKES_LETTERS = 'input:not([type=checkbox], [type=radio], [type=range]), textarea, select';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest(TAKES_LETTERS) !== null);
}

/** In a menu or a dialog something else is being done. */
function isElsewhere(target: EventTarget | null): boolean {
  if (target instanceof HTMLElement && target.closest('[role="menu"]') !== null) return true;
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

interface Heard {
  readonly shortcuts: readonly Shortcut[];
  /** In menus and dialogs too. */
  readonly everywhere?: boolean;
}

export function useShortcuts({ shortcuts, everywhere = false }: Heard, run: (shortcut: Shortcut) => void): void {
  const current = useRef({ shortcuts, everywhere, run });
  useEffect(() => {
    current.current = { shortcuts, everywhere, run };
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || isTyping(event.target)) return;
      const heard = current.current;
      const shortcut = shortcutOf(event);
      if (shortcut === null || !heard.shortcuts.includes(shortcut)) return;
      if (!heard.everywhere && isElsewhere(event.target)) return;
      if (!useShortcutsOn.getState().on && shortcut !== 'help') return;
      event.preventDefault();
      heard.run(shortcut);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
