/**
 * The one ordered writer with group commit.
 *
 *   idle ──submit──► gathering (until the event loop's present turn is over; patient ones a little longer) ──► writing ──► more waiting? writing : idle
 *                                                                  ▲   │ database away: wait, longer each time
 *                                                                  └───┘ (others queue up behind, up to a limit)
 *
 * Everything handed in while a write is under way goes into one transaction. If that fails for a reason of its own, its
 * operations are written one by one, so that a bad one harms only itself.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '../../app/ports.js';
import type { Tenure } from '../tenure.js';
import type { Operation } from './operation.js';
import { DatabaseUnavailable, type Link, WriteFailure } from './statement.js';
import { eventStatements, transactionOf } from './transaction.js';

interface Pending {
  readonly operation: Operation;
  readonly resolve: (done: boolean) => void;
  readonly reject: (reason: Error) => void;
  /** An earlier attempt may have been written before the connection broke. */
  torn: boolean;
}

/** Operations waiting at most, about 100 s of 10 calls/s; beyond it new ones are rejected as `databaseUnavailable`. */
export const WAITING_AT_MOST = 10_000;
const BATCH_AT_MOST = 512;
const LINGER_MS = 20;
const FIRST_PAUSE_MS = 5;
const LONGEST_PAUSE_MS = 1_000;
/** How long closing waits for a database that is away. */
const CLOSE_WITHIN_MS = 5_000;

export class Writer {
  readonly #link: Link;
  readonly #log: Log;
  readonly #tenure: Tenure;
  readonly #closing = new AbortController();
  #waiting: Pending[] = [];
  #running = false;
  #closed = false;
  #last: Promise<unknown> = Promise.resolve();
  #attempts = 0;
  #writingSince = 0;
  #linger: NodeJS.Timeout | undefined;

  constructor(link: Link, log: Log, tenure: Tenure) {
    this.#link = link;
    this.#log = log;
    this.#tenure = tenure;
  }

  /**
   * Resolves when written: false only for a claim that another call holds. A patient operation waits up to LINGER_MS for others to
   * share its transaction with; the order of handing in is kept all the same.
   */
  submit(operation: Operation, patient = false): Promise<boolean> {
    if (this.#closed) return Promise.reject(new DatabaseUnavailable('closed'));
    if (this.#waiting.length >= WAITING_AT_MOST)
      return Promise.reject(new DatabaseUnavailable(`${WAITING_AT_MOST} writes are waiting`));
    const done = new Promise<boolean>((resolve, reject) => {
      this.#waiting.push({ operation, resolve, reject, torn: false });
    });
    this.#last = done;
    if (this.#running) return done;
    if (patient && !this.#closed) this.#linger ??= setTimeout(() => this.#start(), LINGER_MS);
    else this.#start();
    return done;
  }

  #start(): void {
    clearTimeout(this.#linger);
    this.#linger = undefined;
    if (this.#running) return;
    this.#running = true;
    // After the present turn: what several calls decide on one burst of facts is one transaction.
    setImmediate(() => void this.#run());
  }

  /** How long the operation that has waited longest waits now, ms; 0 when none does. */
  get delayMs(): number {
    return this.#writingSince === 0 ? 0 : Date.now() - this.#writingSince;
  }

  /** Order of writing is order of handing in, so the last one settles last. */
  async drain(): Promise<void> {
    if (this.#waiting.length > 0) this.#start();
    await this.#last.catch(() => undefined);
  }

  async close(): Promise<void> {
    this.#closed = true;
    const giveUp = setTimeout(() => this.#closing.abort(), CLOSE_WITHIN_MS);
    await this.drain();
    clearTimeout(giveUp);
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.slice(0, BATCH_AT_MOST);
      this.#waiting = this.#waiting.slice(BATCH_AT_MOST);
      this.#writingSince = Date.now();
      await this.#write(batch);
    }
    this.#writingSince = 0;
    this.#running = false;
  }

  async #write(batch: readonly Pending[]): Promise<void> {
    for (;;) {
      try {
        await this.#commit(batch);
        this.#attempts = 0;
        return;
      } catch (error) {
        const failure = error instanceof WriteFailure ? error : new WriteFailure('refused', asError(error));
        if (failure.kind === 'torn') for (const pending of batch) pending.torn = true;
        if (failure.kind === 'takenOver') {
          // First: whoever hears that it is not written must find that nothing may be done about it.
          const over = this.#tenure.over();
          for (const pending of batch) pending.reject(over);
          return;
        }
        if (failure.kind === 'duplicate' || failure.kind === 'refused') return await this.#isolate(batch, failure);
        if (!(await this.#waitForDatabase(failure))) {
          for (const pending of batch) pending.reject(new DatabaseUnavailable(failure.message));
          return;
        }
      }
    }
  }

  async #commit(batch: readonly Pending[]): Promise<void> {
    const work = transactionOf(batch.map((pending) => pending.operation));
    const claims = await this.#link.run([...this.#tenure.statements, ...work]);
    let claim = 0;
    for (const { operation, resolve } of batch) {
      resolve(operation.kind !== 'claim' || claims[claim] === true);
      if (operation.kind === 'claim') claim += 1;
    }
  }

  /** The batch as a whole cannot be written: each for itself. */
  async #isolate(batch: readonly Pending[], failure: WriteFailure): Promise<void> {
    const [first] = batch;
    if (batch.length > 1) {
      for (const pending of batch) await this.#write([pending]);
    } else if (first !== undefined) {
      if (failure.kind === 'duplicate' && first.torn && (await this.#isStored(first.operation))) first.resolve(true);
      else first.reject(failure.cause);
    }
  }

  /** Whether an append whose confirmation was lost had been written after all. */
  async #isStored(operation: Operation): Promise<boolean> {
    if (operation.kind !== 'append') return false;
    return await this.#link.holds(eventStatements(operation.entry)).catch(() => false);
  }

  /** False when the journal is closing and has waited long enough. */
  async #waitForDatabase(failure: WriteFailure): Promise<boolean> {
    if (this.#closing.signal.aborted) return false;
    const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** Math.min(this.#attempts, 10), LONGEST_PAUSE_MS);
    this.#attempts += 1;
    if (pauseMs === LONGEST_PAUSE_MS)
      this.#log.warn({ waiting: this.#waiting.length, reason: failure.message }, 'database away, trying again');
    await pause(pauseMs, undefined, { signal: this.#closing.signal }).catch(() => undefined);
    return true;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
