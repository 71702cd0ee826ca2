/**
 * The desktop at `/` and the live page at `/live/`, as the build has left them. Files under `assets/` have a digest of their contents in
 * their names, so browsers keep them for good, and they are sent compressed; everything else is asked for anew each time, so that the
 * pages of a new version are there at the next look.
 */
import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import express, { type RequestHandler, Router } from 'express';

/** Where the build puts the desktop and the live page; run from the sources, the service serves what was built last. */
const WEB = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../../dist/web' : '../web', import.meta.url));
const FOR_GOOD = 'public, max-age=31536000, immutable';
const NAME = /^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,200}$/;

export function pagesRouter(folder = WEB): Router {
  const router = Router({ caseSensitive: true });
  router.get('/assets/:name', compressed(join(folder, 'assets')));
  router.use('/assets', express.static(join(folder, 'assets'), { setHeaders: (response) => keep(response, FOR_GOOD) }));
  // `no-cache` is to be asked again, not to be forgotten: what has not changed is answered with 304.
  router.use(express.static(folder, { setHeaders: (response) => keep(response, 'no-cache') }));
  return router;
}

function keep(response: { setHeader(name: string, value: string): unknown }, rule: string): void {
  response.setHeader('Cache-Control', rule);
}

/** Each file is compressed once. Kept are only files that are there: as many as the build has made. */
function compressed(folder: string): RequestHandler {
  const known = new Map<string, Promise<Buffer>>();
  const pack = promisify(gzip);
  return async (request, response, next) => {
    const name = String(request.params.name);
    response.vary('Accept-Encoding');
    if (!NAME.test(name) || !/\bgzip\b/.test(request.get('accept-encoding') ?? '') || request.get('range'))
      return next();
    let packed = known.get(name);
    if (packed === undefined) {
      packed = readFile(join(folder, name)).then((file) => pack(file));
      known.set(name, packed);
    }
    const body = await packed.catch(() => null);
    if (body === null) {
      known.delete(name);
      return next();
    }
    keep(response, FOR_GOOD);
    response.type(extname(name)).set('Content-Encoding', 'gzip').send(body);
  };
}
