/** The desktop's picture of what the service tells: snapshots, changes, gaps. */
import { describe, expect, test } from '@jest/globals';
import type { QueueView } from '../../src/app/view.js';
import type { ChangeMessage } from '../../src/realtime/protocol.js';
import { afterChange, EMPTY, fromSnapshot } from '../../web/src/link/picture.js';

const queue = (id: string, waiting = 0): QueueView => ({
  ...{ id, name: id, waiting, longestWaitSince: null, estimatedWaitMs: null },
  ...{ agentsLoggedIn: 0, agentsReceiving: 0, agentsTalking: 0 },
  today: { offered: 0, answered: 0, abandoned: 0, lost: 0, turnedAway: 0, serviceLevel: null, averageWaitMs: null },
});
const snapshot = { at: 0, agents: [], queues: [queue('sales'), queue('help')], calls: [], parked: [], callbacks: [] };
const picture = fromSnapshot({ v: 1, seq: 7, snapshot, staleSince: null });
const change = (seq: number, view: QueueView | null): ChangeMessage => ({
  ...{ v: 1, seq, topic: 'queue', id: 'sales', view },
});

describe('the picture that the desktop keeps', () => {
  test('a change replaces one thing and leaves the others the same objects', () => {
    const after = afterChange(picture, change(8, queue('sales', 3)));
    if (after === 'gap') throw new Error('no gap was to be found');
    expect(after.queues.get('sales')?.waiting).toBe(3);
    expect(after.queues.get('help')).toBe(picture.queues.get('help'));
    expect(after.calls).toBe(picture.calls);
    expect(after.seq).toBe(8);
  });

  test('null removes it', () => {
    const after = afterChange(picture, change(8, null));
    expect(after !== 'gap' && [...after.queues.keys()]).toEqual(['help']);
  });

  test('a change that is older than the snapshot changes nothing', () => {
    expect(afterChange(picture, change(7, null))).toBe(picture);
  });

  test('a missed change is a gap, also before the first snapshot', () => {
    expect(afterChange(picture, change(9, null))).toBe('gap');
    expect(afterChange(EMPTY, change(3, null))).toBe('gap');
  });

  test('a topic that this desktop does not know is counted and left alone', () => {
    const unknown = { v: 1, seq: 8, id: 'x', topic: 'weather', view: {} } as unknown as ChangeMessage;
    expect(afterChange(picture, unknown)).toEqual({ ...picture, seq: 8 });
  });
});
