/** What is done to recordings without anybody asking, and what the application answers about them. */
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Recordings } from '../../src/app/recordings/recordings.js';
import { SoundFilesUnavailable } from '../../src/app/sound-files.js';
import { silentLog } from '../support/fake-application.js';
import { MemoryRecordings, recordingOf } from '../support/memory-recordings.js';
import { MemorySounds } from '../support/memory-sounds.js';

const DAY_MS = 24 * 3_600_000;
const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const NOW = 1_000 * DAY_MS;

let store: MemoryRecordings;
let files: MemorySounds;
let recordings: Recordings;
let now: number;
let settings: { recordingMinimumFreeMb: number; recordingRetentionDays: number | null };

function open(): Recordings {
  return new Recordings({ store, files, clock: { now: () => now }, log: silentLog });
}

beforeEach(() => {
  store = new MemoryRecordings();
  files = new MemorySounds();
  now = NOW;
  settings = { recordingMinimumFreeMb: 500, recordingRetentionDays: 30 };
  recordings = open();
});
afterEach(() => recordings.stop());

const start = () => recordings.start(() => settings);
const outcome = (id: string) => store.rows.get(id)?.outcome;

/** Rows with their files, so many days old. */
function keep(...told: readonly (readonly [id: string, daysOld: number])[]): void {
  for (const [id, daysOld] of told) {
    const record = recordingOf(id, 'anna', NOW - daysOld * DAY_MS);
    store.add(record);
    files.record(record.name, 60_000);
  }
}

const left = () => [...files.files.keys()].map((name) => name.split('/').at(-1)).sort();

describe('recordings that are too old', () => {
  test('go, with their files, and the younger ones stay', async () => {
    keep(['old', 31], ['older', 300], ['young', 29]);
    await start();
    expect(left()).toEqual(['young']);
    expect(['old', 'older', 'young'].map(outcome)).toEqual(['removed', 'removed', 'kept']);
  });

  test('stay where nothing is to be removed', async () => {
    settings.recordingRetentionDays = null;
    keep(['old', 3_000]);
    await start();
    expect(left()).toEqual(['old']);
  });

  test('are looked for every hour', async () => {
    keep(['soon', 29.99]);
    await start();
    now += HOUR_MS;
    for (let minute = 1; minute < 60; minute += 1) await recordings.lookAfter();
    expect(outcome('soon')).toBe('kept');
    await recordings.lookAfter();
    expect(outcome('soon')).toBe('removed');
  });

  test('more than fit into one batch all go', async () => {
    keep(...Array.from({ length: 450 }, (_, index) => [`r${index}`, 40] as const));
    await start();
    expect(left()).toEqual([]);
    expect([...store.rows.values()].every((row) => row.outcome === 'removed')).toBe(true);
  });

  test('one that cannot be removed does not stand before the others', async () => {
    keep(...Array.from({ length: 250 }, (_, index) => [`bad${index}`, 50] as const), ['good', 40]);
    const remove = files.remove.bind(files);
    files.remove = async (name) => !name.includes('bad') && (await remove(name));
    await start();
    expect(outcome('good')).toBe('removed');
    expect(outcome('bad0')).toBe('kept');
    expect(recordings.problems()).toEqual([expect.stringContaining('could not be removed (250)')]);
  });

  test('a crash between the file and its row is mended by doing it again', async () => {
    keep(['old', 31]);
    store.fault = new Error('killed');
    await start();
    expect([left(), outcome('old')]).toEqual([[], 'kept']);
    store.fault = null;
    await recordings.stop();
    recordings = open();
    await start();
    expect(outcome('old')).toBe('removed');
  });

  test('an Asterisk that is away is asked again in the next round, not for every file', async () => {
    keep(['old', 31], ['older', 32]);
    const remove = files.remove.bind(files);
    let asked = 0;
    files.remove = async () => {
      asked += 1;
      throw new SoundFilesUnavailable('away');
    };
    await start();
    expect([asked, outcome('old'), outcome('older')]).toEqual([1, 'kept', 'kept']);
    files.remove = remove;
    await recordings.lookAfter();
    expect(left()).toEqual([]);
  });
});

describe('recordings whose end was not heard', () => {
  const openRecord = (id: string, more: object = {}) =>
    recordingOf(id, 'anna', NOW - MINUTE_MS, {
      outcome: 'recording',
      endedAt: null,
      durationMs: null,
      callId: `call-${id}`,
      ...more,
    });

  test('are kept with the length of the file, or lost when there is none', async () => {
    store.add(openRecord('there'), openRecord('gone'), openRecord('told', { endedAt: NOW - 10 }));
    for (const id of ['there', 'gone']) store.over.add(`call-${id}`);
    files.record('ringmaster/2026-11-22/there', 12_000);
    files.record('ringmaster/2026-11-22/told', 5_000);
    await start();
    expect(store.rows.get('there')).toMatchObject({
      outcome: 'kept',
      durationMs: 12_000,
      endedAt: NOW - MINUTE_MS + 12_000,
    });
    expect(store.rows.get('gone')).toMatchObject({ outcome: 'lost', durationMs: null, endedAt: null });
    expect(store.rows.get('told')).toMatchObject({ outcome: 'kept', durationMs: 5_000 });
  });

  test('are left alone while their call goes on', async () => {
    store.add(openRecord('live'));
    await start();
    expect(outcome('live')).toBe('recording');
  });

  test('are looked at in every round', async () => {
    await start();
    store.add(openRecord('later', { endedAt: NOW }));
    files.record('ringmaster/2026-11-22/later', 1_000);
    await recordings.lookAfter();
    expect(outcome('later')).toBe('kept');
  });
});

describe('a disk that fills', () => {
  test('stops new recordings and is told, until there is room again', async () => {
    files.free = 2_000_000_000;
    await start();
    expect([recordings.mayRecord(), recordings.problems()]).toEqual([true, []]);
    files.free = 499_999_999;
    await recordings.lookAfter();
    expect([recordings.mayRecord(), recordings.freeBytes()]).toEqual([false, 499_999_999]);
    expect(recordings.problems()).toEqual([
      'There are 499 MB left for recordings, fewer than 500: none are started. Calls go on.',
    ]);
    settings = { ...settings, recordingMinimumFreeMb: 100 };
    expect([recordings.mayRecord(), recordings.problems()]).toEqual([true, []]);
  });

  test('that cannot be looked at is told, and forbids nothing', async () => {
    files.freeBytes = async () => {
      throw Object.assign(new Error('no such folder'), { code: 'ENOENT' });
    };
    await start();
    expect(recordings.mayRecord()).toBe(true);
    expect(recordings.problems()).toEqual(['The folder of recordings cannot be looked at: ENOENT.']);
  });

  test('of which nothing is known forbids nothing', async () => {
    await start();
    expect([recordings.mayRecord(), recordings.freeBytes(), recordings.problems()]).toEqual([true, null, []]);
  });
});

describe('removing one', () => {
  test('takes the file and keeps the row', async () => {
    keep(['r', 1]);
    expect(await recordings.remove('r')).toEqual({ removed: true });
    expect([left(), outcome('r')]).toEqual([[], 'removed']);
    expect(await recordings.remove('r')).toMatchObject({ refused: 'notFound' });
    expect(await recordings.remove('none')).toMatchObject({ refused: 'notFound' });
  });

  test('is refused while it is written, and when the file stays', async () => {
    store.add(recordingOf('open', 'anna', NOW, { outcome: 'recording' }));
    expect(await recordings.remove('open')).toMatchObject({ refused: 'stillRecording' });
    keep(['r', 1]);
    files.removable = false;
    expect(await recordings.remove('r')).toMatchObject({ refused: 'storageReadOnly' });
    files.remove = async () => {
      throw new SoundFilesUnavailable('away');
    };
    expect(await recordings.remove('r')).toMatchObject({ refused: 'phoneSystemUnavailable' });
    expect(outcome('r')).toBe('kept');
  });
});

test('stopping ends a removal that is under way after the file in hand', async () => {
  keep(['first', 40], ['second', 39]);
  const remove = files.remove.bind(files);
  let stopping: Promise<void> = Promise.resolve();
  files.remove = async (name) => {
    stopping = recordings.stop();
    return await remove(name);
  };
  await start();
  await stopping;
  expect(['first', 'second'].map(outcome)).toEqual(['removed', 'kept']);
});
