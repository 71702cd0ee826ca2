/** Callbacks as the tab lists them: what was read, with what has been pushed since over it. Pure. */
import { type Callback, isOver } from '../../../src/core/callback/callback.js';

/** Those ahead, the next one first. */
export function openOnes(read: readonly Callback[], pushed: ReadonlyMap<string, Callback>): readonly Callback[] {
  return newest(read, pushed)
    .filter((callback) => !isOver(callback))
    .sort((one, other) => momentOf(one) - momentOf(other) || one.id.localeCompare(other.id));
}

/** Those that are over, the last one first. */
export function pastOnes(read: readonly Callback[], pushed: ReadonlyMap<string, Callback>): readonly Callback[] {
  return newest(read, pushed)
    .filter(isOver)
    .sort((one, other) => other.dueAt - one.dueAt || one.id.localeCompare(other.id));
}

/** When something happens next; an attempt under way is before all that are to come. */
export function momentOf({ state, nextAt, dueAt }: Callback): number {
  return state === 'calling' ? 0 : (nextAt ?? dueAt);
}

function newest(read: readonly Callback[], pushed: ReadonlyMap<string, Callback>): Callback[] {
  const found = new Map(pushed);
  for (const callback of read) {
    const known = found.get(callback.id);
    if (known === undefined || known.seq < callback.seq) found.set(callback.id, callback);
  }
  return [...found.values()];
}

export interface PageAsked {
  readonly since: number;
  readonly limit: number;
}

/** Where to read on after a page: from its last moment on, since several may be due at once. Null: that was all. */
export function pageAfter(page: readonly Callback[], { since, limit }: PageAsked): number | null {
  const last = page.at(-1);
  if (last === undefined || page.length < limit) return null;
  return last.dueAt > since ? last.dueAt : last.dueAt + 1;
}
