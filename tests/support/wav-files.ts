/** WAV files of tones, made for tests in every form that uploads may have, and how loud a tone is in what came out. */

// In jest's modules every use of a global is looked up anew: too slow for each sample.
const { PI, abs, cos, floor, hypot, min, round, sin } = Math;

interface WavOptions {
  readonly rate: number;
  readonly seconds: number;
  /** Frequencies, one for each channel. */
  readonly channels: readonly number[];
  readonly amplitude?: number;
  /** PCM if left out. */
  readonly law?: 'A-law' | 'µ-law';
  readonly extensible?: boolean;
  /** What the header says of the sound's length, in place of the truth. */
  readonly declaredBytes?: number;
}

const TAGS = { 'A-law': 6, 'µ-law': 7 } as const;

export function toneWav(options: WavOptions): Uint8Array {
  const { rate, seconds, channels, amplitude = 16_000, law } = options;
  const width = law === undefined ? 2 : 1;
  const frames = round(rate * seconds);
  const sound = Buffer.alloc(frames * channels.length * width);
  for (let frame = 0; frame < frames; frame += 1) {
    channels.forEach((hz, channel) => {
      const value = round(amplitude * sin((2 * PI * hz * frame) / rate));
      const at = (frame * channels.length + channel) * width;
      if (law === undefined) sound.writeInt16LE(value, at);
      else sound.writeUInt8(law === 'A-law' ? toALaw(value) : toMuLaw(value), at);
    });
  }
  return container(options, law === undefined ? 1 : TAGS[law], width, sound);
}

function container(options: WavOptions, tag: number, width: number, sound: Buffer): Uint8Array {
  const { rate, channels, extensible = false, declaredBytes = sound.length } = options;
  const format = Buffer.alloc(extensible ? 40 : 16);
  format.writeUInt16LE(extensible ? 0xfffe : tag, 0);
  format.writeUInt16LE(channels.length, 2);
  format.writeUInt32LE(rate, 4);
  format.writeUInt32LE(rate * channels.length * width, 8);
  format.writeUInt16LE(channels.length * width, 12);
  format.writeUInt16LE(width * 8, 14);
  if (extensible) {
    format.writeUInt16LE(22, 16);
    format.writeUInt16LE(width * 8, 18);
    format.writeUInt16LE(tag, 24);
    Buffer.from('000000001000800000aa00389b71', 'hex').copy(format, 26);
  }
  // An odd chunk in between, as editors write it.
  const notes = Buffer.from('abc\0');
  const body = Buffer.concat([
    Buffer.from('WAVE'),
    chunk('fmt ', format.length, format),
    chunk('LIST', 3, notes),
    chunk('data', declaredBytes, sound),
  ]);
  return chunk('RIFF', body.length, body);
}

function chunk(name: string, size: number, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.write(name, 0, 'latin1');
  head.writeUInt32LE(size >>> 0, 4);
  return Buffer.concat([head, content]);
}

/** ITU-T G.711, written the other way round than the code under test: by searching for the segment. */
function toALaw(value: number): number {
  const sign = value >= 0 ? 0x80 : 0;
  const size = min(32_767, abs(value)) >> 4;
  let segment = 0;
  while (size >> segment > 31) segment += 1;
  const code = size < 16 ? size : ((segment + 1) << 4) + (size >> segment) - 16;
  return (sign | code) ^ 0x55;
}

function toMuLaw(value: number): number {
  const sign = value < 0 ? 0x80 : 0;
  const size = min(32_635, abs(value)) + 0x84;
  let segment = 7;
  while (segment > 0 && (size & (0x80 << segment)) === 0) segment -= 1;
  return ~(sign | (segment << 4) | ((size >> (segment + 3)) & 0x0f)) & 0xff;
}

/** The amplitude of one frequency in the middle of a sound (its ends lie half outside any filter). */
export function amplitudeOf(samples: Int16Array, rate: number, hz: number): number {
  const margin = floor(samples.length / 10);
  const middle = samples.subarray(margin, samples.length - margin);
  let [real, imaginary, weight] = [0, 0, 0];
  for (const [index, value] of middle.entries()) {
    // Hann: a neighbouring tone must not leak in.
    const window = 0.5 - 0.5 * cos((2 * PI * index) / (middle.length - 1));
    const angle = (2 * PI * hz * index) / rate;
    real += window * value * cos(angle);
    imaginary += window * value * sin(angle);
    weight += window;
  }
  return (2 * hypot(real, imaginary)) / weight;
}

/** The samples of a plain mono 16-bit file with the usual 44 bytes before them. */
export function samplesOf(wav: Uint8Array): Int16Array {
  const view = new DataView(wav.buffer, wav.byteOffset, wav.byteLength);
  return Int16Array.from({ length: (wav.length - 44) / 2 }, (_, index) => view.getInt16(44 + index * 2, true));
}
