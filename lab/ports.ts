// Picks free loopback ports for an Asterisk.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { isBlockedPort } from '../src/blocked-ports.js';

/** The ports one Asterisk listens on. */
export interface Ports {
  readonly http: number;
  readonly sip: number;
  readonly rtpFirst: number;
  readonly rtpLast: number;
}

// Below the kernel's ephemeral range, so that no outgoing connection takes a port between the look and the use.
const FIRST = 5100;
const LAST = 19_999;
const RTP_FIRST = 20_000;
const RTP_BLOCK = 1_000;
const RTP_BLOCKS = 12;

const below = (limit: number): number => Math.floor(Math.random() * limit);

function udpIsFree(port: number, address: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind(port, address, () => socket.close(() => resolve(true)));
  });
}

function tcpIsFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}

/** A port on which neither UDP (on the address given) nor TCP is in use, and over which HTTP may be spoken. */
export async function freePort(address = '127.0.0.1'): Promise<number> {
  for (let tries = 0; tries < 200; tries += 1) {
    const port = FIRST + below(LAST - FIRST);
    if (isBlockedPort(port)) continue;
    if ((await tcpIsFree(port)) && (await udpIsFree(port, address))) return port;
  }
  throw new Error('no free port found on loopback');
}

let lastBlock = below(RTP_BLOCKS);

/** Free HTTP and SIP ports, and an RTP range that differs from the one before. */
export async function freePorts(): Promise<Ports> {
  lastBlock = (lastBlock + 1) % RTP_BLOCKS;
  const rtpFirst = RTP_FIRST + lastBlock * RTP_BLOCK;
  return { http: await freePort(), sip: await freePort(), rtpFirst, rtpLast: rtpFirst + RTP_BLOCK - 1 };
}
