/** How the desktop and the live page are served: what browsers keep, and what their pages may do. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import express from 'express';
import request from 'supertest';
import { INTEGRATION_DEFAULTS, type IntegrationSettings } from '../../src/app/integrations/settings.js';
import { pagesRouter } from '../../src/http/pages.js';
import { securityHeaders } from '../../src/http/security-headers.js';
import { type FakeService, startFakeService } from '../support/fake-service.js';

describe('what browsers keep', () => {
  const SCRIPT = `console.log(${JSON.stringify('x'.repeat(10_000))});`;
  let around: string;
  const app = express();

  beforeAll(async () => {
    around = await mkdtemp(join(tmpdir(), 'ringmaster-pages-'));
    const folder = join(around, 'web');
    await mkdir(join(folder, 'assets'), { recursive: true });
    await mkdir(join(folder, 'live'));
    await writeFile(join(around, 'secret.txt'), 'secret');
    await writeFile(join(folder, 'assets/index-Ab12_-9.js'), SCRIPT);
    for (const name of ['index.html', 'live/index.html']) await writeFile(join(folder, name), name);
    app.use(pagesRouter(folder));
  });
  afterAll(() => rm(around, { recursive: true }));

  test('the desktop and the live page are asked for each time, and answered in short when they are as before', async () => {
    for (const [path, page] of [
      ['/', 'index.html'],
      ['/live/', 'live/index.html'],
    ] as const) {
      const first = await request(app).get(path);
      expect([first.status, first.text, first.headers['cache-control']]).toEqual([200, page, 'no-cache']);
      const again = await request(app)
        .get(path)
        .set('If-None-Match', first.headers.etag ?? '');
      expect(again.status).toBe(304);
    }
    expect((await request(app).get('/live')).headers.location).toBe('/live/');
  });

  test('what has a digest in its name is kept for good, and is compressed for those who understand it', async () => {
    const path = '/assets/index-Ab12_-9.js';
    const plain = await request(app).get(path).set('Accept-Encoding', 'identity');
    const packed = await request(app)
      .get(path)
      .set('Accept-Encoding', 'gzip')
      .buffer(true)
      .parse((response, done) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => done(null, Buffer.concat(parts)));
      });
    for (const { status, headers } of [plain, packed]) {
      expect([status, headers['cache-control'], headers.vary]).toEqual([
        200,
        'public, max-age=31536000, immutable',
        'Accept-Encoding',
      ]);
      expect(headers['content-type']).toBe('text/javascript; charset=utf-8');
    }
    expect(plain.text).toBe(SCRIPT);
    expect(Number(packed.headers['content-length'])).toBeLessThan(500);
  });

  test.each(['/assets/gone-1234.js', '/..%2fsecret.txt', '/assets/..%2f..%2fsecret.txt', '/assets/'])(
    '%s is not there',
    async (path) => {
      const { status, text } = await request(app).get(path).set('Accept-Encoding', 'gzip');
      expect([403, 404]).toContain(status);
      expect(text).not.toBe('secret');
    },
  );
});

describe('what pages may do', () => {
  let service: FakeService;
  beforeEach(async () => {
    service = await startFakeService();
  });
  afterEach(() => service.close());

  const policy = async (path = '/') => {
    const { headers } = await request(service.url).get(path);
    const parts = String(headers['content-security-policy']).split(';');
    return Object.fromEntries(parts.map((part) => [part.split(' ')[0], part.split(' ').slice(1).join(' ')]));
  };

  test('no script but our own, no frame, nothing from elsewhere; recordings are played from memory', async () => {
    expect(await policy()).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self' 'unsafe-inline'",
      'img-src': "'self' data:",
      'font-src': "'self'",
      'media-src': "'self' blob:",
      'connect-src': "'self'",
      'frame-src': "'none'",
      'form-action': "'self'",
      'base-uri': "'none'",
      'frame-ancestors': "'none'",
    });
  });

  test('a frame shows the pages of the CRM, of the centre and of single queues, from when they are set on', async () => {
    const saved: IntegrationSettings = {
      ...INTEGRATION_DEFAULTS,
      crmUrl: 'https://crm.example.com/clients?phone={caller.number}',
      crmQueueUrls: [
        { queueId: 'sales', url: 'http://crm.local:8443/{queue.id}' },
        { queueId: 'service', url: null },
      ],
    };
    await service.application.outside.settings.save(saved, { by: 'admin', at: 1 });
    expect((await policy('/live/'))['frame-src']).toBe('https://crm.example.com http://crm.local:8443');
    await service.application.outside.settings.save(INTEGRATION_DEFAULTS, { by: 'admin', at: 2 });
    expect((await policy())['frame-src']).toBe("'none'");
  });

  test('a phone whose server is elsewhere may be reached', async () => {
    const app = express();
    app.use(securityHeaders({ integrations: () => INTEGRATION_DEFAULTS, connectTo: ['wss://pbx.example.com:8089'] }));
    app.use((_request, response) => void response.json({}));
    const { headers } = await request(app).get('/');
    expect(headers['content-security-policy']).toContain("connect-src 'self' wss://pbx.example.com:8089;");
  });
});
