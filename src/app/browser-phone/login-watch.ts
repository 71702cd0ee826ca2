/** Phones in browsers end with the login that asked for them: at once where it is ended, within a minute where it expires. */

import type { Application } from '../application.js';
import { accountOf } from '../login/accounts.js';
import type { Login } from '../login.js';
import type { Log } from '../ports.js';
import type { BrowserPhones } from './browser-phones.js';

const RECHECK_MS = 60_000;

export interface LoginWatchParts {
  readonly login: Pick<Login, 'onRevoked' | 'stillGood'>;
  readonly phones: Pick<BrowserPhones, 'holders' | 'loginEnded'>;
  readonly application: Pick<Application, 'configuration'>;
  readonly log: Log;
  readonly recheckMs?: number;
}

/** Returns the way to stop. */
export function endPhonesWithLogins(parts: LoginWatchParts): () => void {
  const { login, phones, log } = parts;
  const stopListening = login.onRevoked((ended) => phones.loginEnded(ended));
  const recheck = setInterval(() => {
    check(parts).catch((err: unknown) => log.warn({ err }, 'The logins of phones could not be looked up again'));
  }, parts.recheckMs ?? RECHECK_MS);
  recheck.unref();
  return () => {
    stopListening();
    clearInterval(recheck);
  };
}

async function check({ login, phones, application }: LoginWatchParts): Promise<void> {
  for (const { agentId, tokenHash } of phones.holders()) {
    const role = accountOf(application.configuration(), agentId)?.role;
    if (tokenHash === null) continue;
    const good = role !== undefined && (await login.stillGood({ viewer: { agentId, role }, tokenHash }));
    if (!good) phones.loginEnded({ tokenHash });
  }
}
