/** Socket.IO on the HTTP server: who may connect, which stream each connection reads, and when it must go. */
import type { Server as HttpServer } from 'node:http';
import { type DefaultEventsMap, Server, type Socket } from 'socket.io';
import type { Application, Viewer } from '../app/application.js';
import { seesAll } from '../app/catalogue/command.js';
import { errorBody } from '../app/catalogue/error.js';
import { type Execute, internalError } from '../app/catalogue/execute.js';
import { colleague } from '../app/colleagues.js';
import { accountOf } from '../app/login/accounts.js';
import type { Authenticated, Login } from '../app/login.js';
import type { Log } from '../app/ports.js';
import { refuse } from '../core/refusal.js';
import { Colleagues } from './colleagues.js';
import { createEventHandler } from './commands.js';
import type { ClientEvents, HandshakeRefusal, ServerEvents, SnapshotMessage } from './protocol.js';
import { servedQueues } from './served-queues.js';
import { tellStaleness, viewerOf } from './staleness.js';
import { createStreams, type StreamKey, type Streams } from './streams.js';

export interface RealtimeParts {
  readonly server: HttpServer;
  readonly application: Application;
  readonly login: Login;
  readonly execute: Execute;
  readonly log: Log;
  /** How often every connection's token is looked up again (it may expire, or be revoked elsewhere). */
  readonly recheckMs?: number;
}

export interface Realtime {
  connections(): number;
  /** Looks at the configuration now rather than at the next change: roles and served queues may be others. */
  configurationChanged(): void;
  /** Disconnects everyone and stops; closes the HTTP server too. */
  close(): Promise<void>;
}

interface Known {
  authenticated: Authenticated;
}
type Io = Server<ClientEvents, ServerEvents, DefaultEventsMap, Known>;
type Client = Socket<ClientEvents, ServerEvents, DefaultEventsMap, Known>;

const RECHECK_MS = 60_000;
const CONFIGURATION_CHECK_MS = 1_000;
/**
 * Commands are small; nothing a client sends is larger. A network that falls silent closes nothing: both ends know it within the sum of
 * these times. A page that was only busy for so long connects again by itself, and misses nothing.
 */
const LIMITS = { maxHttpBufferSize: 64 * 1024, pingInterval: 4_000, pingTimeout: 4_000 };
/** The room of those who watch colleagues: the one room that a client asks for itself. */
const COLLEAGUES = 'colleagues';

export function attachRealtime(parts: RealtimeParts): Realtime {
  const { application, login, log } = parts;
  const io: Io = new Server(parts.server, { ...LIMITS, serveClient: true });
  const streams = createStreams(
    (key, message) => io.to(roomOf(key)).emit('change', message),
    (work) => setImmediate(work),
  );
  const permissions = watchPermissions(io, application, streams);
  const colleagues = colleaguesOf(io, application);
  io.use((socket, next) => {
    void admit(parts, socket.handshake.auth, socket.data).then(next);
  });
  const watch = whileWatched(() =>
    application.views.onChange((change) => {
      streams.publish(change);
      colleagues.publish(change);
      permissions();
    }),
  );
  io.on('connection', (socket) => {
    watch.begin();
    socket.on('disconnect', () => io.sockets.sockets.size === 0 && watch.end());
    welcome(parts, io, streams, colleagues, socket);
  });
  const unsubscribe = [
    watch.end,
    watchStaleness(io, application, streams),
    login.onRevoked(({ tokenHash, agentId }) => {
      if (tokenHash !== undefined) io.in(`token:${tokenHash}`).disconnectSockets(true);
      if (agentId !== undefined) io.in(`login:${agentId}`).disconnectSockets(true);
    }),
  ];
  // Comparing two references costs nothing, and not every change of the configuration shows in a view.
  const lookAgain = setInterval(permissions, CONFIGURATION_CHECK_MS).unref();
  const recheck = setInterval(() => {
    void dropRevoked(io, login).catch((fault) => log.warn({ err: fault }, 'Tokens could not be looked up again'));
  }, parts.recheckMs ?? RECHECK_MS);
  recheck.unref();
  return {
    connections: () => io.sockets.sockets.size,
    configurationChanged: permissions,
    async close() {
      clearInterval(lookAgain);
      clearInterval(recheck);
      for (const stop of unsubscribe) stop();
      await io.close();
    },
  };
}

function colleaguesOf(io: Io, application: Application): Colleagues {
  return new Colleagues({
    isWatched: () => io.sockets.adapter.rooms.has(COLLEAGUES),
    look: (id) => colleague(application, id),
    send: (message) => io.to(COLLEAGUES).emit('colleague', message),
    defer: (work) => setImmediate(work),
  });
}

/** Views are only made while somebody is connected who may see them. */
function whileWatched(listen: () => () => void) {
  let stop: (() => void) | null = null;
  return {
    begin: () => {
      stop ??= listen();
    },
    end: () => {
      stop?.();
      stop = null;
    },
  };
}

/** What a login sees follows from it alone; clients cannot ask for another's stream. */
function streamOf(viewer: Viewer): StreamKey {
  return seesAll(viewer) ? null : viewer.agentId;
}

function roomOf(key: StreamKey): string {
  return key === null ? 'supervisors' : `agent:${key}`;
}

async function admit(
  { login, log }: RealtimeParts,
  auth: Readonly<Record<string, unknown>>,
  data: Partial<Known>,
): Promise<Error | undefined> {
  const refused = (data: HandshakeRefusal) => Object.assign(new Error(data.error.code), { data });
  try {
    const authenticated = await login.authenticate(auth.token);
    if (authenticated === null) {
      return refused({
        error: errorBody(refuse('unauthenticated', 'Log in first: the token is missing or no longer good.')),
      });
    }
    data.authenticated = authenticated;
    return undefined;
  } catch (fault) {
    return refused({ error: internalError(log, fault, { event: 'handshake' }) });
  }
}

function welcome(
  { application, login, execute, log }: RealtimeParts,
  io: Io,
  streams: Streams,
  colleagues: Colleagues,
  socket: Client,
): void {
  const { viewer, tokenHash } = socket.data.authenticated;
  const key = streamOf(viewer);
  // In one turn: join, send what is merged, look. A change after the look is then numbered after it.
  const snapshot = () => snapshotMessage(application, viewer, key, streams);
  void socket.join([roomOf(key), `token:${tokenHash}`, `login:${viewer.agentId}`]);
  const handle = createEventHandler({
    ...{ viewer, execute, log, snapshot },
    watchColleagues: (watching) => watchColleagues(colleagues, socket, watching),
  });
  socket.onAny((event: string, ...args: unknown[]) => {
    void handle(event, args);
  });
  socket.on('disconnect', () => {
    if (key !== null && !io.sockets.adapter.rooms.has(roomOf(key))) streams.close(key);
  });
  socket.on('error', (error) => log.debug({ err: error, agentId: viewer.agentId }, 'A connection failed'));
  try {
    socket.emit('snapshot', snapshot());
  } catch (fault) {
    internalError(log, fault, { event: 'snapshot', agentId: viewer.agentId });
    socket.disconnect(true);
  }
  // A token revoked between the handshake and the joining of its room would have been missed.
  void login.stillGood(socket.data.authenticated).then(
    (good) => good || socket.disconnect(true),
    (fault) => log.warn({ err: fault, agentId: viewer.agentId }, 'A token could not be looked up again'),
  );
}

function watchColleagues(colleagues: Colleagues, socket: Client, watching: boolean): void {
  if (watching) {
    colleagues.watched();
    void socket.join(COLLEAGUES);
  } else void socket.leave(COLLEAGUES);
}

function snapshotMessage(application: Application, viewer: Viewer, key: StreamKey, streams: Streams): SnapshotMessage {
  streams.flush();
  const { staleSince } = application.freshness;
  return { v: 1, seq: streams.open(key), snapshot: application.views.snapshot(viewer), staleSince };
}

async function dropRevoked(io: Io, login: Login): Promise<void> {
  for (const socket of io.sockets.sockets.values()) {
    if (!(await login.stillGood(socket.data.authenticated))) socket.disconnect(true);
  }
}

/**
 * Looks at the configuration whenever it is a new one: whoever lost or changed the role must connect again, and an agent whose
 * queues changed gets a new snapshot, as changes alone would not show a queue that now may be seen.
 */
function watchPermissions(io: Io, application: Application, streams: Streams): () => void {
  let seen = application.configuration();
  return () => {
    const current = application.configuration();
    if (current === seen) return;
    const [before, after] = [servedQueues(seen.members), servedQueues(current.members)];
    seen = current;
    for (const { data, disconnect } of listed(io)) {
      const account = accountOf(current, data.authenticated.viewer.agentId);
      if (account === null || account.disabled || account.role !== data.authenticated.viewer.role) disconnect();
    }
    for (const agentId of streams.agents()) {
      if (before.get(agentId) !== after.get(agentId)) resend(io, application, streams, agentId);
    }
  };
}

function watchStaleness(io: Io, application: Application, streams: Streams): () => void {
  return tellStaleness({
    freshness: application.freshness,
    tellStale: (message) => io.emit('stale', message),
    tellFresh: (message) => io.emit('fresh', message),
    read: () => streams.keys(),
    sendSnapshot: (key) => resend(io, application, streams, key),
  });
}

function listed(io: Io) {
  return [...io.sockets.sockets.values()].map((socket) => ({
    data: socket.data,
    disconnect: () => socket.disconnect(true),
  }));
}

function resend(io: Io, application: Application, streams: Streams, key: StreamKey): void {
  io.to(roomOf(key)).emit('snapshot', snapshotMessage(application, viewerOf(key), key, streams));
}
