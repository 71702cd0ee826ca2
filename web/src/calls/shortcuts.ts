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

/** In a field, a menu or a dialog keys mean something else. */
function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target.closest('input, textarea, select, [role="menu"]') !== null) return true;
  return document.querySelector('[role="dialog"][aria-modal="true"]') !== null;
}

export function useShortcuts(run: (shortcut: Shortcut) => void): void {
  const current = useRef(run);
  useEffect(() => {
    current.current = run;
  });
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.repeat || isElsewhere(event.target)) return;
      const shortcut = shortcutOf(event);
      if (shortcut === null || (!useShortcutsOn.getState().on && shortcut !== 'help')) return;
      event.preventDefault();
      current.current(shortcut);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
