/** A connection to Asterisk that remembers everything it told, for tests to wait for and to look at. */
import {
  type AriConnection,
  type AriConnectionOptions,
  type AriEvent,
  type AriStatus,
  type AriStatusInfo,
  createAriConnection,
} from '../../src/ari/connection.js';

type Change = AriStatusInfo & { status: AriStatus };
type LogLine = { level: string; message: string; details: object };

export class Observed {
  readonly changes: Change[] = [];
  readonly events: AriEvent[] = [];
  readonly logged: LogLine[] = [];
  readonly connection: AriConnection;
  #waiting: (() => void)[] = [];

  constructor(url: string, options: Partial<AriConnectionOptions> = {}) {
    const line = (level: string) => (details: object, message: string) =>
      void this.logged.push({ level, message, details });
    const log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
    this.connection = createAriConnection({
      url,
      username: 'ari',
      password: 'secret',
      app: 'ring master',
      log,
      ...options,
    });
    this.connection.onStatus((status, info) => {
      this.changes.push({ status, ...info });
      this.#changed();
    });
    this.connection.onEvent((event) => {
      this.events.push(event);
      this.#changed();
    });
  }

  count(status: AriStatus): number {
    return this.changes.filter((change) => change.status === status).length;
  }

  async until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  async connected(times = 1): Promise<void> {
    await this.until(() => this.count('connected') >= times);
  }

  #changed(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
