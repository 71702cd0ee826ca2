/**
 * A TCP proxy between the service and ARI, which behaves like a bad network: it cuts every connection, refuses new ones for a
 * while, or holds all bytes back, both ways, with every connection open (half open), and lets go again.
 */
import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** One connection of the service, with its other half once there is one. */
interface Pair {
  readonly near: Socket;
  far: Socket | null;
}

export class AriProxy {
  readonly #server: Server;
  readonly #pbxPort: number;
  readonly #pairs = new Set<Pair>();
  #mode: 'open' | 'held' | 'refusing' = 'open';

  /** @param pbxPort where ARI listens on loopback */
  static async start(pbxPort: number): Promise<AriProxy> {
    const proxy = new AriProxy(pbxPort);
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    return proxy;
  }

  private constructor(pbxPort: number) {
    this.#pbxPort = pbxPort;
    this.#server = createServer((near) => this.#accept(near));
  }

  /** Where the service finds ARI. */
  get url(): string {
    const address = this.#server.address();
    if (address === null || typeof address === 'string') throw new Error('The proxy does not listen.');
    return `http://127.0.0.1:${address.port}`;
  }

  /** Every connection is reset, and so is each new one, until `release`. */
  cut(): void {
    this.#mode = 'refusing';
    for (const pair of this.#pairs) this.#drop(pair);
  }

  /** Connections stay, new ones are taken, and no byte passes, until `release`. */
  hold(): void {
    this.#mode = 'held';
    for (const { near, far } of this.#pairs) for (const socket of [near, far]) socket?.unpipe().pause();
  }

  /**
   * Everything flows again. What the service has given up meanwhile is forgotten: bytes that a network held back for a connection
   * that is closed by now never arrive.
   */
  release(): void {
    this.#mode = 'open';
    for (const pair of [...this.#pairs]) {
      if (pair.near.destroyed) this.#drop(pair);
      else this.#join(pair);
    }
  }

  async stop(): Promise<void> {
    for (const pair of [...this.#pairs]) this.#drop(pair);
    this.#server.close();
    await once(this.#server, 'close');
  }

  #accept(near: Socket): void {
    const pair: Pair = { near, far: null };
    this.#pairs.add(pair);
    near.pause().on('error', () => near.destroy());
    near.on('close', () => {
      // While bytes are held, Asterisk does not learn of it.
      if (this.#mode !== 'held') this.#drop(pair);
    });
    if (this.#mode === 'refusing') this.#drop(pair);
    else if (this.#mode === 'open') this.#join(pair);
  }

  #join(pair: Pair): void {
    if (pair.far === null) {
      const far = connect(this.#pbxPort, '127.0.0.1');
      pair.far = far;
      far.on('error', () => this.#drop(pair));
      far.on('close', () => this.#drop(pair));
    }
    pair.near.pipe(pair.far, { end: true });
    pair.far.pipe(pair.near, { end: true });
  }

  #drop(pair: Pair): void {
    if (!this.#pairs.delete(pair)) return;
    if (!pair.near.destroyed) pair.near.resetAndDestroy();
    pair.far?.destroy();
  }
}
