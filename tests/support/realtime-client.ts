/** A Socket.IO client for tests that keeps what it was sent, in order, and can wait for the next message. */
import { io, type Socket } from 'socket.io-client';
import type {
  Acknowledgement,
  ChangeMessage,
  FreshMessage,
  SnapshotMessage,
  StaleMessage,
} from '../../src/realtime/protocol.js';

export type Received =
  | { readonly event: 'snapshot'; readonly message: SnapshotMessage }
  | { readonly event: 'change'; readonly message: ChangeMessage }
  | { readonly event: 'stale'; readonly message: StaleMessage }
  | { readonly event: 'fresh'; readonly message: FreshMessage }
  | { readonly event: 'disconnect' };

export interface Client {
  readonly socket: Socket;
  /** Emits with an acknowledgement. */
  ask(...message: unknown[]): Promise<unknown>;
  /** Runs a command of the catalogue. */
  command(name: string, input: unknown): Promise<Acknowledgement>;
  /** Every change received so far, taken or not. */
  readonly changes: readonly ChangeMessage[];
  /** Waits until what was received makes it true. */
  until(what: string, look: () => boolean): Promise<void>;
  /** The next message not yet taken, waiting for it if need be. */
  next(): Promise<Received>;
  close(): void;
}

const LONGEST_WAIT_MS = 5_000;

/** Connects and rejects with the server's reason if it is refused. */
export function connect(url: string, token: unknown): Promise<Client> {
  const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  const received: Received[] = [];
  const changes: ChangeMessage[] = [];
  const watchers = new Set<() => void>();
  let wake: (() => void) | null = null;
  const add = (item: Received) => {
    received.push(item);
    wake?.();
    for (const check of [...watchers]) check();
  };
  socket.on('snapshot', (message: SnapshotMessage) => add({ event: 'snapshot', message }));
  socket.on('change', (message: ChangeMessage) => {
    changes.push(message);
    add({ event: 'change', message });
  });
  socket.on('stale', (message: StaleMessage) => add({ event: 'stale', message }));
  socket.on('fresh', (message: FreshMessage) => add({ event: 'fresh', message }));
  socket.on('disconnect', () => add({ event: 'disconnect' }));
  const client: Client = {
    socket,
    ask: (...message) => ask(socket, message),
    command: async (name, input) => (await ask(socket, ['command', { name, input }])) as Acknowledgement,
    changes,
    async until(what, look) {
      await within(
        new Promise<void>((resolve) => {
          const check = () => {
            if (!look()) return;
            watchers.delete(check);
            resolve();
          };
          watchers.add(check);
          check();
        }),
      ).catch(() => {
        throw new Error(`did not come: ${what}`);
      });
    },
    async next() {
      if (received.length === 0)
        await within(
          new Promise<void>((resolve) => {
            wake = resolve;
          }),
        );
      const item = received.shift();
      if (item === undefined) throw new Error('Nothing came.');
      return item;
    },
    close: () => void socket.close(),
  };
  return within(
    new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(client));
      socket.once('connect_error', (error) => reject(error));
    }),
  );
}

function ask(socket: Socket, message: readonly unknown[]): Promise<unknown> {
  const [event, ...args] = message;
  return socket.timeout(LONGEST_WAIT_MS).emitWithAck(String(event), ...args);
}

async function within<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('It did not happen in time.')), LONGEST_WAIT_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
