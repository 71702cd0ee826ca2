/** The HTTP side: REST, its description, health, metrics, the desktop and the live page. Socket.IO is attached to the same server elsewhere. */
import { createServer, type Server } from 'node:http';
import express, { type Express } from 'express';
import type { Application, MessageOperations } from '../app/application.js';
import type { Execute } from '../app/catalogue/execute.js';
import type { Login } from '../app/login.js';
import type { Log } from '../app/ports.js';
import type { SoundFiles } from '../app/sound-files.js';
import { faultHandler, nothingHere } from './answer.js';
import { contactFilesRouter } from './contact-files.js';
import { docsRouter } from './docs.js';
import { historyExportRouter } from './history-export.js';
import { messageRouter } from './messages.js';
import type { Metrics } from './metrics.js';
import { operationsRouter } from './operations.js';
import { pagesRouter } from './pages.js';
import { recordingRouter } from './recordings.js';
import { restRouter } from './rest.js';
import { securityHeaders } from './security-headers.js';
import { sessionRouter } from './session.js';
import { voicemailRouter } from './voicemail.js';

export interface HttpServerParts {
  readonly application: Application;
  readonly login: Login;
  readonly execute: Execute;
  readonly messages: MessageOperations;
  readonly files: SoundFiles;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly metricsToken?: string | undefined;
  /** Failed logins that one address may try in a minute. */
  readonly loginsPerMinute?: number;
  /** Where pages may connect to besides this service. */
  readonly connectTo?: readonly string[];
}

/** The caller listens and closes. */
export function createHttpServer(parts: HttpServerParts): { readonly app: Express; readonly server: Server } {
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', false);
  // A proxy on this machine (it adds TLS) may say for whom it asks; nobody else may.
  app.set('trust proxy', 'loopback');
  const integrations = () => parts.application.outside.settings.get();
  app.use(securityHeaders({ integrations, connectTo: parts.connectTo ?? [] }));
  app.use(operationsRouter(parts));
  app.use('/api', (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.use('/api', docsRouter());
  // Before the reading of JSON: what is uploaded is none.
  app.use('/api/v1', messageRouter(parts));
  app.use('/api/v1', contactFilesRouter(parts));
  // Whatever its declared type, a body is read as JSON: it is nothing else, and curl needs no header then.
  app.use('/api/v1', express.json({ limit: '256kb', type: () => true }));
  app.use('/api/v1', sessionRouter(parts.login, parts.loginsPerMinute));
  app.use('/api/v1', historyExportRouter(parts));
  app.use('/api/v1', recordingRouter(parts));
  app.use('/api/v1', voicemailRouter(parts));
  app.use('/api/v1', restRouter(parts));
  app.use(pagesRouter());
  app.use(nothingHere);
  app.use(faultHandler(parts.log));
  const server = createServer(app);
  // Slow or idle clients must not hold sockets: shorter than Node's five minutes.
  server.requestTimeout = 30_000;
  server.headersTimeout = 10_000;
  return { app, server };
}
