/**
 * The computer rings along with the desk phone, where the agent has asked for it and the built-in phone does not ring by itself. Of
 * several tabs one rings, the one that holds the lock; when it is closed, the next.
 */
import { useEffect } from 'react';
import { usePhone } from './phone-store.js';
import { startRing } from './ring.js';
import { BESIDE_A_TALK } from './ringer.js';

/** All tabs are told of a call's end within this: the next one does not begin to ring for a call that is over. */
const SETTLED_MS = 300;

export interface Ringing {
  /** Something rings the agent's phone. */
  readonly rings: boolean;
  /** The agent talks with somebody meanwhile. */
  readonly talks: boolean;
}

export function useRingAlong({ rings, talks }: Ringing, agentId: string): void {
  const wanted = usePhone(({ ringHere, state }) => ringHere && (state === 'off' || state === 'failed'));
  useEffect(() => {
    if (!rings || !wanted) return;
    const over = new AbortController();
    void inOneTab(`ringmaster.ring.${agentId}`, over.signal, () => ringUntil(over.signal, talks));
    return () => over.abort();
  }, [rings, talks, wanted, agentId]);
}

/** Without locks (a page that is not served over https) each tab does it. */
async function inOneTab(name: string, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work();
  // Over before it was this tab's turn.
  await navigator.locks.request(name, { signal }, work).catch(() => undefined);
}

async function ringUntil(signal: AbortSignal, talks: boolean): Promise<void> {
  await untilAborted(signal, SETTLED_MS);
  if (signal.aborted) return;
  const { choice, ringVolume } = usePhone.getState();
  const ringing = await startRing(choice.ring, talks ? ringVolume * BESIDE_A_TALK : ringVolume);
  await untilAborted(signal);
  ringing.stop();
}

function untilAborted(signal: AbortSignal, atMostMs?: number): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = atMostMs === undefined ? undefined : setTimeout(resolve, atMostMs);
    const end = () => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', end, { once: true });
  });
}
