/**
 * What the service has told: agents, queues, calls and parked calls, each whole. Pure: a snapshot or a change makes a new picture, in
 * which only what changed is a new object, so a component that reads one call is drawn anew for that call alone.
 */

import type { AgentView, CallView, ParkedView, QueueView } from '../../../src/app/view.js';
import type { Callback } from '../../../src/core/callback/callback.js';
import type { ChangeMessage, SnapshotMessage } from '../../../src/realtime/protocol.js';

export interface Picture {
  readonly agents: ReadonlyMap<string, AgentView>;
  readonly queues: ReadonlyMap<string, QueueView>;
  readonly calls: ReadonlyMap<string, CallView>;
  readonly parked: ReadonlyMap<string, ParkedView>;
  /** Those of the coming hours and those being dialled; older and later ones are listed by `callback.list`. */
  readonly callbacks: ReadonlyMap<string, Callback>;
  /** Number of the last change that is in it; -1 before the first snapshot. */
  readonly seq: number;
}

export const EMPTY: Picture = {
  agents: new Map(),
  queues: new Map(),
  calls: new Map(),
  parked: new Map(),
  callbacks: new Map(),
  seq: -1,
};

export function fromSnapshot({ seq, snapshot }: SnapshotMessage): Picture {
  return {
    seq,
    agents: byId(snapshot.agents),
    queues: byId(snapshot.queues),
    calls: byId(snapshot.calls),
    parked: new Map(snapshot.parked.map((view) => [view.lineId, view])),
    callbacks: byId(snapshot.callbacks),
  };
}

/** The picture after the change; `gap` when changes before it were missed; the same picture for one that is older than it. */
export function afterChange(picture: Picture, change: ChangeMessage): Picture | 'gap' {
  if (change.seq <= picture.seq) return picture;
  if (change.seq > picture.seq + 1) return 'gap';
  const { seq, id } = change;
  switch (change.topic) {
    case 'agent':
      return { ...picture, seq, agents: replaced(picture.agents, id, change.view) };
    case 'queue':
      return { ...picture, seq, queues: replaced(picture.queues, id, change.view) };
    case 'call':
      return {
        ...picture,
        seq,
        calls: replaced(picture.calls, id, change.view?.phase === 'ended' ? null : change.view),
      };
    case 'parked':
      return { ...picture, seq, parked: replaced(picture.parked, id, change.view) };
    case 'callback':
      return { ...picture, seq, callbacks: replaced(picture.callbacks, id, change.view) };
    default:
      // A topic that is not kept in the picture, or one that a newer service has.
      return { ...picture, seq };
  }
}

function byId<T extends { readonly id: string }>(views: readonly T[]): ReadonlyMap<string, T> {
  return new Map(views.map((view) => [view.id, view]));
}

function replaced<T>(map: ReadonlyMap<string, T>, id: string, view: T | null): ReadonlyMap<string, T> {
  const next = new Map(map);
  if (view === null) next.delete(id);
  else next.set(id, view);
  return next;
}
