/**
 * One tab of this browser is the phone: the one that holds the lock. When it is closed or loaded again, the browser gives the lock to
 * the next that waits. A tab may also take it, and whoever had it waits again.
 */
interface LockOptions {
  readonly mode: 'exclusive';
  readonly signal?: AbortSignal;
  readonly steal?: boolean;
}

/** The part of `navigator.locks` that is needed. */
export interface Locks {
  request(name: string, options: LockOptions, held: () => Promise<void>): Promise<unknown>;
}

export interface TabLock {
  /** Resolves when this tab is the phone; `lost` is told when another tab takes it. */
  wait(lost: () => void): Promise<void>;
  /** As `wait`, at once, whoever has it. */
  take(lost: () => void): Promise<void>;
  /** Is not the phone, and does not wait any more. */
  leave(): void;
}

export function createTabLock(name: string, locks: Locks): TabLock {
  let waiting: AbortController | null = null;
  let release: (() => void) | null = null;
  const leave = () => {
    waiting?.abort();
    waiting = null;
    release?.();
    release = null;
  };
  const request = (options: LockOptions, lost: () => void): Promise<void> => {
    leave();
    return new Promise((resolve) => {
      let mine = false;
      const held = () =>
        new Promise<void>((end) => {
          mine = true;
          waiting = null;
          release = end;
          resolve();
        });
      locks.request(name, options, held).catch(() => {
        // Given up while it waited, which is our own doing; or taken away.
        if (!mine) return;
        release = null;
        lost();
      });
    });
  };
  return {
    wait(lost) {
      const controller = new AbortController();
      const asked = request({ mode: 'exclusive', signal: controller.signal }, lost);
      waiting = controller;
      return asked;
    },
    take: (lost) => request({ mode: 'exclusive', steal: true }, lost),
    leave,
  };
}
