// Test tones: how to play one on a channel, as samples, as a wav file, and how to read back what was recorded.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Audio, TEST_TONES } from './tone-analysis.js';

const WAV_HEADER_BYTES = 44;
// In jest's modules every use of a global is looked up anew, which for half a million samples takes seconds.
const { PI, round, sin } = Math;
const TONE_MS = 10_000;

/**
 * The music class that is a steady tone. Music runs beside all else on a channel; playing `tone:` would keep back every
 * later command of the channel, and its audio would not be read meanwhile.
 */
export const toneClass = (hz: number): string => `tone-${hz}`;

/** Writes the test tones below the folder, and returns the music classes that play them. */
export async function writeTones(folder: string): Promise<string> {
  const classes = TEST_TONES.map(async (hz) => {
    const directory = join(folder, toneClass(hz));
    await mkdir(directory, { recursive: true });
    // Whole periods, so that the loop has no click.
    await writeFile(join(directory, 'tone.wav'), wavFile(sine(hz, TONE_MS)));
    return `[${toneClass(hz)}]\nmode = files\ndirectory = ${directory}\n`;
  });
  return (await Promise.all(classes)).join('');
}

/** A sine as samples. */
export function sine(hz: number, durationMs: number, amplitude = 8_000, sampleRate = 8_000): Audio {
  const samples = new Int16Array(round((durationMs * sampleRate) / 1000));
  for (let i = 0; i < samples.length; i += 1) {
    samples[i] = round(amplitude * sin((2 * PI * hz * i) / sampleRate));
  }
  return { samples, sampleRate };
}

/** Audio played at once. */
export function mix(first: Audio, ...others: readonly Audio[]): Audio {
  const samples = first.samples.map((sample, i) =>
    others.reduce((sum, { samples }) => sum + (samples[i] ?? 0), sample),
  );
  return { samples, sampleRate: first.sampleRate };
}

/**
 * Writes the lab's hold music and returns its folder: a chord beside all test tones, loud from the first moment, where a
 * shipped song may begin with a second of silence or with a single long note.
 */
export async function writeMusic(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const [first = 350, ...others] = [350, 500, 950, 1_150, 1_350, 1_550];
  const part = (hz: number): Audio => sine(hz, TONE_MS, 2_500);
  await writeFile(join(folder, 'chord.wav'), wavFile(mix(part(first), ...others.map(part))));
  return folder;
}

/** A wav file (PCM, 16 bit, mono) as Asterisk plays it. */
export function wavFile({ samples, sampleRate }: Audio): Buffer {
  const file = Buffer.alloc(WAV_HEADER_BYTES + samples.length * 2);
  file.write('RIFF', 0);
  file.writeUInt32LE(file.length - 8, 4);
  file.write('WAVEfmt ', 8);
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(sampleRate, 24);
  file.writeUInt32LE(sampleRate * 2, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36);
  file.writeUInt32LE(samples.length * 2, 40);
  for (const [index, sample] of samples.entries()) file.writeInt16LE(sample, WAV_HEADER_BYTES + index * 2);
  return file;
}

/** The audio of a wav file as Asterisk writes it. */
export function parseWav(file: Buffer): Audio {
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.length < WAV_HEADER_BYTES) throw new Error('not a wav file');
  const sampleRate = file.readUInt32LE(24);
  // The size in the header is 0 in a recording cut short: the file's length tells the truth.
  const samples = new Int16Array(Math.floor((file.length - WAV_HEADER_BYTES) / 2));
  for (let i = 0; i < samples.length; i += 1) samples[i] = file.readInt16LE(WAV_HEADER_BYTES + i * 2);
  return { samples, sampleRate };
}

/** Reads a wav file. */
export async function readWav(path: string): Promise<Audio> {
  return parseWav(await readFile(path));
}
