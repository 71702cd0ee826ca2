/** The composition: every part is made and joined here, and nowhere else. `main.ts` runs it as a process; tests run it as it is. */
import type { AddressInfo } from 'node:net';
import { createExecutor, type Execute } from './app/catalogue/execute.js';
import { Centre } from './app/centre.js';
import { FeatureCodes } from './app/feature-codes/feature-codes.js';
import { FEATURE_SCRIPT } from './app/feature-codes/features.js';
import { hashPassword } from './app/login/password.js';
import { createLogin } from './app/login.js';
import { Messages } from './app/messages/messages.js';
import type { Log } from './app/ports.js';
import { Recordings } from './app/recordings/recordings.js';
import type { SoundFiles } from './app/sound-files.js';
import { Asterisk } from './ari/asterisk.js';
import { createAriConnection } from './ari/connection.js';
import { AriKeys } from './ari/keys.js';
import { AriLamps } from './ari/lamps.js';
import { createSoundFiles } from './ari/sound-files.js';
import { AriSounds } from './ari/sounds.js';
import type { Config } from './config.js';
import { type Database, openDatabase } from './db/database.js';
import { watchHostNames } from './host-names.js';
import { createMetrics } from './http/metrics.js';
import { createHttpServer } from './http/server.js';
import { type OpenOutside, openOutside } from './open-outside.js';
import { attachRealtime } from './realtime/realtime.js';
import { watchStalls } from './stalls.js';

export interface Ringmaster {
  /** Where the doors are, e.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly centre: Centre;
  /** No new offers, everything decided is written, live calls stay as they are in Asterisk. */
  stop(): Promise<void>;
}

const DATABASE_CHECK_MS = 5_000;
const DATABASE_AWAY_CHECK_MS = 250;
const CLOSE_CONNECTIONS_MS = 300;
/** A write that takes longer is none that can be relied on. */
const SLOW_WRITE_MS = 2_000;

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
    const common = { problems, onReplaced, ...sounds, outside, execute };
    const surroundings = { ready: watch.ready, lagMs: stalls.lagMs, ...common };
    const centre = await openCentre(database, config, log, surroundings);
    const doors = await openDoors(centre, database, sounds, config, log);
    centre.lead(FEATURE_SCRIPT, featureCodes(centre, database, messages, doors.execute, log));
    live = centre;
    centre.start();
    messages.start();
    outside.start(centre);
    void recordings.start(() => centre.configuration().centre);
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

interface Surroundings {
  readonly ready: () => boolean;
  readonly lagMs: () => number;
  readonly problems: readonly string[];
  readonly onReplaced: () => void;
  readonly recordings: Recordings;
  readonly messages: Messages;
  readonly outside: OpenOutside;
  readonly files: SoundFiles;
  readonly execute: Execute;
}

function openCentre(database: Database, config: Config, log: Log, surroundings: Surroundings): Promise<Centre> {
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
    load: {
      mostCalls: config.MAX_CALLS,
      lagMs: surroundings.lagMs,
      writeDelayMs: () => database.writeDelayMs(),
    },
    phones: new Asterisk(connection, config.ARI_APP, log),
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

interface Sounds {
  readonly files: SoundFiles;
  readonly messages: Messages;
  readonly recordings: Recordings;
}

function openSounds(database: Database, config: Config, log: Log): Sounds {
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

/** REST, the live page and Socket.IO on one port. */
async function openDoors(centre: Centre, database: Database, sounds: Sounds, config: Config, log: Log) {
  const login = createLogin({
    application: centre,
    credentials: database.credentials,
    log,
    tokenTtlMs: config.TOKEN_TTL_HOURS * 3_600_000,
  });
  const metrics = createMetrics(centre);
  const execute = createExecutor({
    application: centre,
    messages: sounds.messages,
    logins: login,
    log,
    observe: metrics.commandEnded,
  });
  const { server } = createHttpServer({
    application: centre,
    login,
    execute,
    ...sounds,
    log,
    metrics,
    metricsToken: config.METRICS_TOKEN,
    loginsPerMinute: config.LOGINS_PER_MINUTE,
  });
  const realtime = attachRealtime({ server, application: centre, login, execute, log });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.HTTP_PORT, config.HTTP_HOST, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    // Requests under way may end; a client that keeps its connection open must not hold the process.
    const limit = setTimeout(() => server.closeAllConnections(), CLOSE_CONNECTIONS_MS);
    await realtime.close();
    clearTimeout(limit);
  };
  return { url: `http://${config.HTTP_HOST}:${port}`, execute, close };
}

/** What is dialled on phones does what the commands do. */
function featureCodes(centre: Centre, database: Database, messages: Messages, execute: Execute, log: Log) {
  return new FeatureCodes({
    ...centre.forDialogues(),
    ...{ application: centre, credentials: database.credentials, messages, execute, log },
  });
}

/** Somebody must be able to log in to a new installation. */
async function firstAdministrator(database: Database, config: Config, log: Log): Promise<void> {
  if (await database.hasAccounts()) return;
  if (config.ADMIN_PASSWORD === undefined) {
    log.warn({}, 'there is no account yet: set ADMIN_PASSWORD and start again to create the administrator "admin"');
    return;
  }
  const passwordHash = await hashPassword(config.ADMIN_PASSWORD);
  await database.configuration.saveAgent(
    {
      id: 'admin',
      login: 'admin',
      name: 'Administrator',
      number: '0',
      role: 'administrator',
      language: 'en',
      allow: [],
      devices: [],
      disabled: false,
      record: false,
      mayRecord: false,
    },
    passwordHash,
  );
  log.info({}, 'the administrator "admin" was created');
}

/** Readiness asks often; the database is asked now and then, and more often while it is away: commands wait for it to be back. */
function watchDatabase(database: Database) {
  let isReady = true;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const askLater = () => {
    timer = setTimeout(() => void ask(), isReady ? DATABASE_CHECK_MS : DATABASE_AWAY_CHECK_MS);
    timer.unref();
  };
  const ask = async () => {
    isReady = await database.ping().then(
      () => true,
      () => false,
    );
    if (!stopped) askLater();
  };
  askLater();
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
  };
  return { ready: () => isReady && database.writeDelayMs() < SLOW_WRITE_MS, stop };
}
