/** Keys pressed on behalf of others: sent to a channel as DTMF, however its phone takes it. */
import type { KeySender } from '../app/keys/key-presses.js';
import type { Log } from '../app/ports.js';
import type { LegId } from '../core/call/state.js';
import { type AriConnection, AriUnavailable } from './connection.js';

/** As short as receivers reliably take them (ITU-T Q.24 asks for 40 ms, 23 ms apart): the hearer is not to wait for the typist. */
const DIGIT_MS = 80;
const BETWEEN_MS = 50;

export class AriKeys implements KeySender {
  readonly #connection: Pick<AriConnection, 'request'>;
  readonly #log: Log;

  constructor(connection: Pick<AriConnection, 'request'>, log: Log) {
    this.#connection = connection;
    this.#log = log;
  }

  /** Asterisk puts the commands of a channel in a row, so that digits keep their order. A leg that is gone needs none. */
  sendKeys(legId: LegId, digits: string): void {
    const query = { dtmf: digits, duration: DIGIT_MS, between: BETWEEN_MS };
    this.#connection.request('POST', `channels/${legId}/dtmf`, query).catch((error: unknown) => {
      if (!(error instanceof AriUnavailable)) this.#log.error({ error: String(error) }, 'a request to Asterisk failed');
    });
  }
}
