/** A running time, "m:ss" or "h:mm:ss", by the service's clock. One timer serves all of them on the page. */
import { useSyncExternalStore } from 'react';
import { useLink } from '../link/link.js';

const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let second = Math.floor(Date.now() / 1000);

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    second = Math.floor(Date.now() / 1000);
    for (const each of listeners) each();
  }, 1000);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Drawn again each second. The service's clock, in milliseconds. */
export function useNow(): number {
  useSyncExternalStore(subscribe, () => second);
  return Date.now() + useLink((link) => link.clockOffsetMs);
}

export function asDuration(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** How long since `since`. Digits of one width, so that nothing beside it moves. */
export function Duration({ since }: { since: number }) {
  const now = useNow();
  return <span style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}>{asDuration(now - since)}</span>;
}
