/**
 * Which build of the desktop this page is, and which one the service has now: told by the script that the page names, as its name holds
 * a digest of all that belongs to it. And whether a page may load itself again. Pure.
 */

/** The script that a page of the desktop begins with; null in what is no such page. */
export function entryOf(html: string): string | null {
  const [script] = /<script\b[^>]*\btype="module"[^>]*>/.exec(html) ?? [];
  return script === undefined ? null : (/\bsrc="([^"]+)"/.exec(script)?.[1] ?? null);
}

/** When a page of this tab has loaded itself again, and for which build. */
export interface Renewal {
  readonly build: string;
  readonly at: number;
}

export interface Circumstances {
  /** What the service has now. */
  readonly build: string;
  readonly last: Renewal | null;
  readonly now: number;
  /** There is a call, or something that was typed, opened or is being played. */
  readonly inUse: boolean;
}

/** Services of two builds behind one address would else send the page to and fro. */
const NOT_AGAIN_WITHIN_MS = 10 * 60_000;

/** By itself it does so once for each build, and only if nothing is lost. */
export function mayRenewItself({ build, last, now, inUse }: Circumstances): boolean {
  if (inUse) return false;
  return last === null || (last.build !== build && now - last.at >= NOT_AGAIN_WITHIN_MS);
}
