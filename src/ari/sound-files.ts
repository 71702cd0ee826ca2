/**
 * Asterisk's recordings as files: in its own recording folder where that is shared with this service, otherwise through ARI. Which
 * of the two is the administrator's setting; nobody else can tell them apart, but that files can be put only into a folder.
 */
import type { SoundFiles } from '../app/sound-files.js';
import { FolderSoundFiles } from './sound-files-folder.js';
import { RemoteSoundFiles } from './sound-files-remote.js';

export interface SoundFilesOptions {
  /** Asterisk's recording folder as this machine sees it, or null. */
  readonly folder: string | null;
  readonly url: string;
  readonly username: string;
  readonly password: string;
}

export function createSoundFiles({ folder, ...ari }: SoundFilesOptions): SoundFiles {
  return folder === null ? new RemoteSoundFiles(ari) : new FolderSoundFiles(folder);
}
