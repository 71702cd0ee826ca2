/** A statement with its values, and what runs several as one: the seam between the journal and the two databases. */
import type { StatementName } from './sql.js';

export type Value = string | number | null;

export interface Statement {
  readonly name: StatementName;
  readonly values: readonly Value[];
}

export interface Link {
  /** Runs all or none, in order, durably. Resolves to the outcome of each `takeClaim` among them, in order. */
  run(statements: readonly Statement[]): Promise<readonly boolean[]>;
  /** Whether exactly these events are stored: asked when a connection broke before a write was confirmed. */
  holds(events: readonly Statement[]): Promise<boolean>;
  close(): Promise<void>;
}

/** Why a write failed, in the terms the writer acts on. */
export class WriteFailure extends Error {
  constructor(
    /**
     * away: the database is locked, full or gone, try again. torn: the connection was lost in mid-write, so it may have been
     * written. duplicate: a row is there already. takenOver: another controller commands. refused: this will never work.
     */
    readonly kind: 'away' | 'torn' | 'duplicate' | 'takenOver' | 'refused',
    override readonly cause: Error,
  ) {
    super(`${kind}: ${cause.message}`);
  }
}

/** Nothing more can be taken in, or the journal closed before the database came back. */
export class DatabaseUnavailable extends Error {
  readonly code = 'databaseUnavailable';
  constructor(reason: string) {
    super(`The database is unavailable: ${reason}`);
  }
}
