/**
 * The SIP WebSocket of phones in browsers (RFC 7118), passed on to Asterisk's HTTP server: a browser needs one address, and TLS is put
 * in front of it once. What is said is not looked at; Asterisk asks for the phone's password. A ticket lets a socket in, and the end
 * of the phone (its session, or another page that has it now) lets it out.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, WebSocketServer } from 'ws';
import type { PhoneAdmission } from '../app/browser-phone/operations.js';
import type { Log } from '../app/ports.js';
import { closeSoon, joinSockets } from './phone-sockets.js';
import { type Pings, watchPage } from './phone-watch.js';

export interface PhoneDoorParts {
  readonly server: Server;
  readonly phones: { admit(ticket: string): PhoneAdmission | null };
  /** `http://host:port` of the PBX, without a path. */
  readonly ariUrl: string;
  readonly log: Log;
  readonly pings?: Pings;
}

/** 4001: another page has the phone now; 4002: the session is over; the page must not try again by itself. */
export const PHONE_CLOSED = { superseded: 4001, ended: 4002, stopped: 1012 } as const;

const PATH = '/phone';
const SUBPROTOCOL = 'sip';
const TICKET = /^[A-Za-z0-9_-]{32}$/;
/** SIP messages with an SDP are a few kilobytes. */
const LARGEST_MESSAGE = 64 * 1024;
const CONNECT_MS = 5_000;
const STOP_MS = 300;

/** Beside other listeners to `upgrade`, each of which minds its own path. */
export function attachPhoneDoor({ server, phones, ariUrl, log, pings }: PhoneDoorParts): { close(): void } {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
    handleProtocols: () => SUBPROTOCOL,
  });
  const open = new Set<WebSocket>();
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const [path, query] = (request.url ?? '').split('?');
    if (path !== PATH) return;
    const problem = problemOf(request);
    if (problem !== null) return refuse(socket, problem);
    const ticket = new URLSearchParams(query).get('ticket') ?? '';
    const admission = TICKET.test(ticket) ? phones.admit(ticket) : null;
    if (admission === null) return refuse(socket, '403 Forbidden');
    // Accepted before Asterisk has answered: Socket.IO ends upgrades that nobody has answered within a second.
    sockets.handleUpgrade(request, socket, head, (page) => {
      open.add(page);
      page.once('close', () => open.delete(page));
      const asterisk = new WebSocket(`${ariUrl.replace(/^http/, 'ws').replace(/\/$/, '')}/ws`, SUBPROTOCOL, {
        maxPayload: LARGEST_MESSAGE,
        perMessageDeflate: false,
        handshakeTimeout: CONNECT_MS,
      });
      const { agentId, over } = admission;
      joinSockets({ page, asterisk, log: (details, message) => log.debug({ agentId, ...details }, message) });
      watchPage(page, admission, pings);
      const leave = () => closeSoon(page, codeOf(over.reason), String(over.reason));
      if (over.aborted) leave();
      else over.addEventListener('abort', leave, { once: true });
      page.once('close', () => {
        over.removeEventListener('abort', leave);
        admission.closed();
      });
    });
  };
  server.on('upgrade', upgrade);
  return {
    close() {
      server.off('upgrade', upgrade);
      for (const page of open) closeSoon(page, PHONE_CLOSED.stopped, 'stopped', STOP_MS);
      sockets.close();
    },
  };
}

function codeOf(reason: unknown): number {
  return reason === 'superseded' || reason === 'ended' ? PHONE_CLOSED[reason] : PHONE_CLOSED.stopped;
}

function problemOf({ headers, method }: IncomingMessage): string | null {
  if (method !== 'GET' || headers.upgrade?.toLowerCase() !== 'websocket') return '400 Bad Request';
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  return offered.includes(SUBPROTOCOL) ? null : '400 Bad Request';
}

function refuse(socket: Duplex, status: string): void {
  socket.on('error', () => undefined);
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
