/**
 * A page that stays open while the service is upgraded: what it has not loaded yet is gone. It is loaded again by itself where nothing is
 * lost by that, once; else the agent is told, and does it when it suits.
 *
 *   current ─another build is found (after a reconnection, or when a part cannot be loaded)─► renewed by itself, or told
 *           ─a part cannot be loaded, and the build is the same or not to be had──────────► told
 */
import { create } from 'zustand';
import { hasDrafts } from '../calls/drafts.js';
import { useLink } from '../link/link.js';
import { usePhone } from '../phone/phone-store.js';
import { serverAddress } from '../session/server-address.js';
import { useSession } from '../session/session.js';
import { entryOf, mayRenewItself, type Renewal } from './build.js';

const KEPT_AS = 'ringmaster.renewed';
/** After a restart of the service all pages look at once: they are not to load all at once, too. */
const SPREAD_MS = 3_000;

/** newer: the service has another build; partMissing: a part could not be loaded, for whatever reason. */
export type Outdated = 'newer' | 'partMissing';

export const useVersion = create<{ readonly outdated: Outdated | null }>(() => ({ outdated: null }));

/** Once, before the first draw. */
export function watchVersion(): void {
  // What fails is told by the part's own boundary, too.
  window.addEventListener('vite:preloadError', () => void look('partMissing', 0));
  useLink.subscribe((now, before) => {
    if (now.state === 'live' && before.state === 'lost') void look(null, Math.random() * SPREAD_MS);
  });
}

/** The agent wants it. */
export function loadAgain(): void {
  window.location.reload();
}

/** Not now. It is told again when another part cannot be loaded, or after the next reconnection. */
export function putOff(): void {
  useVersion.setState({ outdated: null });
}

async function look(otherwise: Outdated | null, afterMs: number): Promise<void> {
  const build = await serverBuild();
  if (build === null || build === ownBuild()) {
    if (otherwise !== null) useVersion.setState({ outdated: otherwise });
    return;
  }
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  const mayDoIt = mayRenewItself({ build, last: lastRenewal(), now: Date.now(), inUse: isInUse() });
  if (mayDoIt && keepRenewal({ build, at: Date.now() })) loadAgain();
  else useVersion.setState({ outdated: 'newer' });
}

function ownBuild(): string | null {
  return document.querySelector('script[type="module"][src]')?.getAttribute('src') ?? null;
}

/** Null: the service cannot be reached, or what answers is another page. */
async function serverBuild(): Promise<string | null> {
  try {
    const response = await fetch(serverAddress(), { cache: 'no-cache' });
    return response.ok ? entryOf(await response.text()) : null;
  } catch {
    return null;
  }
}

/** Whatever would be lost or cut off; rather too much than too little. */
function isInUse(): boolean {
  const { picture } = useLink.getState();
  const me = picture.agents.get(useSession.getState().session?.agentId ?? '');
  if ((me?.callIds.length ?? 0) > 0 || usePhone.getState().calls.length > 0 || hasDrafts()) return true;
  if (document.querySelector('[role="dialog"]') !== null) return true;
  const typed = [...document.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(FIELDS)];
  const played = [...document.querySelectorAll('audio')];
  return typed.some(({ value, readOnly }) => value !== '' && !readOnly) || played.some(({ paused }) => !paused);
}

const FIELDS = 'textarea, input:not([type="radio"], [type="checkbox"], [type="range"], [type="hidden"])';

function lastRenewal(): Renewal | null {
  try {
    return JSON.parse(sessionStorage.getItem(KEPT_AS) ?? 'null') as Renewal | null;
  } catch {
    return null;
  }
}

/** False where the tab can keep nothing: it could not know that it has done it. */
function keepRenewal(renewal: Renewal): boolean {
  try {
    sessionStorage.setItem(KEPT_AS, JSON.stringify(renewal));
    return true;
  } catch {
    return false;
  }
}
