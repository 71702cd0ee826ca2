/** Keys pressed on behalf of others: sent to a channel as DTMF, however its phone takes it. */
import type { KeySender, SendResult } from '../app/keys/key-presses.js';
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

  /** Asterisk puts the commands of a channel in a row, so that digits keep their order. */
  async sendKeys(legId: LegId, digits: string): Promise<SendResult> {
    const query = { dtmf: digits, duration: DIGIT_MS, between: BETWEEN_MS };
    try {
      const { status } = await this.#connection.request('POST', `channels/${legId}/dtmf`, query);
      return status < 300 ? 'sent' : 'gone';
    } catch (error) {
      if (!(error instanceof AriUnavailable)) this.#log.error({ error: String(error) }, 'a request to Asterisk failed');
      return 'lost';
    }
  }
}
