/** Sound files through the ARI of a real Asterisk: what the stand-in of the other tests answers is what Asterisk answers. */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Asterisk, startAsterisk } from '../../lab/asterisk.js';
import type { SoundFiles } from '../../src/app/sound-files.js';
import { createSoundFiles } from '../../src/ari/sound-files.js';
import { wavOf } from '../support/wav-samples.js';

const NAME = 'ringmaster/2026-11-22/r1';
const START_MS = 60_000;

let pbx: Asterisk;
let files: SoundFiles;
beforeAll(async () => {
  pbx = await startAsterisk({ role: 'pbx', name: 'sounds' });
  const { ariUrl: url, ariUser: username, ariPassword: password } = pbx;
  files = createSoundFiles({ folder: null, url, username, password });
}, START_MS);
afterAll(() => pbx.stop());

async function put(wav: Buffer): Promise<void> {
  const path = join(pbx.spoolFolder, 'recording', `${NAME}.wav`);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, wav);
}

async function content(range?: { start: number; end: number }): Promise<Buffer> {
  const stream = await files.read(NAME, range);
  if (stream === null) throw new Error('there is no such file');
  return await buffer(stream);
}

test('a file is read whole and in parts, its header as it should be, and removed', async () => {
  const right = wavOf(1_600_000);
  await put(wavOf(1_600_000, { riff: 0, data: 0 }));
  expect(await files.stat(NAME)).toEqual({ bytes: right.length });
  expect((await content()).equals(right)).toBe(true);
  expect((await content({ start: 40, end: 900_000 })).equals(right.subarray(40, 900_001))).toBe(true);
  expect(await files.repair(NAME)).toBe(100_000);
  expect(await files.remove(NAME)).toBe(true);
  expect(await files.stat(NAME)).toBeNull();
  expect(await files.read(NAME)).toBeNull();
  expect(await files.remove(NAME)).toBe(true);
});

test('readers who go away in the middle do not keep others from reading', async () => {
  const wav = wavOf(3_200_000);
  await put(wav);
  for (let round = 0; round < 30; round += 1) {
    expect(await files.stat(NAME)).toEqual({ bytes: wav.length });
    for await (const chunk of (await files.read(NAME)) ?? []) {
      expect(chunk.length).toBeGreaterThan(0);
      break;
    }
  }
  expect((await content()).equals(wav)).toBe(true);
});
