/** Where one begins in a window: windows give the focus to it when they open, and this where a form has come later than its window. */
import { type RefObject, useEffect, useRef } from 'react';

/** Of one field of the form. */
export function firstField(is: boolean) {
  return is ? ({ 'data-autofocus': true } as const) : {};
}

/** For the form. */
export function useFirstFocus(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // The window remembers first what to give the focus back to.
    const timer = setTimeout(() => {
      const isIn = form.current?.contains(document.activeElement);
      if (isIn === false) form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
    });
    return () => clearTimeout(timer);
  }, []);
  return form;
}
