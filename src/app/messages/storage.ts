/** Why a sound file cannot be stored, as refusals that tell an administrator what to mend. */
import { type Refusal, refuse } from '../../core/refusal.js';
import type { SoundFiles } from '../sound-files.js';

/** Looks before anything is done; null when nothing is known to be in the way of that many bytes. */
export async function storageProblem(files: SoundFiles, bytes: number): Promise<Refusal | null> {
  if (!files.writable) return readOnly();
  // Where it cannot be known, the write itself will tell.
  const free = await files.freeBytes().catch(() => null);
  return free !== null && free <= bytes ? full() : null;
}

const FULL: readonly unknown[] = ['ENOSPC', 'EDQUOT'];
const READ_ONLY: readonly unknown[] = ['EROFS', 'EACCES', 'EPERM'];

/** What a failed write says about the storage; null for any other fault. */
export function storageRefusal(error: unknown): Refusal | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  if (FULL.includes(error.code)) return full();
  return READ_ONLY.includes(error.code) ? readOnly() : null;
}

function full(): Refusal {
  return refuse('storageFull', 'The disk that holds the sound files is full.');
}

function readOnly(): Refusal {
  return refuse(
    'storageReadOnly',
    'Sound files can only be read here: Ringmaster has no folder to share with the PBX.',
  );
}
