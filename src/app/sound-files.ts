/** The sound files that Asterisk records and plays, wherever they are: `src/ari` reaches them in a folder or through ARI. */

/**
 * Sound files that Asterisk records and plays: WAV (8 kHz, 16 bit, mono), by their name as Asterisk knows it, without extension,
 * relative to its recording folder, e.g. `ringmaster/2026-11-22/x`. Names are ours: never taken from a client.
 */
export interface SoundFiles {
  /** Can files be put there (a folder shared with Asterisk), not only read? */
  readonly writable: boolean;
  /** Null when there is no such file. */
  stat(name: string): Promise<{ readonly bytes: number } | null>;
  /** Bytes from `start` to `end`, both included; the whole file without a range. Null when there is no such file. */
  read(name: string, range?: { readonly start: number; readonly end: number }): Promise<NodeJS.ReadableStream | null>;
  /** @throws when it is not writable, or the disk is full. */
  write(name: string, wav: Uint8Array): Promise<void>;
  /** True also when there was none. */
  remove(name: string): Promise<boolean>;
  /** Writes the true length into the header of a file cut short by a crash; answers the length in ms, or null when there is no such file. */
  repair(name: string): Promise<number | null>;
  /** Null when it cannot be known. */
  freeBytes(): Promise<number | null>;
}

/** Where the files are does not answer; thrown by SoundFiles. */
export class SoundFilesUnavailable extends Error {}
