/**
 * What becomes of commands while nothing can be written. New ones that need the database are refused at once. On a conversation that
 * is there, what rings nobody goes on: it is done after a second, and written when the database is back. A command that was begun
 * before anybody knew is answered after a while: it is not confirmed, and not undone.
 */
import { type Refusal, refuse } from '../core/refusal.js';
import type { Application } from './application.js';

export const DATABASE_AWAY: Refusal = refuse(
  'databaseUnavailable',
  'The database cannot be written to at the moment; try again later.',
);

const UNWRITTEN: Refusal = refuse(
  'databaseUnavailable',
  'It was begun, but cannot be written yet: it will be when the database is back.',
  { pending: true },
);

/** A little more than it takes to know that the database is away. */
const LONGEST_MS = 2_500;

const ON_LIVE_CALLS: ReadonlySet<string> = new Set([
  'call.hangUp',
  'call.end',
  'call.mute',
  'call.unmute',
  'call.hold',
  'call.resume',
  'call.swap',
  'call.complete',
  'call.conference',
  'call.removeParty',
  'call.muteParty',
  'call.unmuteParty',
  // Nothing of it is written, and a page that was reloaded needs it to hang up.
  'phone.credentials',
]);

/** Is it done although it cannot be written at once? */
export function goesOnUnwritten(command: string): boolean {
  return ON_LIVE_CALLS.has(command);
}

export function isDatabaseAway(application: Application): boolean {
  return application.health().database !== 'ready';
}

/** The result, or the word that it is not written while the database is away. */
export async function orUnwritten<T>(running: Promise<T>, application: Application): Promise<T | Refusal> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Refusal>((resolve) => {
    timer = setInterval(() => isDatabaseAway(application) && resolve(UNWRITTEN), LONGEST_MS);
  });
  // Should it fail after it was answered, nobody hears of it any more.
  running.catch(() => undefined);
  try {
    return await Promise.race([running, late]);
  } finally {
    clearInterval(timer);
  }
}

const CODES: ReadonlySet<unknown> = new Set([
  'databaseUnavailable',
  // SQLite: locked by another program, the disk is full or gone.
  'SQLITE_BUSY',
  'SQLITE_FULL',
  'SQLITE_IOERR',
  'SQLITE_READONLY',
  'SQLITE_CANTOPEN',
  // PostgreSQL: not reached, or reached and ended.
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);
/** PostgreSQL: connection lost, no room, ended by the administrator, no lock in time. */
const CLASSES = /^(08...|53...|57P..|55P03|57014)$/;

/** Does the fault come from a database that is away, rather than from ourselves? */
export function isDatabaseFault(fault: unknown): boolean {
  if (!(fault instanceof Error)) return false;
  if (fault.name === 'KnexTimeoutError' || fault.message.includes('Connection terminated')) return true;
  const code: unknown = Reflect.get(fault, 'code');
  // PostgreSQL's socket may be a file, which goes with the server.
  if (code === 'ENOENT' && Reflect.get(fault, 'syscall') === 'connect') return true;
  return CODES.has(code) || (typeof code === 'string' && CLASSES.test(code));
}
