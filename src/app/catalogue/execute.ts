/** Runs a command of the catalogue for a viewer: the one way in for every door. */
import { randomUUID } from 'node:crypto';
import { isRefusal, type Refusal, refuse } from '../../core/refusal.js';
import type { Application, MessageOperations, Viewer } from '../application.js';
import { DATABASE_AWAY, goesOnUnwritten, isDatabaseAway, isDatabaseFault, orUnwritten } from '../database-away.js';
import type { Log } from '../ports.js';
import { type Catalogue, catalogue as everything } from './catalogue.js';
import { mayAct, type OpenLogins } from './command.js';
import { configurationChange } from './configuration-log.js';
import { type ErrorBody, type ErrorCode, errorBody, invalidInput } from './error.js';

export type Outcome =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: ErrorBody };

/** Runs one command; never throws and never rejects. */
export type Execute = (viewer: Viewer, name: string, input: unknown) => Promise<Outcome>;

export interface ExecutorParts {
  readonly application: Application;
  readonly messages: MessageOperations;
  readonly logins: OpenLogins;
  readonly log: Log;
  readonly catalogue?: Catalogue;
  /** Told of every command that ended; `name` is `unknown` for names outside the catalogue. */
  readonly observe?: (name: string, code: 'ok' | ErrorCode, seconds: number) => void;
}

export function createExecutor(parts: ExecutorParts): Execute {
  const catalogue = parts.catalogue ?? everything;
  return async (viewer, name, input) => {
    const startedAt = performance.now();
    const outcome = await attempt(parts, catalogue, viewer, name, input);
    const known = catalogue.has(name) ? name : 'unknown';
    parts.observe?.(known, outcome.ok ? 'ok' : outcome.error.code, (performance.now() - startedAt) / 1000);
    return outcome;
  };
}

async function attempt(
  { application, messages, logins, log }: ExecutorParts,
  catalogue: Catalogue,
  viewer: Viewer,
  name: string,
  input: unknown,
): Promise<Outcome> {
  const entry = catalogue.get(name);
  if (entry === undefined) return refused(refuse('notFound', 'There is no such command.'));
  if (!mayAct(viewer.role, entry.role)) {
    return refused(refuse('forbidden', `This needs the role ${entry.role}.`, { role: entry.role }));
  }
  const writes = entry.rest.method !== 'get';
  if (writes && !goesOnUnwritten(name) && isDatabaseAway(application)) return refused(DATABASE_AWAY);
  try {
    const prepared = entry.prepare(input);
    if (!prepared.valid) return refused(invalidInput(prepared.issues));
    const before = application.configuration();
    const running = prepared.run({ viewer, application, messages, logins });
    const result = await (writes ? orUnwritten(running, application) : running);
    if (isRefusal(result)) return refused(result);
    const noted = configurationChange(entry, input, before, application.configuration());
    const deed = { by: viewer.agentId, at: application.now() };
    if (noted !== null) await application.addressBook.changes.note(deed, noted);
    return { ok: true, result };
  } catch (fault) {
    return { ok: false, error: internalError(log, fault, { command: name, agentId: viewer.agentId }) };
  }
}

function refused(refusal: Refusal): Outcome {
  return { ok: false, error: errorBody(refusal) };
}

/** Writes the fault to the log under an id; the client is told only the id. */
export function internalError(log: Log, fault: unknown, where: object): ErrorBody {
  if (isDatabaseFault(fault)) {
    log.warn({ ...where, error: String(fault) }, 'The database would not do what a client asked');
    return errorBody(DATABASE_AWAY);
  }
  const id = randomUUID();
  log.error({ ...where, faultId: id, err: fault }, 'A fault while serving a client');
  return { code: 'internal', message: 'The service failed here; its log says why.', details: { faultId: id } };
}
