/**
 * Where one begins in a form's window: windows give the focus to it when they open, and this where the form has come later; and where one
 * goes on when something in the form is wrong.
 */
import { type RefObject, useEffect, useRef } from 'react';

/** Of one field of the form. */
export function firstField(is: boolean) {
  return is ? ({ 'data-autofocus': true } as const) : {};
}

/** For the form. Other values whenever something else is wrong with what is filled in, found here or refused by the service. */
export function useFormFocus(problems: object, refused: object | null): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is looked for when something else is wrong
  useEffect(() => {
    form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [problems, refused]);
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
