/** What a change costs with thousands of connected agents, and how the live page keeps its picture. */
import { describe, expect, test } from '@jest/globals';
import type { Change } from '../../src/app/view.js';
import type { ChangeMessage } from '../../src/realtime/protocol.js';
import { createStreams, type StreamKey } from '../../src/realtime/streams.js';
import { NOW } from '../support/fake-application.js';
import { callView } from '../support/fake-views.js';

function callChange(id: string, agentIds: readonly string[]): Change {
  return { topic: 'call', id, view: callView(id, 'a1'), audience: { agentIds } };
}

function recordedStreams() {
  const sent: { key: StreamKey; message: ChangeMessage }[] = [];
  const deferred: (() => void)[] = [];
  const streams = createStreams(
    (key, message) => void sent.push({ key, message }),
    (work) => void deferred.push(work),
  );
  return { streams, sent, deferred };
}

describe('a change', () => {
  test('is sent once to the supervisors and once to each connected agent that may see it, of 10 000 connected', () => {
    const { streams, sent, deferred } = recordedStreams();
    streams.open(null);
    for (let agent = 0; agent < 10_000; agent += 1) streams.open(`a${agent}`);
    streams.publish(callChange('c1', ['a1', 'a2', 'not connected']));
    expect(deferred).toHaveLength(1);
    deferred[0]?.();
    expect(sent.map(({ key }) => key)).toEqual([null, 'a1', 'a2']);
  });

  test('that nobody connected may see is not even put off', () => {
    const { streams, sent, deferred } = recordedStreams();
    streams.open('a1');
    streams.publish(callChange('c1', ['a2']));
    expect([sent, deferred]).toEqual([[], []]);
  });

  test('waiting for its turn is sent before a snapshot is taken, and not again after', () => {
    const { streams, sent, deferred } = recordedStreams();
    streams.open(null);
    streams.publish(callChange('c1', []));
    streams.flush();
    expect(streams.open(null)).toBe(1);
    deferred[0]?.();
    expect(sent).toHaveLength(1);
  });

  test('of a stream that was closed and opened again starts anew', () => {
    const { streams, sent, deferred } = recordedStreams();
    streams.open('a1');
    streams.publish(callChange('c1', ['a1']));
    streams.close('a1');
    deferred[0]?.();
    expect(sent).toEqual([]);
    expect(streams.open('a1')).toBe(0);
  });
});

interface Picture {
  readonly calls: ReadonlyMap<string, unknown>;
  take(message: object): void;
  apply(message: object): boolean;
}

describe("the live page's picture", () => {
  const address = new URL('../../web/public/live/picture.js', import.meta.url).href;
  const snapshot = { at: NOW, agents: [], queues: [], calls: [callView('c1', 'a1')] };
  const change = (seq: number, id: string, view: object | null) => ({ v: 1, seq, topic: 'call', id, view });

  async function taken(): Promise<Picture> {
    const { createPicture } = (await import(address)) as { createPicture: () => Picture };
    const picture = createPicture();
    picture.take({ v: 1, seq: 7, snapshot });
    return picture;
  }

  test('follows numbered changes, and drops calls that ended', async () => {
    const picture = await taken();
    expect(picture.apply(change(8, 'c2', callView('c2', 'a1')))).toBe(true);
    expect([...picture.calls.keys()]).toEqual(['c1', 'c2']);
    picture.apply(change(9, 'c1', { ...callView('c1', 'a1'), phase: 'ended' }));
    picture.apply(change(10, 'c2', null));
    expect(picture.calls.size).toBe(0);
  });

  test('notices a gap and takes nothing from beyond it; what is older than the snapshot is ignored', async () => {
    const picture = await taken();
    expect(picture.apply(change(9, 'c2', callView('c2', 'a1')))).toBe(false);
    expect(picture.apply(change(7, 'c1', null))).toBe(true);
    expect([...picture.calls.keys()]).toEqual(['c1']);
  });
});
