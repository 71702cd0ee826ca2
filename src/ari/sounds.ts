/** Which sounds Asterisk has: it lists what it found in its folders when it started. */
import { z } from 'zod';
import type { KnownSounds } from '../app/scenarios/store.js';
import type { AriConnection } from './connection.js';

const sounds = z.array(z.object({ id: z.string() }));

export class AriSounds implements KnownSounds {
  readonly #connection: Pick<AriConnection, 'request'>;

  constructor(connection: Pick<AriConnection, 'request'>) {
    this.#connection = connection;
  }

  async names(): Promise<ReadonlySet<string> | null> {
    try {
      const { status, body } = await this.#connection.request('GET', 'sounds');
      const listed = sounds.safeParse(body);
      // A PBX that has no list at all has sounds all the same.
      return status === 200 && listed.success && listed.data.length > 0
        ? new Set(listed.data.map(({ id }) => id))
        : null;
    } catch {
      return null;
    }
  }
}
