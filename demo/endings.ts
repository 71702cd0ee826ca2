/** Whatever was started, ended in reverse order; and the wish to stop, as Ctrl-C and SIGTERM tell it. */
import { constants } from 'node:os';

export class Endings {
  readonly #ends: { readonly what: string; readonly end: () => Promise<unknown> }[] = [];

  /** Say how to end something before it is started: a stop may come while it starts. */
  add(what: string, end: () => Promise<unknown>): void {
    this.#ends.push({ what, end });
  }

  /** One that fails does not keep the others from ending. */
  async all(): Promise<void> {
    for (;;) {
      const next = this.#ends.pop();
      if (next === undefined) return;
      await next.end().catch((error: unknown) => {
        process.stderr.write(`${next.what} did not end well: ${String(error)}\n`);
      });
    }
  }
}

/** Asked to stop by a signal; `code` is what a shell reports for it. */
export class Stopped extends Error {
  constructor(readonly code: number) {
    super('stopped');
  }
}

/** Rejects at the first signal. A second one ends the process at once, and the kernel ends what it started. */
export function untilSignal(): Promise<never> {
  const asked = new Promise<never>((_resolve, reject) => {
    let signals = 0;
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        signals += 1;
        const code = 128 + constants.signals[signal];
        if (signals > 1) process.exit(code);
        reject(new Stopped(code));
      });
    }
  });
  asked.catch(() => undefined);
  return asked;
}
