/** How much voice has come from a leg: Asterisk's own count of RTP packets, some 50 a second from a page that is there. */
import type { VoiceMeter } from '../app/browser-phone/voice.js';
import type { Log } from '../app/ports.js';
import type { LegId } from '../core/call/state.js';
import { type AriConnection, AriUnavailable } from './connection.js';

export class AriVoiceMeter implements VoiceMeter {
  readonly #connection: Pick<AriConnection, 'request'>;
  readonly #log: Log;

  constructor(connection: Pick<AriConnection, 'request'>, log: Log) {
    this.#connection = connection;
    this.#log = log;
  }

  async packetsFrom(legId: LegId): Promise<number | null> {
    try {
      const { status, body } = await this.#connection.request('GET', `channels/${legId}/rtp_statistics`);
      const count: unknown =
        status === 200 && typeof body === 'object' && body !== null && Reflect.get(body, 'rxcount');
      return typeof count === 'number' ? count : null;
    } catch (error) {
      if (!(error instanceof AriUnavailable)) this.#log.error({ error: String(error) }, 'a request to Asterisk failed');
      return null;
    }
  }
}
