/** Sound files in Asterisk's recording folder, shared with this service. */
import { randomUUID } from 'node:crypto';
import { type FileHandle, mkdir, open, rename, rm, rmdir, stat, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import type { SoundFiles } from '../app/sound-files.js';
import { checkedName } from './sound-name.js';
import { checkedHeader, emptyWav, HEADER_BYTES, type WavHeader } from './wav-header.js';

/** Both users, Asterisk's and this service's, may write by their common group. */
const FILE_MODE = 0o664;
const FOLDER_MODE = 0o775;
/** Asterisk may be about to write into the folder of today or, around midnight, of yesterday. */
const FOLDER_IN_USE_MS = 2 * 24 * 60 * 60 * 1000;

export class FolderSoundFiles implements SoundFiles {
  readonly writable = true;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async stat(name: string): Promise<{ readonly bytes: number } | null> {
    const path = this.#path(name);
    return await unlessMissing(async () => ({ bytes: (await stat(path)).size }));
  }

  async read(name: string, range?: { readonly start: number; readonly end: number }): Promise<Readable | null> {
    const path = this.#path(name);
    const file = await unlessMissing(() => open(path, 'r'));
    if (file === null) return null;
    try {
      const header = await headerOf(file);
      // What is asked for may have been measured before Asterisk wrote more.
      const { start, end } = range ?? { start: 0, end: header.fileBytes - 1 };
      const stream = Readable.from(bytesOf(file, header.checked, start, end), { objectMode: false });
      // Also when nobody reads on, or at all.
      return stream.once('close', () => void file.close().catch(() => undefined));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Under another name first: Asterisk never plays half a file. */
  async write(name: string, wav: Uint8Array): Promise<void> {
    const path = this.#path(name);
    await mkdir(dirname(path), { recursive: true, mode: FOLDER_MODE });
    const unfinished = `${path}.${randomUUID()}`;
    try {
      const file = await open(unfinished, 'wx', FILE_MODE);
      try {
        await file.writeFile(wav);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(unfinished, path);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  async remove(name: string): Promise<boolean> {
    const path = this.#path(name);
    const found = await unlessMissing(() => stat(path));
    if (found === null) return true;
    await rm(path, { force: true });
    // The day's folder goes with its last file; while there are others it stays by itself.
    const isOld = Date.now() - found.mtimeMs > FOLDER_IN_USE_MS;
    if (isOld && name.includes('/')) await rmdir(dirname(path)).catch(() => undefined);
    return true;
  }

  async repair(name: string): Promise<number | null> {
    const path = this.#path(name);
    const opened = await unlessMissing(() => openForRepair(path));
    if (opened === null) return null;
    const { file, mayWrite } = opened;
    try {
      const { checked, fileBytes } = await headerOf(file);
      // Cut short before the sound began: nothing is lost by writing the header of an empty file over it.
      const empty = emptyWav();
      const wanted = checked ?? (fileBytes < empty.length ? { bytes: empty, changed: true, durationMs: 0 } : null);
      if (wanted === null) return 0;
      if (wanted.changed && mayWrite) {
        await file.write(wanted.bytes, 0, wanted.bytes.length, 0);
        await file.sync();
      }
      return wanted.durationMs;
    } finally {
      await file.close();
    }
  }

  async freeBytes(): Promise<number | null> {
    const { bavail, bsize } = await statfs(this.#folder);
    return bavail * bsize;
  }

  #path(name: string): string {
    return join(this.#folder, `${checkedName(name)}.wav`);
  }
}

/** Asterisk's files may be readable only: then their headers are put right whenever they are read. */
async function openForRepair(path: string): Promise<{ readonly file: FileHandle; readonly mayWrite: boolean }> {
  try {
    return { file: await open(path, 'r+'), mayWrite: true };
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(codeOf(error))) throw error;
    return { file: await open(path, 'r'), mayWrite: false };
  }
}

async function headerOf(file: FileHandle): Promise<{ readonly checked: WavHeader | null; readonly fileBytes: number }> {
  const { size } = await file.stat();
  const start = Buffer.alloc(Math.min(HEADER_BYTES, size));
  const { bytesRead } = await file.read(start, 0, start.length, 0);
  return { checked: checkedHeader(start.subarray(0, bytesRead), size), fileBytes: size };
}

const CHUNK_BYTES = 64 * 1024;

/** From `start` to `end`, both included, with the header as it should be. A chunk is read only when the one before was taken. */
async function* bytesOf(file: FileHandle, header: WavHeader | null, start: number, end: number) {
  let at = start;
  if (header?.changed === true && at < header.bytes.length) {
    const first = header.bytes.subarray(at, end + 1);
    if (first.length > 0) yield first;
    at += first.length;
  }
  while (at <= end) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, end - at + 1));
    const { bytesRead } = await file.read(chunk, 0, chunk.length, at);
    if (bytesRead === 0) return;
    yield chunk.subarray(0, bytesRead);
    at += bytesRead;
  }
}

async function unlessMissing<T>(look: () => Promise<T>): Promise<T | null> {
  try {
    return await look();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(codeOf(error))) return null;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
