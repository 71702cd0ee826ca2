/**
 * The keyboard's focus is never lost: a button that goes away with what it has done (lines that are joined, a row that is removed, a
 * notice) hands it on to its neighbour in the list, or to the part of the page it stood in. The browser would leave it nowhere.
 */
import { useEffect } from 'react';

/** A part of the page that takes the focus; of the calls the line that the agent is on. */
const [HOME, PRESENT] = ['[data-home]', '[data-home="present"]'];
/** What comes and goes by itself: from there the focus goes back to where it was before. */
const PASSING = '[data-passing]';
const CAN_HAVE_FOCUS = 'button:not([disabled]), a[href], input:not([disabled]), [tabindex="0"]';
/** Dialogs and menus give the focus back themselves, where what opened them is still there. */
const OTHERS_FIRST_MS = 80;

/** From the element outwards: each that it stands in, and at which place there. */
type Trail = readonly { readonly parent: HTMLElement; readonly index: number }[];

interface Place {
  readonly element: HTMLElement;
  readonly trail: Trail;
}

function placeOf(element: HTMLElement): Place {
  const trail: { parent: HTMLElement; index: number }[] = [];
  for (let child = element; child.parentElement !== null; child = child.parentElement)
    trail.push({ parent: child.parentElement, index: [...child.parentElement.children].indexOf(child) });
  return { element, trail };
}

function neighbour(list: HTMLElement, index: number): HTMLElement | null {
  const row = list.children[Math.min(index, list.children.length - 1)];
  return row?.querySelector<HTMLElement>(CAN_HAVE_FOCUS) ?? null;
}

function homeIn(parent: HTMLElement): HTMLElement | null {
  const present = parent.querySelector<HTMLElement>(PRESENT);
  if (present !== null) return present;
  return parent.matches(HOME) ? parent : parent.querySelector<HTMLElement>(HOME);
}

function nearest({ element, trail }: Place): HTMLElement | null {
  if (element.isConnected) return element;
  for (const { parent, index } of trail.filter((each) => each.parent.isConnected)) {
    const next = parent.matches('ul, ol') ? neighbour(parent, index) : null;
    const found = next ?? homeIn(parent);
    if (found !== null) return found;
  }
  return null;
}

export function useFocusKept(): void {
  useEffect(() => {
    let last: Place | null = null;
    let lasting: Place | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const isLost = () => document.activeElement === document.body && last?.element.isConnected === false;
    const handOn = () => {
      if (!isLost() || lasting === null) return;
      const next = nearest(lasting);
      // A part of the page is in sight anyway, and does not jump.
      next?.focus({ preventScroll: next.matches(HOME) });
    };
    const onFocus = ({ target }: FocusEvent) => {
      if (!(target instanceof HTMLElement)) return;
      last = placeOf(target);
      if (target.closest(PASSING) === null) lasting = last;
    };
    const observer = new MutationObserver(() => {
      if (!isLost()) return;
      clearTimeout(timer);
      timer = setTimeout(handOn, OTHERS_FIRST_MS);
    });
    document.addEventListener('focusin', onFocus);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => {
      document.removeEventListener('focusin', onFocus);
      observer.disconnect();
      clearTimeout(timer);
    };
  }, []);
}
