/**
 * Lamps as Asterisk keeps them: device states of the technology Stasis, which hints of the dial plan show to the phones that watch.
 * They are set, never subscribed to: connection-link.ts says why.
 */
import type { LampPanel, LampState } from '../app/lamp-state.js';
import type { Log } from '../app/ports.js';
import { type AriConnection, AriUnavailable } from './connection.js';

const PREFIX = 'Stasis:';
/** Device states under other names are somebody else's. */
const OURS = /^Stasis:(?:agent|queue|park)-/;

const DEVICE_STATE: Readonly<Record<LampState, string>> = {
  free: 'NOT_INUSE',
  inUse: 'INUSE',
  ringing: 'RINGING',
  busy: 'BUSY',
  onHold: 'ONHOLD',
  unavailable: 'UNAVAILABLE',
};

export class AriLamps implements LampPanel {
  readonly #connection: Pick<AriConnection, 'request'>;
  readonly #log: Log;

  constructor(connection: Pick<AriConnection, 'request'>, log: Log) {
    this.#connection = connection;
    this.#log = log;
  }

  /** Asterisk keeps them over its own restart. */
  async read(): Promise<ReadonlyMap<string, LampState> | null> {
    try {
      const { status, body } = await this.#connection.request('GET', 'deviceStates');
      return status === 200 ? lampsIn(body) : null;
    } catch (error) {
      this.#failed(error);
      return null;
    }
  }

  async show(name: string, state: LampState | null): Promise<'done' | 'failed' | 'lost'> {
    const uri = `deviceStates/${encodeURIComponent(PREFIX + name)}`;
    try {
      const { status } =
        state === null
          ? await this.#connection.request('DELETE', uri)
          : await this.#connection.request('PUT', uri, { deviceState: DEVICE_STATE[state] });
      return status < 300 || (state === null && status === 404) ? 'done' : 'failed';
    } catch (error) {
      this.#failed(error);
      return 'lost';
    }
  }

  #failed(error: unknown): void {
    if (!(error instanceof AriUnavailable)) this.#log.error({ error: String(error) }, 'a request to Asterisk failed');
  }
}

function lampsIn(body: unknown): ReadonlyMap<string, LampState> {
  const lamps = new Map<string, LampState>();
  for (const item of Array.isArray(body) ? body : []) {
    const { name, state }: { name?: unknown; state?: unknown } = typeof item === 'object' && item !== null ? item : {};
    const known = LAMP_STATES.find((each) => DEVICE_STATE[each] === state);
    if (typeof name === 'string' && OURS.test(name) && known !== undefined) lamps.set(name.slice(PREFIX.length), known);
  }
  return lamps;
}

const LAMP_STATES = ['free', 'inUse', 'ringing', 'busy', 'onHold', 'unavailable'] as const;
