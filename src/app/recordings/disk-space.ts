/** How much room there is for recordings, as of the last look: asked at every beginning of a recording, so nobody waits for it. */
import type { SoundFiles } from '../sound-files.js';

const MEGABYTE = 1_000_000;

export class DiskSpace {
  readonly #files: SoundFiles;
  #freeBytes: number | null = null;
  #fault: string | null = null;

  constructor(files: SoundFiles) {
    this.#files = files;
  }

  /** Null: not known, as when Asterisk's folder is not shared. */
  get freeBytes(): number | null {
    return this.#freeBytes;
  }

  async look(): Promise<void> {
    try {
      this.#freeBytes = await this.#files.freeBytes();
      this.#fault = null;
    } catch (error) {
      this.#freeBytes = null;
      this.#fault = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : String(error);
    }
  }

  /** What is not known forbids nothing: Asterisk will say if it cannot write. */
  isEnough(minimumMb: number): boolean {
    return this.#freeBytes === null || this.#freeBytes >= minimumMb * MEGABYTE;
  }

  problems(minimumMb: number): readonly string[] {
    if (this.#fault !== null) return [`The folder of recordings cannot be looked at: ${this.#fault}.`];
    if (this.isEnough(minimumMb)) return [];
    const freeMb = Math.floor((this.#freeBytes ?? 0) / MEGABYTE);
    return [`There are ${freeMb} MB left for recordings, fewer than ${minimumMb}: none are started. Calls go on.`];
  }
}
