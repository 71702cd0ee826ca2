/** Tells every client when what it sees may be old, and gives each a new snapshot when it is true again. */
import type { Application, Viewer } from '../app/application.js';
import type { FreshMessage, StaleMessage } from './protocol.js';
import type { StreamKey } from './streams.js';

export interface StalenessPorts {
  readonly freshness: Application['freshness'];
  readonly tellStale: (message: StaleMessage) => void;
  readonly tellFresh: (message: FreshMessage) => void;
  /** The streams that are read now. */
  readonly read: () => readonly StreamKey[];
  readonly sendSnapshot: (key: StreamKey) => void;
}

/** Calls are served between two lots of snapshots, however many clients there are. */
const AT_ONCE = 20;

/** Returns the way to end it. */
export function tellStaleness({ freshness, tellStale, tellFresh, read, sendSnapshot }: StalenessPorts): () => void {
  let ended = false;
  const send = (keys: readonly StreamKey[]): void => {
    // Stale again: another lot of snapshots will come.
    if (ended || freshness.staleSince !== null) return;
    for (const key of keys.slice(0, AT_ONCE)) sendSnapshot(key);
    if (keys.length > AT_ONCE) setImmediate(() => send(keys.slice(AT_ONCE)));
  };
  const stop = freshness.onChange((since) => {
    if (since !== null) {
      tellStale({ v: 1, since });
      return;
    }
    tellFresh({ v: 1 });
    send(read());
  });
  return () => {
    ended = true;
    stop();
  };
}

/** Whom a stream's snapshot is made for: all supervisors see the same. */
export function viewerOf(key: StreamKey): Viewer {
  return key === null ? { agentId: '', role: 'supervisor' } : { agentId: key, role: 'agent' };
}
