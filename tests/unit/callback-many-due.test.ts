/** Very many callbacks due in the same minute: spread by the agents there are, never more dialled than agents could take. */
import { afterEach, expect, jest, test } from '@jest/globals';
import { CallbackScene, callback, callEnded } from '../support/callback-scene.js';
import fc, { PROPERTY_LIMIT_MS } from '../support/properties.js';

jest.setTimeout(PROPERTY_LIMIT_MS);

const PRIORITIES = ['high', 'medium', 'low'] as const;
const CONNECTED = { lineId: 'l', legId: 'x', legIds: ['x'], agentId: 'agent1', queueId: 'sales', waitedMs: 0 };

let scene: CallbackScene;
afterEach(() => scene.scheduler.stop());

async function settled(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await scene.settled();
}

/** So many are due at once, for so many agents; each call is answered and ends, and its agent is free again. Answers how many rounds. */
async function worked(due: number, agents: number): Promise<number> {
  scene = new CallbackScene();
  scene.free = agents;
  for (let each = 0; each < due; each += 1) {
    const priority = PRIORITIES[each % 3] ?? 'low';
    await scene.store.add(callback({ id: `cb${each}`, number: `${each}`, priority }));
  }
  scene.scheduler.start();
  await settled();
  let rounds = 0;
  while (scene.live.size > 0) {
    rounds += 1;
    expect(scene.live.size).toBeLessThanOrEqual(agents);
    for (const callId of [...scene.live]) {
      scene.free -= 1;
      scene.scheduler.heard({ type: 'call.connected', ...CONNECTED, callId, seq: 1, at: scene.now, v: 1 });
    }
    await settled();
    expect(scene.live.size).toBeLessThanOrEqual(agents);
    for (const callId of [...scene.live]) {
      scene.free += 1;
      scene.live.delete(callId);
      scene.scheduler.heard({ ...callEnded('answered'), callId, seq: 2, at: scene.now, v: 1 });
    }
    await settled();
  }
  return rounds;
}

test('a thousand due at once and twenty-five agents: each is called once, the urgent first', async () => {
  const rounds = await worked(1_000, 25);
  expect([scene.dialled.length, new Set(scene.dialled).size, rounds]).toEqual([1_000, 1_000, 40]);
  const urgency = scene.dialled.map((number) => Number(number) % 3);
  expect(urgency).toEqual([...urgency].sort());
}, 60_000);

test('never more at once than agents, and none is left over', async () => {
  const numbers = fc.record({ due: fc.integer({ min: 1, max: 60 }), agents: fc.integer({ min: 1, max: 12 }) });
  await fc.assert(
    fc.asyncProperty(numbers, async ({ due, agents }) => {
      const rounds = await worked(due, agents);
      expect([scene.dialled.length, new Set(scene.dialled).size]).toEqual([due, due]);
      expect(rounds).toBe(Math.ceil(due / agents));
      await scene.scheduler.stop();
    }),
    { numRuns: 15 },
  );
}, 60_000);
