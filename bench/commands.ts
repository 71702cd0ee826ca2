// How long a command takes over Socket.IO while calls come and go: agents mute and unmute themselves in live calls.
import { setTimeout as pause } from 'node:timers/promises';
import { io, type Socket } from 'socket.io-client';
import type { Acknowledgement, ChangeMessage } from '../src/realtime/protocol.js';
import { type Load, type Measured, measure, type Setting } from './load.js';

/** After the call is connected; a call lasts a second. */
const MUTE_AFTER_MS = 200;
const UNMUTE_AFTER_MS = 500;
const CONNECT_WITHIN_MS = 5_000;
const ANSWER_WITHIN_MS = 5_000;

export interface CommandFigures {
  readonly measured: Measured;
  /** From sending the command to its acknowledgement. */
  readonly acknowledgedMs: readonly number[];
  readonly refused: number;
}

/** One connection for each agent; every call that an agent has is muted and unmuted once. */
export async function measureCommands(
  setting: Setting,
  load: Load,
  url: string,
  tokens: readonly string[],
): Promise<CommandFigures> {
  const acknowledgedMs: number[] = [];
  const pending = new Set<Promise<void>>();
  let refused = 0;
  const send = async (socket: Socket, name: string, callId: string, afterMs: number) => {
    await pause(afterMs);
    const at = performance.now();
    const answer: Acknowledgement = await socket
      .timeout(ANSWER_WITHIN_MS)
      .emitWithAck('command', { name, input: { callId } });
    acknowledgedMs.push(performance.now() - at);
    if (!answer.ok) refused += 1;
  };
  const track = (work: Promise<void>) => {
    const tracked = work
      .catch(() => {
        refused += 1;
      })
      .finally(() => pending.delete(tracked));
    pending.add(tracked);
  };
  const sockets = await Promise.all(
    tokens.map((token) =>
      connect(url, token, (socket, callId) => {
        track(send(socket, 'call.mute', callId, MUTE_AFTER_MS));
        track(send(socket, 'call.unmute', callId, UNMUTE_AFTER_MS));
      }),
    ),
  );
  try {
    const measured = await measure(setting, load);
    await Promise.all(pending);
    return { measured, acknowledgedMs, refused };
  } finally {
    for (const socket of sockets) socket.disconnect();
  }
}

function connect(url: string, token: string, onTalking: (socket: Socket, callId: string) => void): Promise<Socket> {
  const socket = io(url, { auth: { token }, transports: ['websocket'], reconnection: false, forceNew: true });
  const seen = new Set<string>();
  socket.on('change', (change: ChangeMessage) => {
    if (change.topic !== 'call' || change.view?.phase !== 'talking' || seen.has(change.id)) return;
    seen.add(change.id);
    onTalking(socket, change.id);
  });
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new Error('Socket.IO did not connect.')), CONNECT_WITHIN_MS);
    socket.once('connect_error', reject);
    socket.once('snapshot', () => {
      clearTimeout(limit);
      resolve(socket);
    });
  });
}
