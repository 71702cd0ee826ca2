/** The composition: what a running Ringmaster is made of, joined here. `main.ts` runs it as a process; tests run it as it is. */
import type { Execute } from './app/catalogue/execute.js';
import type { Centre } from './app/centre.js';
import { FeatureCodes } from './app/feature-codes/feature-codes.js';
import { FEATURE_SCRIPT } from './app/feature-codes/features.js';
import type { Messages } from './app/messages/messages.js';
import type { Log } from './app/ports.js';
import type { Config } from './config.js';
import { watchDatabase } from './database-watch.js';
import { type Database, openDatabase } from './db/database.js';
import { firstAdministrator } from './first-administrator.js';
import { watchHostNames } from './host-names.js';
import { openCentre } from './open-centre.js';
import { openDoors } from './open-doors.js';
import { openOutside } from './open-outside.js';
import { openSounds } from './open-sounds.js';
import { watchStalls } from './stalls.js';

export interface Ringmaster {
  /** Where the doors are, e.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly centre: Centre;
  /** No new offers, everything decided is written, live calls stay as they are in Asterisk. */
  stop(): Promise<void>;
}

/** @throws when the database cannot be opened or the port is taken; an Asterisk that is away is waited for. */
export async function startRingmaster(config: Config, log: Log, onReplaced: () => void): Promise<Ringmaster> {
  const database = await openDatabase({ url: config.DATABASE_URL }, log);
  try {
    let live: Centre | null = null;
    const lease = await database.takeLease(config.ARI_APP, () => live?.replaced());
    await firstAdministrator(database, config, log);
    const watch = watchDatabase(database);
    const stalls = watchStalls(log);
    const problems = watchHostNames(config.ARI_URL, log);
    const sounds = openSounds(database, config, log);
    const { messages, recordings } = sounds;
    const outside = await openOutside(database, config, log);
    // Commands know the centre, whose keys are a door to them: the doors are open before the first key is heard.
    const execute: Execute = (...command) => doors.execute(...command);
    const isInCharge = () => lease.isSure;
    const common = { isInCharge, problems, onReplaced, ...sounds, outside, execute };
    const surroundings = { ready: watch.ready, lagMs: stalls.lagMs, ...common };
    const centre = await openCentre(database, config, log, surroundings);
    const doors = await openDoors(centre, database, sounds, config, log);
    centre.lead(FEATURE_SCRIPT, featureCodes(centre, database, messages, doors.execute, log));
    const isOurs = await lease.confirm();
    live = centre;
    if (isOurs) {
      centre.start();
      messages.start();
      outside.start(centre);
      void recordings.start(() => centre.configuration().centre);
    } else {
      // Lost while everything was opened: to connect now would take the application from the rightful controller.
      await lease.release();
      centre.replaced();
    }
    const stop = async () => {
      await doors.close();
      await centre.stop();
      await Promise.all([messages.stop(), recordings.stop(), outside.stop()]);
      watch.stop();
      stalls.stop();
      await lease.release();
      await database.close();
    };
    return { url: doors.url, centre, stop };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** What is dialled on phones does what the commands do. */
function featureCodes(centre: Centre, database: Database, messages: Messages, execute: Execute, log: Log) {
  return new FeatureCodes({
    ...centre.forDialogues(),
    ...{ application: centre, credentials: database.credentials, messages, execute, log },
  });
}
