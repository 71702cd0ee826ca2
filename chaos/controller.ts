/** The service as a process of its own, to be killed, frozen, stopped and started again on the same database. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { projectRoot } from '../lab/install.js';
import { freePort } from '../lab/ports.js';
import { buildService } from '../lab/service-build.js';

const LOG_TAIL = 3_000;

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Builds the service into a folder of this run's own, so that nothing that runs is touched. */
export async function build(): Promise<{ readonly main: string; remove(): Promise<void> }> {
  const out = join(projectRoot, `var/chaos-${process.pid}`);
  const main = await buildService(out);
  return { main, remove: () => rm(out, { recursive: true, force: true }) };
}

export class Controller {
  readonly url: string;
  /** When the process was started, by this machine's clock. */
  readonly startedAt: number;
  readonly exited: Promise<Exit>;
  readonly #child: ChildProcess;

  /** Starts one. It is not waited for. */
  static async start(main: string, environment: Readonly<Record<string, string>>, log: string): Promise<Controller> {
    const port = await freePort();
    const file = await open(log, 'a');
    const command = [process.execPath, main];
    // The kernel ends it when this process dies, even by SIGKILL.
    const [program = '', ...args] = existsSync('/usr/bin/setpriv')
      ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL', ...command]
      : command;
    const startedAt = Date.now();
    const child = spawn(program, args, {
      cwd: projectRoot,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment, HTTP_PORT: String(port) },
      stdio: ['ignore', file.fd, file.fd],
      detached: true,
    });
    await file.close();
    return new Controller(child, `http://127.0.0.1:${port}`, startedAt);
  }

  private constructor(child: ChildProcess, url: string, startedAt: number) {
    this.#child = child;
    this.url = url;
    this.startedAt = startedAt;
    this.exited = new Promise((resolve) => {
      child.once('error', () => resolve({ code: null, signal: null }));
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
  }

  /** Nobody starts it again, as whatever supervises a service would. */
  get over(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Ends it as a crash would. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.exited;
  }
}

/** The end of the log, for a report of what went wrong. */
export async function tail(log: string): Promise<string> {
  return (await readFile(log, 'utf8').catch(() => '')).slice(-LOG_TAIL);
}
