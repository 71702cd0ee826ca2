/** The centre with its surroundings: Asterisk, the database, sound files, other systems. */
import type { Execute } from './app/catalogue/execute.js';
import { Centre } from './app/centre.js';
import type { Log } from './app/ports.js';
import { Asterisk } from './ari/asterisk.js';
import { createAriConnection } from './ari/connection.js';
import { AriKeys } from './ari/keys.js';
import { AriLamps } from './ari/lamps.js';
import { AriPhoneAccounts } from './ari/phone-accounts.js';
import { AriSounds } from './ari/sounds.js';
import { AriVoiceMeter } from './ari/voice-meter.js';
import type { Config } from './config.js';
import { phoneSettings } from './config-phone.js';
import type { Database } from './db/database.js';
import type { OpenOutside } from './open-outside.js';
import type { Sounds } from './open-sounds.js';

interface Surroundings extends Sounds {
  readonly ready: () => boolean;
  readonly isInCharge: () => boolean;
  readonly lagMs: () => number;
  readonly problems: readonly string[];
  readonly onReplaced: () => void;
  readonly outside: OpenOutside;
  readonly execute: Execute;
}

export function openCentre(database: Database, config: Config, log: Log, surroundings: Surroundings): Promise<Centre> {
  const connection = createAriConnection({
    url: config.ARI_URL,
    username: config.ARI_USERNAME,
    password: config.ARI_PASSWORD,
    app: config.ARI_APP,
    log,
  });
  return Centre.open({
    journal: database.journal,
    history: database.history,
    configuration: database.configuration,
    addressBook: database.addressBook,
    scenarios: database.scenarios,
    callbacks: database.callbacks,
    sounds: new AriSounds(connection),
    voicemails: database.voicemails,
    files: surroundings.files,
    databaseReady: surroundings.ready,
    isInCharge: surroundings.isInCharge,
    load: {
      mostCalls: config.MAX_CALLS,
      lagMs: surroundings.lagMs,
      writeDelayMs: () => database.writeDelayMs(),
    },
    phones: new Asterisk(connection, config.ARI_APP, log),
    phoneAccounts: new AriPhoneAccounts(connection, config.PHONE_ENDPOINT ?? {}, log),
    voiceMeter: new AriVoiceMeter(connection, log),
    phoneSettings: phoneSettings(config),
    lampPanel: new AriLamps(connection, log),
    keySender: new AriKeys(connection, log),
    execute: surroundings.execute,
    clock: { now: Date.now },
    log,
    reconcileMs: config.RECONCILE_SECONDS * 1000,
    recordings: surroundings.recordings,
    messages: surroundings.messages,
    outside: surroundings.outside,
    problems: () => [surroundings.problems, surroundings.recordings.problems(), surroundings.outside.problems()].flat(),
    onReplaced: surroundings.onReplaced,
  });
}
