/**
 * One controller at a time commands the calls of one application: whoever comes last takes the lease with the next epoch. The one
 * before finds out at its next renewal, stops commanding, writes what it has decided and lets go; only then does the newcomer read
 * what is stored. For one that is dead, or silent for too long, the newcomer closes its epoch: every write asks whether that is open
 * (tenure.ts), so no event is written behind the newcomer's back.
 *
 *   newcomer ──take: epoch + 1──► waits until the former has let go, is dead, or is silent for too long ──► holds ──► released
 *   holder   ──renewal finds another epoch──► lost
 */
import { hostname } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { z } from 'zod';
import type { Log } from '../app/ports.js';

const RENEW_MS = 500;
/** A holder that has not renewed for this long is taken for dead. */
const SILENT_MS = 3_000;
const LOOK_AGAIN_MS = 50;

const row = z.object({
  epoch: z.coerce.number(),
  host: z.string(),
  pid: z.coerce.number(),
  renewed_at: z.coerce.number(),
  released_epoch: z.coerce.number(),
});
type Row = z.output<typeof row>;

export class Lease {
  readonly #knex: Knex;
  readonly #app: string;
  readonly #epoch: number;
  readonly #log: Log;
  readonly #onLost: () => void;
  readonly #timer: NodeJS.Timeout;
  #lost = false;
  #renewedAt = Date.now();
  /** The one under way. */
  #renewal: Promise<void> | null = null;

  /** Takes the lease of the application; resolves when nobody else writes for it any more. `onLost` is told once. */
  static async take(knex: Knex, app: string, log: Log, onLost: () => void): Promise<Lease> {
    const before = await next(knex, app);
    const lease = new Lease(knex, app, before === null ? 1 : before.epoch + 1, log, onLost);
    if (before !== null && before.released_epoch < before.epoch) await untilGone(knex, app, before, log);
    return lease;
  }

  private constructor(knex: Knex, app: string, epoch: number, log: Log, onLost: () => void) {
    this.#knex = knex;
    this.#app = app;
    this.#epoch = epoch;
    this.#log = log;
    this.#onLost = onLost;
    this.#timer = setInterval(() => void this.#renew(), RENEW_MS);
    this.#timer.unref();
  }

  get epoch(): number {
    return this.#epoch;
  }

  /**
   * Nobody else can have taken it over yet. False for a moment after the machine slept or the database was away: whoever is about to
   * do what must not be done twice waits for the next renewal.
   */
  get isSure(): boolean {
    return !this.#lost && Math.abs(Date.now() - this.#renewedAt) < SILENT_MS / 2;
  }

  /**
   * Asks the database now, instead of waiting for the next renewal: false when another controller has taken over. Before the connection
   * to Asterisk, which would be taken from that one.
   */
  async confirm(): Promise<boolean> {
    await this.#renew();
    return !this.#lost;
  }

  /** Everything is written: the next controller need not wait. */
  async release(): Promise<void> {
    clearInterval(this.#timer);
    await close(this.#knex, this.#app, this.#epoch);
  }

  /** Found out by a renewal, or by a write that was refused. */
  lost(): void {
    if (this.#lost) return;
    this.#lost = true;
    clearInterval(this.#timer);
    this.#log.warn({ epoch: this.#epoch }, 'another controller has taken over');
    this.#onLost();
  }

  /** A locked database keeps one waiting: more of them would take every connection from those who only read. */
  #renew(): Promise<void> {
    this.#renewal ??= this.#ask().finally(() => {
      this.#renewal = null;
    });
    return this.#renewal;
  }

  /** A database that is away takes no lease from anybody: the next renewal tells. */
  async #ask(): Promise<void> {
    const at = Date.now();
    try {
      const rows = await this.#knex('controllers')
        .where({ app: this.#app, epoch: this.#epoch })
        .update({ renewed_at: at });
      if (rows > 0) this.#renewedAt = at;
      if (rows > 0 || this.#lost) return;
      this.lost();
    } catch (error) {
      this.#log.debug({ error: String(error) }, 'the lease could not be renewed');
    }
  }
}

/** In one transaction that begins with a write: two newcomers take one epoch each. */
async function next(knex: Knex, app: string): Promise<Row | null> {
  const mine = { host: hostname(), pid: process.pid, renewed_at: Date.now() };
  return await knex.transaction(async (change) => {
    const fresh = { app, epoch: 0, released_epoch: 0, ...mine, renewed_at: 0 };
    await change('controllers').insert(fresh).onConflict('app').ignore();
    await change('controllers').where({ app }).increment('epoch', 1);
    const found = row.parse(await change('controllers').where({ app }).first());
    const before = { ...found, epoch: found.epoch - 1 };
    await change('controllers').where({ app }).update(mine);
    return before.epoch === 0 ? null : before;
  });
}

async function untilGone(knex: Knex, app: string, before: Row, log: Log): Promise<void> {
  // Two machines' clocks may differ, and a clock may be put back meanwhile: never longer than from now on, by what has passed.
  const left = Math.min(Math.max(before.renewed_at + SILENT_MS - Date.now(), 0), SILENT_MS);
  const deadline = performance.now() + left;
  while (performance.now() < deadline && !isDead(before)) {
    const now = row.parse(await knex('controllers').where({ app }).first());
    if (now.released_epoch >= before.epoch) return;
    await pause(LOOK_AGAIN_MS);
  }
  log.info({ epoch: before.epoch }, 'the former controller has not let go: it is taken for dead');
  await close(knex, app, before.epoch);
}

/** Nobody writes in this epoch any more: waits for a transaction that is under way. */
async function close(knex: Knex, app: string, epoch: number): Promise<void> {
  const open = knex('controllers').where({ app }).andWhere('released_epoch', '<', epoch);
  await open.update({ released_epoch: epoch });
}

/** A process of this machine can be looked at: one that was killed need not be waited for. */
function isDead({ host, pid }: Row): boolean {
  if (host !== hostname()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
