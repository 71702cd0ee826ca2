/** Sound files, and what is kept in them: prepared messages and recordings. */
import { Messages } from './app/messages/messages.js';
import type { Log } from './app/ports.js';
import { Recordings } from './app/recordings/recordings.js';
import type { SoundFiles } from './app/sound-files.js';
import { createSoundFiles } from './ari/sound-files.js';
import type { Config } from './config.js';
import type { Database } from './db/database.js';

export interface Sounds {
  readonly files: SoundFiles;
  readonly messages: Messages;
  readonly recordings: Recordings;
}

export function openSounds(database: Database, config: Config, log: Log): Sounds {
  const files = createSoundFiles({
    folder: config.RECORDINGS_FOLDER ?? null,
    url: config.ARI_URL,
    username: config.ARI_USERNAME,
    password: config.ARI_PASSWORD,
  });
  const common = { files, clock: { now: Date.now }, log };
  return {
    files,
    messages: new Messages({ store: database.messages, ...common }),
    recordings: new Recordings({ store: database.recordings, ...common }),
  };
}
