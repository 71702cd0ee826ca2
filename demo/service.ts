/** The built service as a process of its own, as it runs in earnest. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { projectRoot } from '../lab/install.js';

const START_MS = 30_000;
const STOP_MS = 5_000;
const LOOK_MS = 50;
const LOG_TAIL = 2_000;

export class Service {
  /** Settles with a sentence when it ends, asked or not. */
  readonly ended: Promise<string>;
  readonly #child: ChildProcess;

  /** @param log where it writes; without one, to this terminal */
  static async start(environment: Readonly<Record<string, string>>, log?: string): Promise<Service> {
    const main = [process.execPath, join(projectRoot, 'dist/service/main.js')];
    // The kernel ends it when this process dies, even by SIGKILL. Its own session keeps Ctrl-C for us to handle.
    const [program = '', ...args] = existsSync('/usr/bin/setpriv')
      ? ['/usr/bin/setpriv', '--pdeathsig', 'TERM', ...main]
      : main;
    const file = log === undefined ? null : await open(log, 'a');
    const out = file?.fd ?? 'inherit';
    const child = spawn(program, args, {
      cwd: projectRoot,
      env: { ...process.env, ...environment },
      stdio: ['ignore', out, out],
      detached: true,
    });
    const service = new Service(child);
    await file?.close();
    return service;
  }

  private constructor(child: ChildProcess) {
    this.#child = child;
    this.ended = new Promise((resolve) => {
      child.once('error', (error) => resolve(`The service could not be started: ${error.message}`));
      child.once('close', (code, signal) => resolve(`The service ended (${signal ?? `exit code ${code}`}).`));
    });
  }

  /** @throws with the end of the log when it ends, or is not ready in time. */
  async untilReady(url: string, log: string): Promise<void> {
    const early = this.ended.then(async (sentence) => {
      throw new Error(`${sentence} The end of its log:\n${await tail(log)}`);
    });
    early.catch(() => undefined);
    const deadline = Date.now() + START_MS;
    while (!(await Promise.race([isReady(url), early]))) {
      if (Date.now() > deadline) {
        throw new Error(
          `The service was not ready within ${START_MS / 1000} s. The end of its log:\n${await tail(log)}`,
        );
      }
      await pause(LOOK_MS);
    }
  }

  async stop(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGTERM');
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await this.ended;
    clearTimeout(timer);
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false; // Not listening yet.
  }
}

async function tail(log: string): Promise<string> {
  return (await readFile(log, 'utf8').catch(() => '')).slice(-LOG_TAIL);
}
