/** The call centre as a supervisor's Socket.IO connection shows it, and bounded waits for what is to happen in it. */
import { io, type Socket } from 'socket.io-client';
import type { AgentView, CallView, QueueView } from '../src/app/view.js';
import type { ChangeMessage, SnapshotMessage } from '../src/realtime/protocol.js';

export type Listener = (change: ChangeMessage, watch: Watch) => void;

const CONNECT_MS = 10_000;

export class Watch {
  readonly agents = new Map<string, AgentView>();
  readonly queues = new Map<string, QueueView>();
  readonly calls = new Map<string, CallView>();
  readonly #socket: Socket;
  readonly #checks = new Set<() => void>();
  readonly #listeners: Listener[] = [];

  /** Connects, and waits for the first picture. */
  static async open(url: string, token: string): Promise<Watch> {
    const watch = new Watch(io(url, { auth: { token }, transports: ['websocket'] }));
    await watch.until('the live picture arrives', () => watch.agents.size > 0, CONNECT_MS);
    return watch;
  }

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('snapshot', ({ snapshot }: SnapshotMessage) => {
      replace(this.agents, snapshot.agents);
      replace(this.queues, snapshot.queues);
      replace(this.calls, snapshot.calls);
      this.#look();
    });
    socket.on('change', (change: ChangeMessage) => {
      // The listeners see the picture before and the change; then it becomes the picture.
      for (const listener of this.#listeners) listener(change, this);
      if (change.topic === 'agent') put(this.agents, change.id, change.view);
      else if (change.topic === 'queue') put(this.queues, change.id, change.view);
      else if (change.topic === 'call') put(this.calls, change.id, change.view);
      this.#look();
    });
  }

  onChange(listener: Listener): void {
    this.#listeners.push(listener);
  }

  /** @throws a sentence naming what did not happen. */
  until<T>(what: string, look: () => T | null | undefined | false, timeoutMs: number): Promise<T> {
    const promise = new Promise<T>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#checks.delete(check);
        reject(new Error(`This did not happen within ${timeoutMs / 1000} s: ${what}.`));
      }, timeoutMs);
      const check = () => {
        const found = look();
        if (!found) return;
        clearTimeout(timer);
        this.#checks.delete(check);
        resolve(found);
      };
      this.#checks.add(check);
      check();
    });
    promise.catch(() => undefined);
    return promise;
  }

  close(): void {
    this.#socket.close();
  }

  #look(): void {
    for (const check of [...this.#checks]) check();
  }
}

function put<T>(map: Map<string, T>, id: string, view: T | null): void {
  if (view === null) map.delete(id);
  else map.set(id, view);
}

function replace<T extends { readonly id: string }>(map: Map<string, T>, views: readonly T[]): void {
  map.clear();
  for (const view of views) map.set(view.id, view);
}
