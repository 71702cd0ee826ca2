/** The API's description and a page to try it, all files from here: nothing is fetched from elsewhere. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { Router, static as staticFiles } from 'express';

const ASSETS = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Ringmaster API</title>
<link rel="stylesheet" href="assets/swagger-ui.css">
<link rel="icon" href="assets/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="assets/swagger-ui-bundle.js"></script>
<script src="start.js"></script>
</body>
</html>
`;

const START = `SwaggerUIBundle({ url: '../v1/openapi.json', dom_id: '#swagger-ui', deepLinking: true, persistAuthorization: true });
`;

/** Mounted at `/api`. */
export function docsRouter(): Router {
  const router = Router({ strict: true });
  // Not made, nor is what makes it loaded, before somebody asks: a start after a crash must not wait for it.
  let document: string | null = null;
  router.get('/v1/openapi.json', async (_request, response) => {
    const { openApiDocument } = await import('./openapi.js');
    document ??= JSON.stringify(openApiDocument());
    response.type('json').send(document);
  });
  // The page's relative addresses need the slash.
  router.get('/docs', (_request, response) => response.redirect('docs/'));
  router.get('/docs/', (_request, response) => {
    response.type('html').send(PAGE);
  });
  router.get('/docs/start.js', (_request, response) => {
    response.type('js').send(START);
  });
  router.use('/docs/assets', staticFiles(ASSETS, { index: false, redirect: false, maxAge: '1h' }));
  return router;
}
