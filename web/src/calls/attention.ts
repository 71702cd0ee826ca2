/**
 * An incoming call is noticed although another window is in front: the page's title and icon change, the ring tone plays, and where the
 * agent has allowed it the computer shows a notification; a click on it brings this window to the front.
 */
import { useEffect, useSyncExternalStore } from 'react';
import { type Calling, PLAIN_TITLE, titleFor } from './calling.js';

const BADGE_ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect width='24' height='24' rx='6' fill='%232b8a3e'/%3E%3Cpath fill='none' stroke='white' stroke-width='2' stroke-linejoin='round' d='M6 5h4l2 4.5-2 1.3a9 9 0 0 0 4 4l1.300-2 4.500 2v3.500a2 2 0 0 1-2 2A14 14 0 0 1 4 7a2 2 0 0 1 2-2'/%3E%3C/svg%3E";

export function useAttention(calling: readonly Calling[]): void {
  const title = titleFor(calling);
  const rings = calling.length > 0;
  useEffect(() => {
    document.title = title;
    return () => {
      document.title = PLAIN_TITLE;
    };
  }, [title]);
  useEffect(() => {
    if (!rings) return;
    return withIcon(BADGE_ICON);
  }, [rings]);
  const [first] = calling;
  const key = first?.key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: one notification for each call, whatever else of it changes
  useEffect(() => {
    if (first === undefined) return;
    return notify(first);
  }, [key]);
}

/** Answers the way back to the page's own icon. */
function withIcon(href: string): () => void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
  const plain = link?.href;
  if (link === null || plain === undefined) return () => undefined;
  link.href = href;
  return () => {
    link.href = plain;
  };
}

/** Only while this window is not looked at. */
function notify({ key, title, body }: Calling): () => void {
  if (typeof Notification === 'undefined' || Notification.permission !== 'granted') return () => undefined;
  if (document.visibilityState === 'visible' && document.hasFocus()) return () => undefined;
  // The tag: several tabs of one agent show one notification.
  const shown = new Notification(title, { body, tag: `ringmaster/${key}`, requireInteraction: true });
  shown.onclick = () => {
    window.focus();
    shown.close();
  };
  return () => shown.close();
}

const listeners = new Set<() => void>();
const NOT_NOW = 'ringmaster.notificationsNotNow';

function mayAsk(): boolean {
  if (typeof Notification === 'undefined' || Notification.permission !== 'default') return false;
  return localStorage.getItem(NOT_NOW) !== '1';
}

/** True while the agent has neither allowed nor declined it. */
export function useMayAsk(): boolean {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, mayAsk);
}

/** Browsers want to be asked from a button only. */
export async function askToNotify(): Promise<void> {
  await Notification.requestPermission();
  for (const each of listeners) each();
}

export function notNow(): void {
  localStorage.setItem(NOT_NOW, '1');
  for (const each of listeners) each();
}
