/**
 * Who works here: the login's token, kept so that a page that is loaded again goes on, and shared by all tabs of this browser. Logging
 * out in one tab logs all of them out; then another agent may log in on the same computer.
 *
 *   out ─logIn─► in ─logOut / token over─► out
 */
import i18next from 'i18next';
import { create } from 'zustand';
import type { Role } from '../../../src/app/directory.js';
import { CommandError, LINK_CODE } from '../link/command-error.js';
import { connect, disconnect } from '../link/link.js';
import { tellProblem } from '../parts/notices.js';
import { serverAddress } from './server-address.js';

const KEPT_AS = 'ringmaster.session';
/** Kept in its place, so that other tabs know why there is none any more. */
const LOGGED_OUT = '"loggedOut"';

interface Kept {
  readonly token: string;
  readonly agentId: string;
  readonly login: string;
  readonly role: Role;
}

export interface SessionStore {
  readonly session: Kept | null;
  /** Why the login page is shown though somebody was logged in. */
  readonly ended: 'sessionEnded' | 'loggedOutElsewhere' | null;
}

export const useSession = create<SessionStore>(() => ({ session: kept(), ended: null }));

/** Before the first draw: goes on where the page was, and follows the other tabs. */
export function startSession(): void {
  const { session } = useSession.getState();
  if (session !== null) open(session);
  window.addEventListener('storage', ({ key }) => (key === KEPT_AS || key === null) && follow());
  // A page that the browser had put by, and brings back by its button, was told nothing meanwhile.
  window.addEventListener('pageshow', ({ persisted }) => persisted && follow());
}

/** Another tab has logged in or out. The service may have told this one sooner that the token is over, but not why. */
function follow(): void {
  const { session, ended } = useSession.getState();
  if (kept()?.token !== session?.token || (ended === 'sessionEnded' && isLoggedOut())) becomeAsKept();
}

function becomeAsKept(): void {
  const now = kept();
  if (now !== null) open(now);
  else close(isLoggedOut() ? 'loggedOutElsewhere' : 'sessionEnded');
}

function isLoggedOut(): boolean {
  return localStorage.getItem(KEPT_AS) === LOGGED_OUT;
}

/**
 * One agent works in one browser: while another tab is somebody's, this one becomes theirs too, and says so.
 * @throws CommandError with the service's code, or `disconnected`
 */
export async function logIn(login: string, password: string): Promise<void> {
  const other = kept();
  if (other !== null) {
    open(other);
    tellProblem(() => i18next.t('otherWorksHere', { ns: 'session', login: other.login }));
    return;
  }
  const answer = await post('login', { login, password });
  const session: Kept = { token: answer.token, agentId: answer.agent?.id ?? '', login, role: answer.role };
  localStorage.setItem(KEPT_AS, JSON.stringify(session));
  open(session);
}

/** @throws CommandError `inCall` during a call: nothing has changed then */
export async function logOut(): Promise<void> {
  const { session } = useSession.getState();
  if (session === null) return;
  try {
    await post('logout', {}, session.token);
  } catch (error) {
    // The token is over already: that is what was wanted.
    if (!(error instanceof CommandError && error.code === 'unauthenticated')) throw error;
  }
  localStorage.setItem(KEPT_AS, LOGGED_OUT);
  close(null);
}

function open(session: Kept): void {
  useSession.setState({ session, ended: null });
  connect(serverAddress(), session.token, () => {
    // Another tab may have logged out, or even in again, already.
    if (kept()?.token === session.token) localStorage.removeItem(KEPT_AS);
    becomeAsKept();
  });
}

function close(ended: SessionStore['ended']): void {
  disconnect();
  useSession.setState({ session: null, ended });
}

function kept(): Kept | null {
  try {
    const found = JSON.parse(localStorage.getItem(KEPT_AS) ?? 'null') as Kept | null;
    return typeof found?.token === 'string' ? found : null;
  } catch {
    return null;
  }
}

interface LoginAnswer {
  readonly token: string;
  readonly role: Role;
  readonly agent: { readonly id: string } | null;
}

async function post(path: 'login' | 'logout', body: unknown, token?: string): Promise<LoginAnswer> {
  let response: Response;
  try {
    response = await fetch(new URL(`api/v1/${path}`, serverAddress()), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(body),
    });
  } catch {
    throw new CommandError(LINK_CODE.disconnected, 'The service cannot be reached.');
  }
  const answer = await response.json().catch(() => null);
  if (response.ok) return answer as LoginAnswer;
  const { code = LINK_CODE.unknown, message = response.statusText, details = {} } = answer?.error ?? {};
  throw new CommandError(code, message, details);
}
