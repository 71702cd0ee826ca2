// Bounded waits: a test that waits for something that never comes fails with a sentence, not with a frozen run.

/** A promise with its settling functions outside; a rejection nobody waits for stays quiet. */
export class Awaited<T> {
  readonly promise: Promise<T>;
  resolve: (value: T) => void = () => undefined;
  reject: (error: Error) => void = () => undefined;

  constructor() {
    this.promise = new Promise<T>((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.promise.catch(() => undefined);
  }
}

/** The promise's value, or an error naming what did not happen in time. */
export function within<T>(promise: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`waited ${timeoutMs} ms in vain: ${what}`)), timeoutMs);
    timer.unref(); // A wait that nobody needs any more must not keep the process alive.
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
