/** The command catalogue as REST: each entry under its own method and path. */
import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { catalogue } from '../app/catalogue/catalogue.js';
import type { Command } from '../app/catalogue/command.js';
import type { Execute } from '../app/catalogue/execute.js';
import type { Authenticated, Login } from '../app/login.js';
import { isRefusal, type Refusal, refuse } from '../core/refusal.js';
import { sendError, sendRefusal } from './answer.js';

export interface RestParts {
  readonly login: Login;
  readonly execute: Execute;
}

export function restRouter({ login, execute }: RestParts): Router {
  const router = Router({ caseSensitive: true });
  for (const entry of catalogue.values()) {
    router[entry.rest.method](expressPath(entry.rest.path), async (request, response) => {
      const known = await authenticated(login, request, response);
      if (known === null) return;
      const input = inputOf(entry, request);
      if (isRefusal(input)) {
        sendRefusal(response, input);
        return;
      }
      const outcome = await execute(known.viewer, entry.name, input);
      if (outcome.ok) response.json(outcome.result);
      else sendError(response, outcome.error);
    });
  }
  return router;
}

/** The login behind `Authorization: Bearer …`, or null after a 401 was sent. */
export async function authenticated(login: Login, request: Request, response: Response): Promise<Authenticated | null> {
  const known = await login.authenticate(bearer(request));
  if (known === null)
    sendRefusal(response, refuse('unauthenticated', 'Log in first: the token is missing or no longer good.'));
  return known;
}

export function bearer(request: Request): string | null {
  return /^Bearer ([^ ]{1,200})$/i.exec(request.get('authorization') ?? '')?.[1] ?? null;
}

/** `/calls/{callId}` as express writes it. */
function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ':$1');
}

/** Path fields, then the query of a reading or removing request, else the body. */
function inputOf(entry: Command, request: Request): Record<string, unknown> | Refusal {
  const bodied = entry.rest.method === 'post' || entry.rest.method === 'put';
  const rest = bodied ? bodyOf(request) : queryOf(entry, request);
  if (isRefusal(rest)) return rest;
  for (const [name, value] of Object.entries(request.params)) {
    if (Object.hasOwn(rest, name) && rest[name] !== value) {
      return refuse('invalidInput', `The body's ${name} is not the one in the address.`);
    }
  }
  return { ...rest, ...request.params };
}

function bodyOf(request: Request): Record<string, unknown> | Refusal {
  const body: unknown = request.body ?? {};
  if (!isPlainObject(body)) return refuse('invalidInput', 'The body must be a JSON object.');
  // The door tells results from refusals by this name; no command has such a field.
  return Object.hasOwn(body, 'refused') ? refuse('invalidInput', 'There is no field "refused".') : body;
}

/** Everything in a query is text; where the schema wants a number, digits become one. */
export function queryOf(entry: Pick<Command, 'input'>, request: Request): Record<string, unknown> | Refusal {
  const fields: Record<string, unknown> = {};
  for (const [name, value] of new URLSearchParams(queryText(request))) {
    if (Object.hasOwn(fields, name)) return refuse('invalidInput', 'A field is given twice.');
    const schema = Object.hasOwn(entry.input.shape, name) ? entry.input.shape[name] : undefined;
    const number = schema !== undefined && wantsNumber(schema) && /^-?\d{1,16}$/.test(value);
    Object.defineProperty(fields, name, { value: number ? Number(value) : value, enumerable: true });
  }
  return Object.hasOwn(fields, 'refused') ? refuse('invalidInput', 'There is no field "refused".') : fields;
}

/** The query as it came: express's own parser is off. */
export function queryText(request: Request): string {
  const start = request.originalUrl.indexOf('?');
  return start === -1 ? '' : request.originalUrl.slice(start + 1);
}

function wantsNumber(schema: unknown): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault) return wantsNumber(schema.unwrap());
  return schema instanceof z.ZodNumber;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
