/** Voicemail: who may hear what was left, and what becomes of it when files and controllers fail. */
import { beforeEach, expect, test } from '@jest/globals';
import { Voicemail } from '../../src/app/scenarios/voicemail.js';
import { indexSettings } from '../../src/app/settings-in-force.js';
import type { VoicemailBox } from '../../src/core/scenario/scenario.js';
import { silentLog } from '../support/fake-application.js';
import { initialConfiguration } from '../support/fake-configuration.js';
import { MemoryVoicemails } from '../support/memory-scenarios.js';
import { MemorySounds } from '../support/memory-sounds.js';

const SALES: VoicemailBox = { kind: 'queue', queueId: 'sales' };
const BORIS: VoicemailBox = { kind: 'agent', agentId: 'boris' };
const anna = { agentId: 'anna', role: 'agent' } as const;
const boris = { agentId: 'boris', role: 'agent' } as const;
const vera = { agentId: 'vera', role: 'supervisor' } as const;
const ALL = { onlyNew: false, since: 0, until: 10_000_000, limit: 10 };

let store: MemoryVoicemails;
let files: MemorySounds;
let now: number;
let voicemail: Voicemail;

beforeEach(() => {
  store = new MemoryVoicemails();
  files = new MemorySounds();
  now = 1_000;
  const settings = () => indexSettings(initialConfiguration);
  voicemail = new Voicemail({
    store,
    files,
    clock: { now: () => now },
    log: silentLog,
    settings,
    mayRecord: () => true,
  });
});

/** Somebody speaks for so long, and has gone. */
async function left(to: VoicemailBox, durationMs: number): Promise<string> {
  const opened = await voicemail.open({ to, from: { number: '100', name: '' }, callId: 'c1' });
  if (opened === null) throw new Error('nothing could be recorded');
  if (durationMs > 0) files.record(opened.sound, durationMs);
  voicemail.close(opened);
  await new Promise((resolve) => setImmediate(resolve));
  return opened.id;
}

test('an agent hears what was left for the own queues and for the agent, and nothing else', async () => {
  const forSales = await left(SALES, 3_000);
  const forBoris = await left(BORIS, 3_000);
  const seen = async (viewer: typeof anna | typeof boris | typeof vera) =>
    (await voicemail.list(viewer, ALL)).map(({ id }) => id).sort();
  // Anna serves the queue, Boris does not.
  expect(await seen(anna)).toEqual([forSales]);
  expect(await seen(boris)).toEqual([forBoris]);
  expect(await seen(vera)).toEqual([forSales, forBoris].sort());
  for (const refused of [
    await voicemail.find(anna, forBoris),
    await voicemail.mark(anna, forBoris, true),
    await voicemail.remove(anna, forBoris),
    await voicemail.find(vera, 'nothing'),
  ])
    expect(refused).toMatchObject({ refused: 'notFound' });
  expect(await seen(vera)).toHaveLength(2);
});

test('marked as heard it says by whom and when, and can be new again', async () => {
  const id = await left(SALES, 3_000);
  expect(await voicemail.mark(anna, id, true)).toMatchObject({ heardBy: 'anna', heardAt: 1_000 });
  expect(await voicemail.list(vera, { ...ALL, onlyNew: true })).toEqual([]);
  expect(await voicemail.mark(vera, id, false)).toMatchObject({ heardBy: null, heardAt: null });
});

test('whoever hung up at the tone has left nothing', async () => {
  await left(SALES, 300);
  await left(SALES, 0);
  expect([store.rows.size, files.files.size]).toEqual([0, 0]);
});

test('a removed one is gone at once, and its file as soon as it can be removed', async () => {
  const id = await left(SALES, 3_000);
  files.removable = false;
  expect(await voicemail.remove(anna, id)).toEqual({ removed: true });
  expect(await voicemail.find(anna, id)).toMatchObject({ refused: 'notFound' });
  expect(store.rows.size).toBe(1);
  files.removable = true;
  await voicemail.clear();
  expect([store.rows.size, files.files.size]).toEqual([0, 0]);
});

test('what was left while the controller was away is found by the next one', async () => {
  const opened = await voicemail.open({ to: SALES, from: { number: '100', name: '' }, callId: 'c1' });
  files.record(opened?.sound ?? '', 4_000);
  await voicemail.clear();
  expect(await voicemail.list(vera, ALL)).toEqual([]);
  now += 3_600_000;
  await voicemail.clear();
  expect(await voicemail.list(vera, ALL)).toMatchObject([{ id: opened?.id, durationMs: 4_000 }]);
});
