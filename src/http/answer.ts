/** How the HTTP side answers: results as JSON, errors in the one shape. */
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { type ErrorBody, errorBody } from '../app/catalogue/error.js';
import { internalError } from '../app/catalogue/execute.js';
import type { Log } from '../app/ports.js';
import { type Refusal, refuse } from '../core/refusal.js';
import { HTTP_STATUS } from './status.js';

export function sendError(response: Response, error: ErrorBody, status = HTTP_STATUS[error.code]): void {
  const wait = error.details?.retryAfterSeconds;
  if (typeof wait === 'number') response.set('Retry-After', String(wait));
  if (status === 401) response.set('WWW-Authenticate', 'Bearer');
  response.status(status).json({ error });
}

export function sendRefusal(response: Response, refusal: Refusal, status?: number): void {
  sendError(response, errorBody(refusal), status);
}

export const nothingHere: RequestHandler = (_request, response) => {
  sendRefusal(response, refuse('notFound', 'There is nothing at this address.'));
};

/** What express and its body parser throw: their 4xx are the client's doing, the rest are faults. */
export function faultHandler(log: Log): ErrorRequestHandler {
  return (fault, request, response, next) => {
    if (response.headersSent) {
      next(fault);
      return;
    }
    const status = clientStatus(fault);
    if (status === null) {
      sendError(response, internalError(log, fault, { method: request.method, path: request.path }));
    } else {
      sendRefusal(response, refuse('invalidInput', CLIENT_FAULTS[status] ?? 'The request cannot be read.'), status);
    }
  };
}

const CLIENT_FAULTS: Readonly<Record<number, string>> = {
  400: 'The request is not well formed: its address cannot be decoded or its body is not JSON.',
  413: 'The body is larger than 256 kB.',
  415: 'The body must be JSON in UTF-8.',
};

function clientStatus(fault: unknown): number | null {
  if (typeof fault !== 'object' || fault === null || !('status' in fault)) return null;
  const { status } = fault;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : null;
}
