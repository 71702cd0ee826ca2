/** Two WebSockets joined: what one says the other hears, and when one goes so does the other. Bounded in every way. */
import { WebSocket } from 'ws';

export interface JoinedSockets {
  /** The browser's, which is open. */
  readonly page: WebSocket;
  /** Asterisk's, which may still be opening. */
  readonly asterisk: WebSocket;
  readonly log: (details: object, message: string) => void;
}

/** A reader that is this far behind is not there any more. */
const MOST_UNSENT = 1024 * 1024;
/** Said by the page before Asterisk has answered. */
const MOST_EARLY = 20;
/** A phone in a busy conference sends a few a second. */
const MOST_MESSAGES = 600;
const WINDOW_MS = 10_000;
const CLOSING_MS = 2_000;

const GOING_AWAY = 1001;
const POLICY = 1008;
const TRY_AGAIN = 1013;

export function joinSockets({ page, asterisk, log }: JoinedSockets): void {
  const early: { data: WebSocket.RawData; isBinary: boolean }[] = [];
  const allowed = limiter();
  const pass = (to: WebSocket, data: WebSocket.RawData, isBinary: boolean) => {
    if (to.readyState === WebSocket.OPEN) to.send(data, { binary: isBinary });
    if (to.bufferedAmount > MOST_UNSENT) to.terminate();
  };
  page.on('message', (data, isBinary) => {
    if (!allowed()) return closeSoon(page, POLICY, 'too much');
    if (asterisk.readyState !== WebSocket.CONNECTING) return pass(asterisk, data, isBinary);
    if (early.push({ data, isBinary }) > MOST_EARLY) closeSoon(page, POLICY, 'too early');
  });
  asterisk.on('open', () => {
    for (const { data, isBinary } of early.splice(0)) pass(asterisk, data, isBinary);
  });
  asterisk.on('message', (data, isBinary) => pass(page, data, isBinary));
  let opened = false;
  asterisk.once('open', () => {
    opened = true;
  });
  asterisk.on('error', (error) => log({ error: error.message }, "Asterisk's WebSocket for a phone failed"));
  page.on('error', (error) => log({ error: error.message }, "A page's WebSocket for a phone failed"));
  asterisk.once('close', () => closeSoon(page, opened ? GOING_AWAY : TRY_AGAIN, 'the PBX is away'));
  page.once('close', () => closeSoon(asterisk, 1000, ''));
}

/** A peer that does not say goodbye in turn is left without. */
export function closeSoon(socket: WebSocket, code: number, reason: string, withinMs = CLOSING_MS): void {
  if (socket.readyState === WebSocket.CLOSING || socket.readyState === WebSocket.CLOSED) return;
  if (socket.readyState === WebSocket.CONNECTING) {
    socket.terminate();
    return;
  }
  socket.close(code, reason);
  const limit = setTimeout(() => socket.terminate(), withinMs);
  socket.once('close', () => clearTimeout(limit));
}

function limiter(): () => boolean {
  let window = { until: 0, used: 0 };
  return () => {
    const now = performance.now();
    if (now >= window.until) window = { until: now + WINDOW_MS, used: 0 };
    window.used += 1;
    return window.used <= MOST_MESSAGES;
  };
}
