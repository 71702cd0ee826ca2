/**
 * Logging in with login and password, for a token that later requests carry. Tokens are random and opaque; only their hash is
 * stored, so that a stolen database opens nothing. A login also starts the agent's session unless asked not to.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { AgentId, Instant } from '../core/call/state.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import type { Application, Viewer } from './application.js';
import type { OpenLogins } from './catalogue/command.js';
import { DATABASE_AWAY, isDatabaseAway, orUnwritten } from './database-away.js';
import { accountOf } from './login/accounts.js';
import { type Attempts, countAttempts } from './login/attempts.js';
import type { CredentialStore } from './login/credential-store.js';
import { hashPassword, verifyNothing, verifyPassword, waitingPasswordChecks } from './login/password.js';
import type { Log } from './ports.js';
import type { AgentView } from './view.js';

export interface LoginRequest {
  /** `user`, `user@domain` or `DOMAIN\user`. */
  readonly login: string;
  readonly password: string;
  /** False: only look; the agent's session is not touched. */
  readonly session: boolean;
}

export interface LoginResult {
  readonly token: string;
  readonly expiresAt: Instant;
  readonly role: Viewer['role'];
  readonly agent: AgentView | null;
}

/** A viewer and the token (as hash) that proves it. */
export interface Authenticated {
  readonly viewer: Viewer;
  readonly tokenHash: string;
}

export interface Revocation {
  /** One token, or all of an agent's. */
  readonly tokenHash?: string;
  readonly agentId?: AgentId;
}

export interface Login extends OpenLogins {
  logIn(request: LoginRequest): Promise<LoginResult | Refusal>;
  /** Ends the agent's session, unless `session` is false, then the token. Refused with `inCall` during a call; the token then stays. */
  logOut(authenticated: Authenticated, session: boolean): Promise<{ readonly loggedOut: true } | Refusal>;
  /** Null for a token that is unknown, revoked or expired, or whose account is gone or disabled. */
  authenticate(token: unknown): Promise<Authenticated | null>;
  /** The same for a token already seen: still good, and still the same role? */
  stillGood(authenticated: Authenticated): Promise<boolean>;
  /** Tells of logins that ended in this process. Returns the way to stop listening. */
  onRevoked(listener: (revoked: Revocation) => void): () => void;
}

export interface LoginParts {
  readonly application: Application;
  readonly credentials: CredentialStore;
  readonly log: Log;
  readonly tokenTtlMs?: number;
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/;
const DEFAULT_TTL_MS = 12 * 3_600_000;
/** More logins than this in line means a flood; each waits for its turn at a deliberately slow hash. */
const MOST_WAITING = 500;

export function createLogin(parts: LoginParts): Login {
  const { application, credentials, log } = parts;
  const attempts = countAttempts();
  const listeners = new Set<(revoked: Revocation) => void>();
  const tell = (revoked: Revocation) => {
    for (const listener of listeners) listener(revoked);
  };
  const authenticateHash = async (tokenHash: string): Promise<Authenticated | null> => {
    const owner = await credentials.tokenOwner(tokenHash, application.now());
    const viewer = owner === null ? null : viewerOf(application, owner);
    return viewer === null ? null : { viewer: { ...viewer, tokenHash }, tokenHash };
  };
  return {
    async logIn(request) {
      if (isDatabaseAway(application)) return DATABASE_AWAY;
      const viewer = await checkPassword(parts, attempts, request);
      if (isRefusal(viewer)) return viewer;
      const result = await orUnwritten(openLogin(parts, viewer, request.session), application);
      if (!isRefusal(result)) log.info({ agentId: viewer.agentId, session: request.session }, 'Logged in');
      return result;
    },
    async logOut({ viewer, tokenHash }, session) {
      if (isDatabaseAway(application)) return DATABASE_AWAY;
      const ended = session ? await application.agents.logOut(viewer.agentId) : null;
      if (isRefusal(ended) && ended.refused !== 'notLoggedIn') return ended;
      await credentials.removeToken(tokenHash);
      tell({ tokenHash });
      return { loggedOut: true };
    },
    async authenticate(token) {
      return typeof token === 'string' && TOKEN.test(token) ? authenticateHash(hashToken(token)) : null;
    },
    async stillGood({ viewer, tokenHash }) {
      const now = await authenticateHash(tokenHash);
      return now !== null && now.viewer.agentId === viewer.agentId && now.viewer.role === viewer.role;
    },
    async setPin(agentId, pin) {
      await credentials.savePinHash(agentId, pin === null ? null : await hashPassword(pin));
    },
    async revokeAll(agentId) {
      await credentials.removeTokensOf(agentId);
      tell({ agentId });
    },
    onRevoked(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** Null for an account that is gone or disabled. */
function viewerOf(application: Application, agentId: AgentId): Viewer | null {
  const account = accountOf(application.configuration(), agentId);
  return account === null || account.disabled ? null : { agentId, role: account.role };
}

/** The same answer after the same time, whether the login is unknown, disabled, or the password wrong: nobody learns who exists. */
async function checkPassword(
  { application, credentials }: LoginParts,
  attempts: Attempts,
  { login, password }: LoginRequest,
): Promise<Viewer | Refusal> {
  const waitMs = attempts.begin(login, application.now());
  if (waitMs !== null || waitingPasswordChecks() > MOST_WAITING) return tooManyAttempts(waitMs ?? 1_000);
  const stored = await credentials.passwordHash(login);
  const right = stored === null ? await verifyNothing(password) : await verifyPassword(password, stored.hash);
  const viewer = stored !== null && right ? viewerOf(application, stored.agentId) : null;
  if (viewer === null) return refuse('wrongCredentials', 'The login or the password is wrong.');
  attempts.succeeded(login);
  return viewer;
}

async function openLogin(parts: LoginParts, viewer: Viewer, session: boolean): Promise<LoginResult | Refusal> {
  const { application, credentials, tokenTtlMs = DEFAULT_TTL_MS } = parts;
  const token = randomBytes(32).toString('base64url');
  const now = application.now();
  const expiresAt = now + tokenTtlMs;
  await credentials.saveToken(hashToken(token), viewer.agentId, now, expiresAt);
  const agent = session ? await startSession(application, viewer.agentId) : application.views.agent(viewer.agentId);
  if (!isRefusal(agent)) return { token, expiresAt, role: viewer.role, agent };
  await credentials.removeToken(hashToken(token));
  return agent;
}

/** An agent already logged in (from a phone, or another window) simply goes on. */
async function startSession(application: Application, agentId: AgentId): Promise<AgentView | Refusal | null> {
  const started = await application.agents.logIn(agentId);
  if (isRefusal(started) && started.refused === 'alreadyLoggedIn') return application.views.agent(agentId);
  return started;
}

export function tooManyAttempts(waitMs: number): Refusal {
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return refuse('tooManyAttempts', `Too many attempts; try again in ${retryAfterSeconds} s.`, { retryAfterSeconds });
}

/** Tokens are random enough that a plain hash protects them. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
