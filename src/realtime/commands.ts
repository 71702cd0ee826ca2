/** What a connected client may send: commands and the question for a new snapshot. Nothing it sends can throw past here. */

import { z } from 'zod';
import type { Viewer } from '../app/application.js';
import { type ErrorBody, errorBody, invalidInput } from '../app/catalogue/error.js';
import { type Execute, internalError } from '../app/catalogue/execute.js';
import type { Log } from '../app/ports.js';
import { type Refusal, refuse } from '../core/refusal.js';
import type { Acknowledgement, SnapshotMessage } from './protocol.js';

/** A client with this many unanswered commands is out of control. */
const MOST_AT_ONCE = 50;
/** Snapshots are the one costly thing to ask for. */
const SNAPSHOTS_PER_WINDOW = 10;
const SNAPSHOT_WINDOW_MS = 10_000;

const commandMessage = z.strictObject({ name: z.string().max(80), input: z.unknown().optional() });

export interface Doorman {
  readonly viewer: Viewer;
  readonly execute: Execute;
  readonly log: Log;
  readonly snapshot: () => SnapshotMessage;
  /** Begins or ends to be told of colleagues. */
  readonly watchColleagues: (watching: boolean) => void;
}

/** Answers one event of one connection; unknown events are answered too, if they ask for it. */
export function createEventHandler({ viewer, execute, log, snapshot, watchColleagues }: Doorman) {
  let running = 0;
  const mayHaveSnapshot = snapshotLimit();

  async function onCommand(message: unknown): Promise<Acknowledgement> {
    const parsed = commandMessage.safeParse(message);
    if (!parsed.success) return failed(invalidInput(parsed.error.issues));
    if (running >= MOST_AT_ONCE) return failed(refuse('tooManyAttempts', 'Wait for the answers to earlier commands.'));
    running += 1;
    try {
      return await execute(viewer, parsed.data.name, parsed.data.input ?? {});
    } finally {
      running -= 1;
    }
  }

  function onSnapshot(): Acknowledgement {
    if (!mayHaveSnapshot()) {
      return failed(refuse('tooManyAttempts', 'Too many snapshots; wait.', { retryAfterSeconds: 10 }));
    }
    return { ok: true, result: snapshot() };
  }

  function onWatch(watching: boolean): Acknowledgement {
    watchColleagues(watching);
    return { ok: true, result: { watching } };
  }

  async function answer(event: string, message: unknown): Promise<Acknowledgement> {
    try {
      if (event === 'command') return await onCommand(message);
      if (event === 'snapshot.get') return onSnapshot();
      if (event === 'colleagues.watch') return onWatch(true);
      if (event === 'colleagues.unwatch') return onWatch(false);
      return failed(refuse('notFound', 'There is no such event.'));
    } catch (fault) {
      return { ok: false, error: internalError(log, fault, { event, agentId: viewer.agentId }) };
    }
  }

  return async (event: string, args: readonly unknown[]): Promise<void> => {
    const last = args.at(-1);
    // Socket.IO makes the acknowledgement a function; a client cannot send one of its own.
    const acknowledge = typeof last === 'function' ? last : null;
    const result = await answer(event, acknowledge !== null && args.length === 1 ? undefined : args[0]);
    acknowledge?.(result);
  };
}

function snapshotLimit(): () => boolean {
  let window = { until: 0, used: 0 };
  return () => {
    const now = performance.now();
    if (now >= window.until) window = { until: now + SNAPSHOT_WINDOW_MS, used: 0 };
    window.used += 1;
    return window.used <= SNAPSHOTS_PER_WINDOW;
  };
}

function failed(refusal: Refusal): { readonly ok: false; readonly error: ErrorBody } {
  return { ok: false, error: errorBody(refusal) };
}
