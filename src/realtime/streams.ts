/**
 * Numbered streams of changes. All supervisors read one stream; each agent with a connection has one of its own. A change costs one
 * step for the supervisors and one for each connected agent that may see it, however many others are connected.
 *
 * Changes of the same thing within one turn of the event loop are merged, last wins, apart for each stream: what an agent may no
 * longer see must not overwrite the last picture it may.
 */

import type { Change } from '../app/view.js';
import type { AgentId } from '../core/call/state.js';
import type { ChangeMessage } from './protocol.js';

/** `null` names the stream that all supervisors share. */
export type StreamKey = AgentId | null;

export interface Streams {
  publish(change: Change): void;
  /** Sends what is merged so far; a snapshot taken right after is then never older than a change that follows it. */
  flush(): void;
  /** The number of the last change sent. The stream exists from now on. */
  open(key: StreamKey): number;
  /** Nobody reads it any more. */
  close(key: StreamKey): void;
  agents(): readonly AgentId[];
  keys(): readonly StreamKey[];
}

interface Stream {
  seq: number;
  readonly pending: Map<string, Change>;
}

/** `send` delivers to everyone who reads the stream; `defer` runs its argument once, after this turn. */
export function createStreams(
  send: (key: StreamKey, message: ChangeMessage) => void,
  defer: (work: () => void) => void,
): Streams {
  const streams = new Map<StreamKey, Stream>();
  const dirty = new Set<StreamKey>();
  let deferred = false;

  function add(key: StreamKey, change: Change): void {
    const stream = streams.get(key);
    if (stream === undefined) return;
    const name = `${change.topic}:${change.id}`;
    // Taken out first, so that the last change of a thing also takes the last place.
    stream.pending.delete(name);
    stream.pending.set(name, change);
    dirty.add(key);
  }

  function flush(): void {
    for (const key of dirty) {
      const stream = streams.get(key);
      if (stream === undefined) continue;
      for (const change of stream.pending.values()) send(key, message(change, ++stream.seq));
      stream.pending.clear();
    }
    dirty.clear();
  }

  return {
    publish(change) {
      add(null, change);
      for (const agentId of change.audience.agentIds) add(agentId, change);
      if (deferred || dirty.size === 0) return;
      deferred = true;
      defer(() => {
        deferred = false;
        flush();
      });
    },
    flush,
    open(key) {
      const stream = streams.get(key);
      if (stream === undefined) streams.set(key, { seq: 0, pending: new Map() });
      return stream?.seq ?? 0;
    },
    close: (key) => void streams.delete(key),
    keys: () => [...streams.keys()],
    agents: () => [...streams.keys()].filter((key) => key !== null),
  };
}

/** The audience stays here: clients are not told who else sees what they see. */
function message(change: Change, seq: number): ChangeMessage {
  const numbered = { v: 1, seq, id: change.id } as const;
  switch (change.topic) {
    case 'agent':
      return { ...numbered, topic: 'agent', view: change.view };
    case 'queue':
      return { ...numbered, topic: 'queue', view: change.view };
    case 'parked':
      return { ...numbered, topic: 'parked', view: change.view };
    case 'call':
      return { ...numbered, topic: 'call', view: change.view };
    case 'callback':
      return { ...numbered, topic: 'callback', view: change.view };
    case 'sms':
      return { ...numbered, topic: 'sms', view: change.view };
  }
}
