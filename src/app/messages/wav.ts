/**
 * WAV files: reading what people upload, writing what Asterisk plays. Read are 16-bit PCM, A-law and µ-law (RFC 2361's codes 1, 6
 * and 7, plain or in the extensible form), mono or stereo, at the usual rates.
 */
import { endianness } from 'node:os';

/** Rates that can be converted, in Hz. */
const RATES: readonly number[] = [8_000, 16_000, 22_050, 44_100, 48_000];

/** The sound of a WAV file, decoded piece by piece: minutes at once would hold up the calls. */
export interface Wav {
  readonly rate: number;
  /** Samples of one channel. */
  readonly frames: number;
  /**
   * Writes the samples from `start` on, both channels as one, into `target`; silence where the file has none, before its beginning
   * and after its end. Samples run from -32768 to 32767.
   */
  read(start: number, target: Float32Array): void;
}

/** One sentence on why the file cannot be read. */
export interface Unreadable {
  readonly problem: string;
}

interface Format {
  readonly tag: number;
  readonly channels: number;
  readonly rate: number;
  readonly bits: number;
}

const PCM = 1;
const A_LAW = 6;
const MU_LAW = 7;
const EXTENSIBLE = 0xfffe;

export function readWav(bytes: Uint8Array): Wav | Unreadable {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12 || word(view, 0) !== 'RIFF' || word(view, 8) !== 'WAVE') {
    return { problem: 'This is not a WAV file.' };
  }
  let format: Format | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = word(view, at);
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (name === 'fmt ') format = formatAt(view, start, size);
    if (name === 'data') return soundOf(view, format, start, size);
    // Chunks begin at even offsets.
    at = start + size + (size % 2);
  }
  return { problem: 'The WAV file has no sound in it.' };
}

function word(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3));
}

function formatAt(view: DataView, at: number, size: number): Format | null {
  if (size < 16 || at + size > view.byteLength) return null;
  const tag = view.getUint16(at, true);
  // The extensible form keeps the tag at the head of a GUID further on.
  const extended = tag === EXTENSIBLE && size >= 40;
  return {
    tag: extended ? view.getUint16(at + 24, true) : tag,
    channels: view.getUint16(at + 2, true),
    rate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  };
}

function soundOf(view: DataView, format: Format | null, start: number, size: number): Wav | Unreadable {
  if (format === null) return { problem: 'The WAV file does not say in which format its sound is.' };
  const decode = decoderOf(format.tag, format.bits);
  if (decode === null) return { problem: 'The sound must be 16-bit PCM, A-law or µ-law.' };
  const { channels, rate } = format;
  if (channels !== 1 && channels !== 2) return { problem: 'The sound must be mono or stereo.' };
  if (!RATES.includes(rate)) return { problem: `The sound must have a rate of ${RATES.join(', ')} Hz.` };
  const there = view.byteLength - start;
  // 0 and the largest number are what recorders write that do not know the length beforehand, and never come back to the header.
  const length = size === 0 || size > there ? there : size;
  const width = format.bits / 8;
  const frames = Math.floor(length / (width * channels));
  if (frames === 0) return { problem: 'The WAV file has no sound in it.' };
  const frameAt = (frame: number) => {
    const at = start + frame * width * channels;
    return channels === 1 ? decode(view, at) : (decode(view, at) + decode(view, at + width)) / 2;
  };
  const read = (first: number, target: Float32Array) => {
    for (let index = 0; index < target.length; index += 1) {
      const frame = first + index;
      target[index] = frame < 0 || frame >= frames ? 0 : frameAt(frame);
    }
  };
  return { rate, frames, read };
}

type Decode = (view: DataView, at: number) => number;

function decoderOf(tag: number, bits: number): Decode | null {
  if (tag === PCM && bits === 16) return (view, at) => view.getInt16(at, true);
  if (tag === A_LAW && bits === 8) return (view, at) => fromALaw(view.getUint8(at));
  if (tag === MU_LAW && bits === 8) return (view, at) => fromMuLaw(view.getUint8(at));
  return null;
}

/** ITU-T G.711: every second bit is inverted on the line; sign, 3 bits of segment, 4 of mantissa. */
function fromALaw(coded: number): number {
  const bits = coded ^ 0x55;
  const segment = (bits & 0x70) >> 4;
  const step = ((bits & 0x0f) << 4) + 8;
  const size = segment === 0 ? step : (step + 0x100) << (segment - 1);
  return (bits & 0x80) === 0 ? -size : size;
}

/** ITU-T G.711: all bits are inverted on the line; the bias keeps the segments alike. */
function fromMuLaw(coded: number): number {
  const bits = ~coded & 0xff;
  const segment = (bits & 0x70) >> 4;
  const size = ((((bits & 0x0f) << 3) + 0x84) << segment) - 0x84;
  return (bits & 0x80) === 0 ? size : -size;
}

const HEADER_BYTES = 44;

/** A mono 16-bit PCM file. */
export function writeWav(samples: Int16Array, rate: number): Uint8Array {
  const file = new Uint8Array(HEADER_BYTES + samples.length * 2);
  const view = new DataView(file.buffer);
  const put = (at: number, text: string) => file.set(new TextEncoder().encode(text), at);
  put(0, 'RIFF');
  view.setUint32(4, file.length - 8, true);
  put(8, 'WAVEfmt ');
  view.setUint32(16, 16, true);
  view.setUint16(20, PCM, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate * 2, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  put(36, 'data');
  view.setUint32(40, samples.length * 2, true);
  const sound = Buffer.from(file.buffer, HEADER_BYTES);
  // Copied at once: minutes of sound, sample by sample, would hold up the calls.
  sound.set(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
  if (endianness() === 'BE') sound.swap16();
  return file;
}
