/** Sound files in memory, with the faults of a disk at will. */
import { Readable } from 'node:stream';
import { type SoundFiles, SoundFilesUnavailable } from '../../src/app/sound-files.js';

const HEADER_BYTES = 44;

export class MemorySounds implements SoundFiles {
  readonly files = new Map<string, Uint8Array>();
  writable = true;
  free: number | null = null;
  /** What the next write fails with. */
  writeFault: Error | null = null;
  removable = true;
  /** Asterisk is away: nothing can be looked at. */
  away = false;

  /** As if a phone had recorded this many milliseconds of silence. */
  record(name: string, durationMs: number): void {
    this.files.set(name, new Uint8Array(HEADER_BYTES + durationMs * 16));
  }

  async stat(name: string) {
    if (this.away) throw new SoundFilesUnavailable();
    const file = this.files.get(name);
    return file === undefined ? null : { bytes: file.length };
  }

  async read(name: string, range?: { readonly start: number; readonly end: number }) {
    const file = this.files.get(name);
    if (file === undefined) return null;
    return Readable.from([Buffer.from(range === undefined ? file : file.subarray(range.start, range.end + 1))]);
  }

  async write(name: string, wav: Uint8Array): Promise<void> {
    if (this.writeFault !== null) throw this.writeFault;
    this.files.set(name, wav);
  }

  async remove(name: string): Promise<boolean> {
    if (!this.removable) return false;
    this.files.delete(name);
    return true;
  }

  async repair(name: string): Promise<number | null> {
    if (this.away) throw new SoundFilesUnavailable();
    const file = this.files.get(name);
    return file === undefined ? null : (file.length - HEADER_BYTES) / 16;
  }

  async freeBytes(): Promise<number | null> {
    return this.free;
  }
}
