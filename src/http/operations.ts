/** What those who run the service look at: is it alive, is it ready, what does it count. */
import { timingSafeEqual } from 'node:crypto';
import { Router } from 'express';
import type { Application } from '../app/application.js';
import { hashToken } from '../app/login.js';
import { refuse } from '../core/refusal.js';
import { sendRefusal } from './answer.js';
import type { Metrics } from './metrics.js';
import { bearer } from './rest.js';

export interface OperationsParts {
  readonly application: Application;
  readonly metrics: Metrics;
  /** If set, /metrics asks for it. */
  readonly metricsToken?: string | undefined;
}

export function operationsRouter({ application, metrics, metricsToken }: OperationsParts): Router {
  const router = Router();
  router.get('/health/live', (_request, response) => {
    response.json({ live: true });
  });
  router.get('/health/ready', (_request, response) => {
    const { asterisk, database, problems } = application.health();
    const reasons = [
      ...(asterisk === 'connected' ? [] : [`Asterisk is ${asterisk}.`]),
      ...(database === 'ready' ? [] : ['The database is unavailable.']),
    ];
    const ready = reasons.length === 0;
    response.status(ready ? 200 : 503).json({ ready, asterisk, database, reasons, problems });
  });
  router.get('/metrics', async (request, response) => {
    if (metricsToken !== undefined && !sameSecret(bearer(request) ?? '', metricsToken)) {
      sendRefusal(response, refuse('unauthenticated', 'The metrics token is missing or wrong.'));
      return;
    }
    const { contentType, text } = await metrics.read();
    response.type(contentType).send(text);
  });
  return router;
}

/** Hashed first: the comparison needs equal lengths, and must not tell the secret's length by its time. */
function sameSecret(given: string, wanted: string): boolean {
  return timingSafeEqual(Buffer.from(hashToken(given)), Buffer.from(hashToken(wanted)));
}
