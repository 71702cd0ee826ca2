/** Sound files in a shared folder and through ARI: the same answers, whatever a crash has left of a file. */
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type SoundFiles, SoundFilesUnavailable } from '../../src/app/sound-files.js';
import { createSoundFiles } from '../../src/ari/sound-files.js';
import { AsteriskFiles } from '../support/asterisk-files.js';
import { wavOf } from '../support/wav-samples.js';

const NAME = 'ringmaster/2026-11-22/ringmaster-c1795344860.0~b1.r1';
const SECOND = 16_000;

let folder: string;
let asterisk: AsteriskFiles;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringmaster-sounds-'));
  asterisk = new AsteriskFiles(folder);
  await asterisk.start();
});
afterEach(async () => {
  await asterisk.stop();
  await rm(folder, { recursive: true });
});

const path = (name = NAME) => join(folder, `${name}.wav`);

async function put(wav: Buffer, name = NAME): Promise<void> {
  await mkdir(dirname(path(name)), { recursive: true });
  await writeFile(path(name), wav);
}

const open = (shared: boolean): SoundFiles => {
  const { url, username, password } = asterisk;
  return createSoundFiles({ folder: shared ? folder : null, url, username, password });
};

async function content(files: SoundFiles, range?: { start: number; end: number }): Promise<Buffer> {
  const stream = await files.read(NAME, range);
  if (stream === null) throw new Error('there is no such file');
  return await buffer(stream);
}

/** Each with what is right for it. */
const BROKEN = [
  ['cut short before its sizes were written', wavOf(2 * SECOND, { riff: 0, data: 0 }), wavOf(2 * SECOND)],
  ['longer than its header says', wavOf(2 * SECOND, { riff: 36 + SECOND, data: SECOND }), wavOf(2 * SECOND)],
  ['shorter than its header says', wavOf(2 * SECOND, { riff: 36 + 9 * SECOND, data: 9 * SECOND }), wavOf(2 * SECOND)],
  ['shorter than the header of another file', wavOf(10, { riff: 0, data: 0 }), wavOf(10)],
] as const;

describe.each([
  ['in a shared folder', true],
  ['through ARI', false],
] as const)('sound files %s', (_where, shared) => {
  let files: SoundFiles;
  beforeEach(() => {
    files = open(shared);
  });

  test('are read as a whole and in parts', async () => {
    const wav = wavOf(10 * SECOND);
    await put(wav);
    expect(await files.stat(NAME)).toEqual({ bytes: wav.length });
    expect((await content(files)).equals(wav)).toBe(true);
    const parts = [
      [0, 0],
      [0, 43],
      [40, 60],
      [44, 44],
      [1, wav.length - 1],
      [150_000, 150_001],
      [wav.length - 1, wav.length - 1],
    ] as const;
    for (const [start, end] of parts) {
      expect((await content(files, { start, end })).equals(wav.subarray(start, end + 1))).toBe(true);
    }
  });

  test.each(BROKEN)('one %s is read as it should be', async (_what, broken, right) => {
    await put(broken);
    expect((await content(files)).equals(right)).toBe(true);
    expect((await content(files, { start: 2, end: 47 })).equals(right.subarray(2, 48))).toBe(true);
    expect((await content(files, { start: 41, end: right.length - 1 })).equals(right.subarray(41))).toBe(true);
    expect(await files.repair(NAME)).toBe(Math.round((right.length - 44) / 16));
  });

  test('what is not there is null, and gone is gone', async () => {
    expect(await files.stat(NAME)).toBeNull();
    expect(await files.read(NAME)).toBeNull();
    expect(await files.repair(NAME)).toBeNull();
    expect(await files.remove(NAME)).toBe(true);
    await put(wavOf(10));
    expect(await files.remove(NAME)).toBe(true);
    expect(await files.stat(NAME)).toBeNull();
  });

  test.each([
    '../x',
    'a/../../x',
    '/etc/passwd',
    'a//b',
    '',
    '.',
    'a/.x',
    'a\\b',
    'a\u0000',
    'x'.repeat(201),
    'a b',
    'a%2e',
  ])('no file is looked for under the name %j', async (name) => {
    await expect(files.stat(name)).rejects.toThrow(RangeError);
    await expect(files.read(name)).rejects.toThrow(RangeError);
    await expect(files.remove(name)).rejects.toThrow(RangeError);
    await expect(files.repair(name)).rejects.toThrow(RangeError);
  });

  test('a reader who goes away in the middle harms nobody', async () => {
    await put(wavOf(200 * SECOND));
    for (let round = 0; round < 5; round += 1) {
      const stream = await files.read(NAME);
      for await (const chunk of stream ?? []) {
        expect(chunk.length).toBeGreaterThan(0);
        break;
      }
      // Nor one who never begins.
      const unread = await files.read(NAME);
      if (unread !== null && 'destroy' in unread && typeof unread.destroy === 'function') unread.destroy();
    }
    expect((await content(files)).length).toBe(44 + 200 * SECOND);
  });
});

describe('in a shared folder', () => {
  test.each(BROKEN)('one %s is repaired for good', async (_what, broken, right) => {
    await put(broken);
    const files = open(true);
    await files.repair(NAME);
    expect((await readFile(path())).equals(right)).toBe(true);
    await files.repair(NAME);
    expect((await readFile(path())).equals(right)).toBe(true);
  });

  test('one cut short before its header becomes an empty file, and what is no WAV file is left alone', async () => {
    const files = open(true);
    for (const bytes of [0, 20]) {
      await put(wavOf(0).subarray(0, bytes));
      expect(await files.repair(NAME)).toBe(0);
      expect((await readFile(path())).equals(wavOf(0))).toBe(true);
    }
    const other = Buffer.from('x'.repeat(5_000));
    await put(other);
    expect(await files.repair(NAME)).toBe(0);
    expect((await readFile(path())).equals(other)).toBe(true);
    expect((await content(files)).equals(other)).toBe(true);
  });

  test('one that this service may only read is measured, and left as it is', async () => {
    const broken = wavOf(2 * SECOND, { riff: 0, data: 0 });
    await put(broken);
    await chmod(path(), 0o444);
    expect(await open(true).repair(NAME)).toBe(2_000);
    // For root every file is writable.
    if (process.getuid?.() !== 0) expect((await readFile(path())).equals(broken)).toBe(true);
  });

  test('files are put there whole, or not at all', async () => {
    const files = open(true);
    expect(files.writable).toBe(true);
    await files.write(NAME, wavOf(SECOND));
    await files.write(NAME, wavOf(2 * SECOND));
    expect((await content(files)).equals(wavOf(2 * SECOND))).toBe(true);
    expect(await readdir(dirname(path()))).toEqual(['ringmaster-c1795344860.0~b1.r1.wav']);
    // A file stands where the folder should be.
    await expect(files.write(`${NAME}.wav/x`, wavOf(1))).rejects.toThrow();
    await expect(files.write('../x', wavOf(1))).rejects.toThrow(RangeError);
  });

  test('the folder of a day goes with its last file, but not while Asterisk may write into it', async () => {
    const files = open(true);
    await put(wavOf(10));
    await files.remove(NAME);
    expect((await stat(dirname(path()))).isDirectory()).toBe(true);
    await put(wavOf(10));
    await put(wavOf(10), 'ringmaster/2026-11-22/r2');
    const old = new Date(Date.now() - 3 * 24 * 3_600_000);
    for (const name of [NAME, 'ringmaster/2026-11-22/r2']) await utimes(path(name), old, old);
    await files.remove(NAME);
    expect(await files.stat('ringmaster/2026-11-22/r2')).not.toBeNull();
    await files.remove('ringmaster/2026-11-22/r2');
    expect(await readdir(join(folder, 'ringmaster'))).toEqual([]);
  });

  test('the free space is known, and a folder that is not there is told', async () => {
    expect(await open(true).freeBytes()).toBeGreaterThan(0);
    const { url, username, password } = asterisk;
    const nowhere = createSoundFiles({ folder: join(folder, 'none'), url, username, password });
    await expect(nowhere.freeBytes()).rejects.toMatchObject({ code: 'ENOENT' });
  });
});

describe('through ARI', () => {
  test('nothing can be put there, and nothing is known of the disk', async () => {
    const files = open(false);
    expect(files.writable).toBe(false);
    await expect(files.write(NAME, wavOf(1))).rejects.toThrow();
    expect(await files.freeBytes()).toBeNull();
  });

  test('an Asterisk that refuses, or is away, is not taken for a missing file', async () => {
    await put(wavOf(10));
    const files = open(false);
    asterisk.status = 503;
    await expect(files.stat(NAME)).rejects.toThrow(SoundFilesUnavailable);
    await expect(files.remove(NAME)).rejects.toThrow(SoundFilesUnavailable);
    asterisk.status = null;
    const wrong = createSoundFiles({ folder: null, url: asterisk.url, username: 'ringmaster', password: 'wrong' });
    await expect(wrong.read(NAME)).rejects.toThrow(SoundFilesUnavailable);
    const { url, username, password } = asterisk;
    await asterisk.stop();
    const away = createSoundFiles({ folder: null, url, username, password });
    await expect(away.repair(NAME)).rejects.toThrow(SoundFilesUnavailable);
    await asterisk.start();
  });
});
