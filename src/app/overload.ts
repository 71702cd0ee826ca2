/**
 * When there is more to do than can be done, new callers from outside are sent to the PBX's own fallback at once: they hear its music,
 * and the calls that are there are served as before. Who is talked to by an agent's phone is never sent away.
 */
import type { Log } from './ports.js';

/** Why new callers are not taken. */
export const OVERLOADS = ['calls', 'eventLoop', 'database'] as const;
export type OverloadKind = (typeof OVERLOADS)[number];

export interface OverloadPorts {
  readonly mostCalls: number;
  readonly liveCalls: () => number;
  /** How late the event loop is, on the average of the last half second or so. */
  readonly lagMs: () => number;
  /** How long the oldest write waits. */
  readonly writeDelayMs: () => number;
  readonly log: Log;
}

/** At such a lag a caller would wait a second for the first note: two dozen turns lead there. */
const LAG_LIMIT_MS = 250;
/** Then a call cannot be written before something is done about it. */
const WRITE_LIMIT_MS = 2_000;

const SENTENCES: Readonly<Record<OverloadKind, string>> = {
  calls: 'There are as many live calls as MAX_CALLS allows',
  eventLoop: 'The service is too busy',
  database: 'The database is too slow',
};

export class Overload {
  readonly #ports: OverloadPorts;
  readonly #turnedAway: Record<OverloadKind, number> = { calls: 0, eventLoop: 0, database: 0 };
  #told: OverloadKind | null = null;

  constructor(ports: OverloadPorts) {
    this.#ports = ports;
  }

  /** Null while callers can be taken. */
  get kind(): OverloadKind | null {
    const { mostCalls, liveCalls, lagMs } = this.#ports;
    if (liveCalls() >= mostCalls) return 'calls';
    if (this.isDatabaseSlow) return 'database';
    return lagMs() > LAG_LIMIT_MS ? 'eventLoop' : null;
  }

  get isDatabaseSlow(): boolean {
    return this.#ports.writeDelayMs() > WRITE_LIMIT_MS;
  }

  /** Is a new caller to be sent away? One who is, is counted. */
  turnsAway(): boolean {
    const { kind } = this;
    if (kind !== null) this.#turnedAway[kind] += 1;
    // Once for each spell: a thousand callers are not a thousand warnings.
    if (kind !== this.#told) {
      if (kind === null) this.#ports.log.info({}, 'callers are taken again');
      else this.#ports.log.warn({ overload: kind }, 'overload: new callers are sent to the fallback');
    }
    this.#told = kind;
    return kind !== null;
  }

  /** Callers sent away since the start. */
  get turnedAway(): Readonly<Record<OverloadKind, number>> {
    return this.#turnedAway;
  }

  problems(): readonly string[] {
    const { kind } = this;
    return kind === null ? [] : [`${SENTENCES[kind]}: new callers are sent to the fallback.`];
  }
}
