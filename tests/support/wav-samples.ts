/** WAV files as Asterisk writes them, whole and cut short. */

export interface Sizes {
  readonly riff?: number;
  readonly data?: number;
}

/** 8 kHz, 16 bit, mono; every sample another number. The header's sizes are right unless others are given. */
export function wavOf(soundBytes: number, sizes: Sizes = {}): Buffer {
  const file = Buffer.alloc(44 + soundBytes);
  file.write('RIFF', 0, 'latin1');
  file.writeUInt32LE(sizes.riff ?? 36 + soundBytes, 4);
  file.write('WAVEfmt ', 8, 'latin1');
  file.writeUInt32LE(16, 16);
  file.writeUInt16LE(1, 20);
  file.writeUInt16LE(1, 22);
  file.writeUInt32LE(8_000, 24);
  file.writeUInt32LE(16_000, 28);
  file.writeUInt16LE(2, 32);
  file.writeUInt16LE(16, 34);
  file.write('data', 36, 'latin1');
  file.writeUInt32LE(sizes.data ?? soundBytes, 40);
  for (let at = 44; at < file.length; at += 1) file[at] = (at * 31) % 251;
  return file;
}
