/** The service as a process of its own, for tests of its end. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** The service as `npm start` runs it, without the build. */
export class Service {
  readonly #child: ChildProcess;
  readonly ended: Promise<Ended>;
  #output = '';

  constructor(environment: Readonly<Record<string, string>>) {
    this.#child = spawn(process.execPath, ['--import', 'tsx', 'src/main.ts'], {
      env: { PATH: process.env.PATH, HOME: process.env.HOME, RINGMASTER_CONFIG: '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream?.on('data', (data: Buffer) => {
        this.#output += data.toString();
      });
    }
    this.ended = once(this.#child, 'exit').then(([code]) => ({ code: code as number | null, output: this.#output }));
  }

  /** Its address, once it says that it is ready. */
  async ready(): Promise<string> {
    for (;;) {
      const url = /"url":"([^"]+)"/.exec(this.#output)?.[1];
      if (url !== undefined && this.#output.includes('Connected to Asterisk')) return url;
      await Promise.race([once(this.#child.stdout ?? this.#child, 'data'), this.ended]);
      if (this.#child.exitCode !== null) throw new Error(`ended: ${this.#output}`);
    }
  }

  kill(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }
}
