/**
 * The connection to the service: one Socket.IO connection, over which the picture comes in and commands go out.
 *
 *   off ─connect─► connecting ─snapshot─► live ─disconnect─► lost ─snapshot─► live
 *                      └─────── refused (the token is no longer good) ◄────────┘
 *
 * A gap in the numbers is mended by asking for a new snapshot. What a command answers is not put into the picture: the change that
 * follows is the truth.
 */
import { io, type Socket } from 'socket.io-client';
import { create } from 'zustand';
import type {
  Acknowledgement,
  ChangeMessage,
  ClientEvents,
  ColleagueMessage,
  HandshakeRefusal,
  ServerEvents,
  SnapshotMessage,
} from '../../../src/realtime/protocol.js';
import { CommandError, LINK_CODE } from './command-error.js';
import { afterChange, EMPTY, fromSnapshot, type Picture } from './picture.js';

type LinkSocket = Socket<ServerEvents, ClientEvents>;
export type LinkState = 'off' | 'connecting' | 'live' | 'lost' | 'refused';

export interface LinkStore {
  readonly state: LinkState;
  /** Since when what is shown may be old because the PBX cannot be heard; null while it is not. Service's time. */
  readonly staleSince: number | null;
  /** Milliseconds to add to this computer's clock for the service's. */
  readonly clockOffsetMs: number;
  readonly picture: Picture;
}

/** Answers come in milliseconds, and at most 2.5 s late while the database is away. */
const ANSWER_WITHIN_MS = 10_000;

export const useLink = create<LinkStore>(() => ({
  state: 'off',
  staleSince: null,
  clockOffsetMs: 0,
  picture: EMPTY,
}));

let socket: LinkSocket | null = null;
const colleagueListeners = new Set<(message: ColleagueMessage) => void>();
const topicListeners = new Set<(change: ChangeMessage) => void>();

/** Begins to keep the picture. `server` is '' for the one that the page came from. `onRefused`: the token is not good (any more). */
export function connect(server: string, token: string, onRefused: (code: string) => void): void {
  disconnect();
  useLink.setState({ state: 'connecting', picture: EMPTY, staleSince: null });
  const base = server === '' ? window.location.href : server;
  const address = new URL(base);
  const made: LinkSocket = io(address.origin, {
    auth: { token },
    path: '/socket.io',
    transports: ['websocket'],
    reconnectionDelay: 250,
    reconnectionDelayMax: 3_000,
    timeout: 5_000,
  });
  socket = made;
  made.on('snapshot', take);
  made.on('change', (change) => changed(made, change));
  made.on('connect', () => watchColleagues(made));
  made.on('colleague', (message) => {
    for (const listener of colleagueListeners) listener(message);
  });
  made.on('stale', ({ since }) => useLink.setState({ staleSince: since }));
  made.on('fresh', () => useLink.setState({ staleSince: null }));
  made.on('disconnect', (reason) => {
    useLink.setState({ state: 'lost' });
    // The service ended it: the token is over, or the role has changed. One more handshake says which.
    if (reason === 'io server disconnect') made.connect();
  });
  made.on('connect_error', (error) => {
    const code = refusalCode(error);
    if (code === 'unauthenticated') {
      disconnect();
      useLink.setState({ state: 'refused' });
      onRefused(code);
      return;
    }
    if (useLink.getState().picture.seq >= 0) useLink.setState({ state: 'lost' });
    // After a refusal Socket.IO does not try again by itself.
    if (code !== null) setTimeout(() => socket === made && made.connect(), 1_000);
  });
}

export function disconnect(): void {
  socket?.disconnect();
  socket = null;
  useLink.setState({ state: 'off', picture: EMPTY, staleSince: null });
}

/** Runs a command of the catalogue. @throws CommandError */
export async function command<T = unknown>(name: string, input: unknown = {}): Promise<T> {
  const through = socket;
  if (through === null || !through.connected) {
    throw new CommandError(LINK_CODE.disconnected, 'There is no connection to the service.');
  }
  let answer: Acknowledgement;
  try {
    answer = await through.timeout(ANSWER_WITHIN_MS).emitWithAck('command', { name, input });
  } catch {
    throw new CommandError(LINK_CODE.noAnswer, 'The service has not answered.');
  }
  if (!answer.ok) throw new CommandError(answer.error.code, answer.error.message, answer.error.details ?? {});
  return answer.result as T;
}

/** Every change as it comes, for what is not in the picture (short messages, callbacks). Returns the way to stop. */
export function onChange(listener: (change: ChangeMessage) => void): () => void {
  topicListeners.add(listener);
  return () => void topicListeners.delete(listener);
}

/** Each change of a colleague while somebody looks; ask for the colleagues after this. Returns the way to stop. */
export function onColleague(listener: (message: ColleagueMessage) => void): () => void {
  colleagueListeners.add(listener);
  if (socket?.connected && colleagueListeners.size === 1) watchColleagues(socket);
  return () => {
    colleagueListeners.delete(listener);
    if (socket?.connected && colleagueListeners.size === 0)
      void socket.emitWithAck('colleagues.unwatch').catch(() => {});
  };
}

/** The service forgets it with each connection. */
function watchColleagues(to: LinkSocket): void {
  if (colleagueListeners.size > 0) void to.emitWithAck('colleagues.watch').catch(() => {});
}

function take(message: SnapshotMessage): void {
  useLink.setState({
    state: 'live',
    picture: fromSnapshot(message),
    staleSince: message.staleSince,
    clockOffsetMs: message.snapshot.at - Date.now(),
  });
}

function changed(from: LinkSocket, change: ChangeMessage): void {
  for (const listener of topicListeners) listener(change);
  const next = afterChange(useLink.getState().picture, change);
  if (next !== 'gap') {
    useLink.setState({ picture: next });
    return;
  }
  void from.emitWithAck('snapshot.get').then(
    (answer) => answer.ok && take(answer.result),
    () => undefined,
  );
}

function refusalCode(error: Error & { data?: Partial<HandshakeRefusal> }): string | null {
  return error.data?.error?.code ?? null;
}
