/**
 * Passwords as scrypt hashes that carry their own parameters, so that these can be raised later without losing the old hashes.
 * At most two are computed at once: scrypt occupies threads that the database needs too.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** 32 MB and some tens of milliseconds for each guess. */
const LOG_N = 15;
const BLOCK_SIZE = 8;
const PARALLEL = 1;
const KEY_BYTES = 32;
const FORMAT = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/;

const AT_ONCE = 2;
let running = 0;
const queue: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => queue.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    // The place is handed on without being given up, or a newcomer could slip in between.
    const next = queue.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

function derive(password: string, salt: Buffer, bytes: number, options: ScryptOptions): Promise<Buffer> {
  return inTurn(
    () =>
      new Promise((resolve, reject) => {
        scrypt(password.normalize('NFKC'), salt, bytes, options, (error, key) =>
          error === null ? resolve(key) : reject(error),
        );
      }),
  );
}

function cost(logN: number, r: number, p: number): ScryptOptions {
  const N = 2 ** logN;
  return { N, r, p, maxmem: 256 * N * r };
}

/** How many password checks wait for their turn. */
export function waitingPasswordChecks(): number {
  return queue.length;
}

/** `$scrypt$ln=…,r=…,p=…$salt$hash`, as a configuration store keeps it. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, KEY_BYTES, cost(LOG_N, BLOCK_SIZE, PARALLEL));
  return `$scrypt$ln=${LOG_N},r=${BLOCK_SIZE},p=${PARALLEL}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/** False for a wrong password and for a hash that is none. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [, logN, r, p, salt, key] = FORMAT.exec(hash) ?? [];
  if (salt === undefined || key === undefined) return false;
  const wanted = Buffer.from(key, 'base64url');
  const options = cost(Number(logN), Number(r), Number(p));
  const actual = await derive(password, Buffer.from(salt, 'base64url'), wanted.length, options);
  return timingSafeEqual(actual, wanted);
}

/** Takes as long as a real check; used where the login does not exist, so that the time does not tell. */
export async function verifyNothing(password: string): Promise<false> {
  await derive(password, Buffer.alloc(16), KEY_BYTES, cost(LOG_N, BLOCK_SIZE, PARALLEL));
  return false;
}
