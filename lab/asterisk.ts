// Starts, stops, kills and restarts one private Asterisk on loopback.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type ConfFiles, commonFiles, makeFolders, writeConf } from './conf.js';
import { install } from './install.js';
import { type PbxSettings, type Peer, pbxFiles, TRUNK_ADDRESSES } from './pbx-conf.js';
import { phonesFiles, REGISTRATION_MODULE } from './phones-conf.js';
import { freePorts, type Ports } from './ports.js';
import { writeMusic, writeTones } from './tone.js';

const run = promisify(execFile);
/** Asterisk is up in two seconds on a quiet machine; one that is busy may take many more. */
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5_000;

interface CommonOptions {
  /** Appears in the folder's name and in error messages. */
  readonly name: string;
  readonly ports?: Ports;
  /** Files to add to the generated ones; a name that exists is appended to. */
  readonly extraConf?: ConfFiles;
}

/** A PBX as an administrator has it, with the project's asterisk-conf files included unchanged. */
export interface PbxOptions extends CommonOptions, Partial<Omit<PbxSettings, 'ariUser' | 'ariPassword'>> {
  readonly role: 'pbx';
  /** `lab` (default): a steady chord that tests recognise at once; `shipped`: the songs that come with Asterisk. */
  readonly music?: 'lab' | 'shipped';
  /** Browsers' phones can talk: candidates for their media are gathered, which other phones do not need. */
  readonly webrtc?: boolean;
}

/** The phone bank's Asterisk. */
export interface PhonesOptions extends CommonOptions {
  readonly role: 'phones';
  readonly phones: readonly string[];
  readonly pbx: Peer;
}

/** What to start. */
export type AsteriskOptions = PbxOptions | PhonesOptions;

/** Phones a lab PBX knows when the options do not say otherwise. */
export const DEFAULT_PHONES: readonly string[] = Array.from({ length: 10 }, (_, index) => String(101 + index));

/** Starts an Asterisk and waits until ARI answers. */
export async function startAsterisk(options: AsteriskOptions): Promise<Asterisk> {
  const found = await install();
  const ports = options.ports ?? (await freePorts());
  const base = await mkdtemp(join(tmpdir(), `ringmaster-${options.name}-`));
  const folders = await makeFolders(base);
  const asterisk = new Asterisk(options, found.asterisk, base, folders.spool, ports);
  const files: Record<string, string> = { ...commonFiles(found, folders, ports), ...roleFiles(options, asterisk) };
  if (options.role === 'phones') {
    files['modules.conf'] += `noload = ${REGISTRATION_MODULE}\n`;
    files['musiconhold.conf'] = await writeTones(join(base, 'tones'));
  } else if (options.music !== 'shipped') {
    const folder = await writeMusic(join(base, 'music'));
    files['musiconhold.conf'] += `[default](+)\ndirectory = ${folder}\n`;
  }
  if (options.role === 'pbx' && options.webrtc === true)
    files['rtp.conf'] = (files['rtp.conf'] ?? '').replace('icesupport = no', 'icesupport = yes');
  const extra = Object.entries(options.extraConf ?? {}).map(([name, text]) => [
    name,
    `${files[name] ?? ''}\n${text}\n`,
  ]);
  await writeConf(folders.conf, { ...files, ...Object.fromEntries(extra) });
  try {
    await asterisk.start();
  } catch (error) {
    await asterisk.stop();
    throw error;
  }
  return asterisk;
}

function roleFiles(options: AsteriskOptions, asterisk: Asterisk): ConfFiles {
  const { ariUser, ariPassword, ports } = asterisk;
  if (options.role === 'phones') {
    const { phones, pbx } = options;
    return phonesFiles({ phones, pbx, trunkHost: TRUNK_ADDRESSES[0], ariUser, ariPassword }, ports);
  }
  const settings: PbxSettings = {
    phones: options.phones ?? DEFAULT_PHONES,
    trunkPeer: options.trunkPeer ?? { host: TRUNK_ADDRESSES[1], port: 5060 },
    fallbackMembers: options.fallbackMembers ?? [],
    globals: options.globals ?? {},
    ariUser,
    ariPassword,
  };
  return pbxFiles(settings, ports);
}

/** One running (or stopped) Asterisk; its folder lives until {@link Asterisk.stop}. */
export class Asterisk {
  readonly name: string;
  readonly ariUrl: string;
  readonly ariUser = 'ringmaster';
  readonly ariPassword = randomBytes(12).toString('hex');
  readonly sipPort: number;
  #process: ChildProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #output = '';

  constructor(
    options: AsteriskOptions,
    readonly program: string,
    readonly folder: string,
    readonly spoolFolder: string,
    readonly ports: Ports,
  ) {
    this.name = options.name;
    this.ariUrl = `http://127.0.0.1:${ports.http}`;
    this.sipPort = ports.sip;
  }

  /** The process id, while it runs. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts the process (again) on the same ports, and waits until ARI answers. */
  async start(): Promise<void> {
    if (this.#process) throw new Error(`${this.name} is already running`);
    this.#spawn();
    const deadline = Date.now() + START_TIMEOUT_MS;
    // 503 until every module is up.
    while ((await this.#status()) !== 200) {
      if (!this.#process) throw new Error(`${this.name} ended at start:\n${await this.logTail()}`);
      if (Date.now() > deadline) {
        throw new Error(`${this.name}: ARI did not answer within ${START_TIMEOUT_MS} ms:\n${await this.logTail()}`);
      }
      await pause(25);
    }
  }

  #spawn(): void {
    const asterisk = [this.program, '-C', join(this.folder, 'etc/asterisk.conf'), '-f', '-n'];
    // The kernel ends it when this process dies, even by SIGKILL. Its own session keeps Ctrl-C for us to handle.
    const command = existsSync('/usr/bin/setpriv')
      ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL', ...asterisk]
      : asterisk;
    const [program = '', ...rest] = command;
    const child = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'], detached: true, cwd: this.folder });
    const note = (chunk: Buffer): void => {
      this.#output = (this.#output + chunk.toString()).slice(-8_000);
    };
    child.stdout.on('data', note);
    child.stderr.on('data', note);
    this.#process = child;
    this.#exited = new Promise((resolve) => {
      child.once('error', (error) => note(Buffer.from(String(error))));
      child.once('close', () => {
        if (this.#process === child) this.#process = undefined;
        resolve();
      });
    });
  }

  async #status(): Promise<number> {
    const authorization = `Basic ${Buffer.from(`${this.ariUser}:${this.ariPassword}`).toString('base64')}`;
    try {
      const signal = AbortSignal.timeout(1_000);
      const response = await fetch(`${this.ariUrl}/ari/asterisk/info?only=status`, {
        headers: { authorization },
        signal,
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0; // Not listening yet.
    }
  }

  /** Runs one command of Asterisk's own command line and returns what it prints. */
  async cli(command: string): Promise<string> {
    const args = ['-C', join(this.folder, 'etc/asterisk.conf'), '-rx', command];
    const { stdout } = await run(this.program, args, { timeout: 10_000, maxBuffer: 64 * 1024 * 1024 });
    return stdout;
  }

  /** Ends it as a crash would, and keeps the folder for {@link Asterisk.start}. */
  async kill9(): Promise<void> {
    this.#process?.kill('SIGKILL');
    await this.#exited;
  }

  /** Stops and starts on the same ports: all calls are gone, as after a real restart. */
  async restart(): Promise<void> {
    await this.#end();
    await this.start();
  }

  /** Stops and removes everything. */
  async stop(): Promise<void> {
    await this.#end();
    await rm(this.folder, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await this.#exited;
    clearTimeout(timer);
  }

  /** The end of Asterisk's log and of what it printed, for error messages. */
  async logTail(bytes = 6_000): Promise<string> {
    const log = await readFile(join(this.folder, 'log/messages'), 'utf8').catch(() => '');
    return `${this.#output}${log.slice(-bytes)}`;
  }
}
