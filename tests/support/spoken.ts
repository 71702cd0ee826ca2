/** Which of Asterisk's own recordings was heard: what a phone has recorded, held against the sound file. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { install } from '../../lab/install.js';
import { readWav } from '../../lab/tone.js';
import type { Audio } from '../../lab/tone-analysis.js';
import type { Language } from '../../src/core/call/state.js';

/** So much of a sound is looked for: its loudest part. A packet more or less elsewhere does no harm then. */
const PART_MS = 250;

/** The path of a sound that Asterisk ships. */
export async function soundPath(language: Language, name: string): Promise<string> {
  return join((await install()).data, 'sounds', language, `${name}.wav`);
}

export async function shippedSound(language: Language, name: string): Promise<Audio> {
  return readWav(await soundPath(language, name));
}

/** Is the sound there, in this language? */
export async function isShipped(language: Language, name: string): Promise<boolean> {
  const file = await readFile(await soundPath(language, name)).catch(() => null);
  return file !== null && file.length > 1_000;
}

/** How alike the loudest part of the sound and the most similar part of what was heard are: 1 is the same, however loud. */
export function likeness(heard: Audio, sound: Audio): number {
  const part = loudest(sound);
  const energy = energyOf(part, 0, part.length);
  const { samples } = heard;
  let there = energyOf(samples, 0, part.length);
  let best = 0;
  for (let at = 0; at + part.length <= samples.length; at += 1) {
    if (at > 0) there += (samples[at + part.length - 1] ?? 0) ** 2 - (samples[at - 1] ?? 0) ** 2;
    if (there < energy / 100) continue;
    let product = 0;
    for (let i = 0; i < part.length; i += 1) product += (part[i] ?? 0) * (samples[at + i] ?? 0);
    best = Math.max(best, product / Math.sqrt(energy * there));
  }
  return best;
}

function loudest({ samples, sampleRate }: Audio): Int16Array {
  const length = Math.min(samples.length, Math.round((sampleRate * PART_MS) / 1000));
  let best = 0;
  let most = -1;
  for (let at = 0; at + length <= samples.length; at += length >> 2) {
    const energy = energyOf(samples, at, length);
    if (energy > most) [best, most] = [at, energy];
  }
  return samples.subarray(best, best + length);
}

function energyOf(samples: Int16Array, from: number, length: number): number {
  let sum = 0;
  for (let i = from; i < Math.min(from + length, samples.length); i += 1) sum += (samples[i] ?? 0) ** 2;
  return sum;
}
