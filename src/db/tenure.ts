/**
 * By which right this process writes: it holds the lease, and nobody has closed its epoch. Asked in each transaction that decides something,
 * under a lock that whoever takes over waits for. So a transaction of a controller that was taken for dead (it stood still, or was killed
 * with its last words still on their way) is either written before its successor reads, or refused.
 */
import type { Knex } from 'knex';
import { TakenOver } from '../app/ports.js';
import type { Statement } from './journal/statement.js';

export class Tenure {
  #held: { readonly app: string; readonly epoch: number; readonly onOver: () => void } | null = null;

  /** From now on it is asked; before that, nothing is commanded by this process. `onOver`: the answer was no. */
  begin(app: string, epoch: number, onOver: () => void): void {
    this.#held = { app, epoch, onOver };
  }

  /** Goes before what a transaction of the journal writes, and fails it. */
  get statements(): readonly Statement[] {
    return this.#held === null ? [] : [{ name: 'holdLease', values: [this.#held.app, this.#held.epoch] }];
  }

  /** In a transaction. @throws TakenOver */
  async check(change: Knex): Promise<void> {
    if (this.#held === null) return;
    const { app, epoch } = this.#held;
    const held = change('controllers').where({ app }).andWhere('released_epoch', '<', epoch).forShare();
    if ((await held.first('app')) === undefined) throw this.over();
  }

  over(): TakenOver {
    this.#held?.onOver();
    return new TakenOver();
  }
}
