/**
 * What pages of this service may load, run and connect to (Content Security Policy), and the other headers that keep them apart from the
 * rest of the web. Only what is named here; the CRM's pages, which the desktop shows in a frame, come from the settings in force.
 */
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { IntegrationSettings } from '../app/integrations/settings.js';

export interface SecurityHeaderParts {
  readonly integrations: () => IntegrationSettings;
  /** Where pages may connect to besides this service. */
  readonly connectTo: readonly string[];
}

export function securityHeaders({ integrations, connectTo }: SecurityHeaderParts): RequestHandler {
  const frames = framedOrigins(integrations);
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        // No inline script, no eval; what other sites send cannot run here even if it got into a page.
        scriptSrc: ["'self'"],
        // The desktop's components and swagger-ui write style elements and attributes.
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        // Recordings are fetched with the login's token and played from memory.
        mediaSrc: ["'self'", 'blob:'],
        connectSrc: ["'self'", ...connectTo],
        frameSrc: [frames],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    // Often served without TLS inside a company; a proxy that adds TLS adds this too.
    strictTransportSecurity: false,
  });
}

/** Made anew only when the settings are others: every answer asks. */
function framedOrigins(integrations: () => IntegrationSettings): () => string {
  let settings: IntegrationSettings | null = null;
  let origins = '';
  return () => {
    const now = integrations();
    if (now === settings) return origins;
    settings = now;
    const pages = [now.crmUrl, ...now.crmQueueUrls.map(({ url }) => url)].filter((url) => url !== null);
    origins = [...new Set(pages.map((url) => new URL(url).origin))].join(' ') || "'none'";
    return origins;
  };
}
