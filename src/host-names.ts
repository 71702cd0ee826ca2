/**
 * Do the names resolve that Asterisk looks up for every SDP (the machine's own host name, then A.ROOT-SERVERS.NET)? Where no DNS
 * answers, each look-up holds one of Asterisk's SIP threads for seconds and calls fail with idle processors. A quick "no such name"
 * does no harm.
 */
import { lookup } from 'node:dns/promises';
import { hostname } from 'node:os';
import type { Log } from './app/ports.js';

/** Slower than this, calls are set up late. */
const SLOW_MS = 250;

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** Looks while the service starts: callers need not wait for a name server. The answer fills with what is found. */
export function watchHostNames(ariUrl: string, log: Log): readonly string[] {
  const problems: string[] = [];
  void hostNameProblems(ariUrl).then((found) => {
    problems.push(...found);
    for (const problem of found) log.warn({}, problem);
  });
  return problems;
}

/** Sentences for the administrator; empty when all is well, or when Asterisk runs on another machine, which cannot be asked. */
export async function hostNameProblems(ariUrl: string): Promise<readonly string[]> {
  if (!LOOPBACK.has(new URL(ariUrl).hostname)) return [];
  const names = [hostname(), 'A.ROOT-SERVERS.NET'];
  const slow = await Promise.all(names.map(async (name) => ((await isSlow(name)) ? name : null)));
  return slow
    .filter((name) => name !== null)
    .map(
      (name) =>
        `The name ${name} does not resolve within ${SLOW_MS} ms on this machine. Asterisk looks it up for every call and may stall: ` +
        'put it into /etc/hosts, or give the endpoints a media_address and bind_rtp_to_media_address=yes.',
    );
}

async function isSlow(name: string): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(true), SLOW_MS);
  });
  const answered = lookup(name).then(
    () => false,
    () => false,
  );
  const slow = await Promise.race([answered, late]);
  clearTimeout(timer);
  return slow;
}
