/**
 * The header of a WAV file against the file's true length. Asterisk writes the sizes when it closes a recording: one cut short by a
 * crash says 0, and one that was written to afterwards says too little. Players then play nothing, or the beginning only.
 */

/** The chunks before the sound fit into this many bytes of every file that is read here. */
export const HEADER_BYTES = 4096;

/** 8 kHz, 16 bit, mono: what Asterisk records. */
const BYTES_PER_SECOND = 16_000;
const PLAIN_HEADER_BYTES = 44;
/** Days of sound; players read on to the end of the file. */
const LARGEST = 0xffff_ffff;

export interface WavHeader {
  /** The beginning of the file with the sizes as they should be; the same bytes when they are right already. */
  readonly bytes: Buffer;
  readonly changed: boolean;
  readonly durationMs: number;
}

/** @param start the first bytes of a file that is `fileBytes` long. Null: it is no WAV file. */
export function checkedHeader(start: Buffer, fileBytes: number): WavHeader | null {
  const found = dataChunk(start);
  if (found === null) return null;
  const available = fileBytes - found.dataStart;
  const declared = start.readUInt32LE(found.dataStart - 4);
  const whole = start.readUInt32LE(4) === fileBytes - 8;
  const right = whole && declared > 0 && declared <= available;
  const soundBytes = right ? declared : available - (available % found.blockBytes);
  const durationMs = Math.round((soundBytes / found.bytesPerSecond) * 1000);
  if (right || (whole && soundBytes === declared)) return { bytes: start, changed: false, durationMs };
  const bytes = Buffer.from(start);
  bytes.writeUInt32LE(Math.min(fileBytes - 8, LARGEST), 4);
  bytes.writeUInt32LE(Math.min(soundBytes, LARGEST), found.dataStart - 4);
  return { bytes, changed: true, durationMs };
}

/** A file of no sound: what a recording becomes whose header was not even written. */
export function emptyWav(): Buffer {
  const header = Buffer.alloc(PLAIN_HEADER_BYTES);
  header.write('RIFF', 0, 'latin1');
  header.writeUInt32LE(PLAIN_HEADER_BYTES - 8, 4);
  header.write('WAVEfmt ', 8, 'latin1');
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(BYTES_PER_SECOND / 2, 24);
  header.writeUInt32LE(BYTES_PER_SECOND, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36, 'latin1');
  return header;
}

interface DataChunk {
  readonly dataStart: number;
  readonly bytesPerSecond: number;
  readonly blockBytes: number;
}

/** Chunks are a name, a size and that many bytes, evened out. */
function dataChunk(start: Buffer): DataChunk | null {
  if (start.length < PLAIN_HEADER_BYTES) return null;
  if (start.toString('latin1', 0, 4) !== 'RIFF' || start.toString('latin1', 8, 12) !== 'WAVE') return null;
  let format = { bytesPerSecond: BYTES_PER_SECOND, blockBytes: 2 };
  for (let at = 12; at + 8 <= start.length; ) {
    const name = start.toString('latin1', at, at + 4);
    const size = start.readUInt32LE(at + 4);
    if (name === 'data') return { dataStart: at + 8, ...format };
    if (name === 'fmt ' && at + 24 <= start.length) {
      format = {
        bytesPerSecond: start.readUInt32LE(at + 16) || BYTES_PER_SECOND,
        blockBytes: start.readUInt16LE(at + 20) || 2,
      };
    }
    at += 8 + size + (size % 2);
  }
  return null;
}
