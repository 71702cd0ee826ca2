/**
 * Several WebSocket frames as one write. Each write is a system call, which costs as much as everything else that is done about a
 * request; so frames that belong together are held back until the last is there. Nothing waits for a later turn of the event loop.
 */
import { Duplex } from 'node:stream';
import type WebSocket from 'ws';

/** Runs `sending`; when this returns all its frames are on their way. */
export function inOneWrite(socket: WebSocket, sending: () => void): void {
  const stream = streamOf(socket);
  stream?.cork();
  try {
    sending();
  } finally {
    stream?.uncork();
  }
}

/** The connection beneath, which the package `ws` keeps to itself. Without it everything works, at more cost. */
function streamOf(socket: WebSocket): Duplex | undefined {
  const stream: unknown = Reflect.get(socket, '_socket');
  return stream instanceof Duplex ? stream : undefined;
}
