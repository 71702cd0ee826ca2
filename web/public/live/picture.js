/** What the server has told: a snapshot, then numbered changes, each the whole new picture of one thing. */

export function createPicture() {
  let seq = null;
  let skewMs = 0;
  const agents = new Map();
  const queues = new Map();
  const calls = new Map();
  const topics = { agent: agents, queue: queues, call: calls };

  function fill(map, views) {
    map.clear();
    for (const view of views) map.set(view.id, view);
  }

  return {
    agents,
    queues,
    calls,
    /** The server's clock: waiting times are counted by it, not by this computer's. */
    now: () => Date.now() + skewMs,
    take({ seq: number, snapshot }) {
      seq = number;
      skewMs = snapshot.at - Date.now();
      fill(agents, snapshot.agents);
      fill(queues, snapshot.queues);
      fill(calls, snapshot.calls);
    },
    /** False if a change is missing before this one: a new snapshot is needed. */
    apply({ seq: number, topic, id, view }) {
      if (seq === null || number <= seq) return true;
      if (number !== seq + 1) return false;
      seq = number;
      const map = topics[topic];
      if (map === undefined) return true;
      if (view === null || view.phase === 'ended') map.delete(id);
      else map.set(id, view);
      return true;
    },
    clear() {
      seq = null;
      for (const map of Object.values(topics)) map.clear();
    },
  };
}
