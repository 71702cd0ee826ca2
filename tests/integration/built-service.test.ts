/** The service as it is built for installations: it finds everything that lies beside it, in few files as in many. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { projectRoot } from '../../lab/install.js';
import { freePort } from '../../lab/ports.js';
import { buildService } from '../../lab/service-build.js';

const LIMIT_MS = 120_000;
let folder: string;
let service: ChildProcess;
let url: string;
let output = '';

beforeAll(async () => {
  await mkdir(join(projectRoot, 'var'), { recursive: true });
  // Within the project: it has packages that are not built into it.
  folder = await mkdtemp(join(projectRoot, 'var/built-'));
  await mkdir(join(folder, 'web'));
  await writeFile(join(folder, 'web/index.html'), 'the desktop');
  const main = await buildService(join(folder, 'service'));
  url = `http://127.0.0.1:${await freePort()}`;
  service = spawn(process.execPath, [main], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      RINGMASTER_CONFIG: '',
      ARI_URL: `http://127.0.0.1:${await freePort()}`,
      ARI_USERNAME: 'nobody',
      ARI_PASSWORD: 'nothing',
      DATABASE_URL: `sqlite:${join(folder, 'built.sqlite')}`,
      HTTP_HOST: '127.0.0.1',
      HTTP_PORT: new URL(url).port,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  await ready();
}, LIMIT_MS);

afterAll(async () => {
  if (service.exitCode === null) service.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

async function ready(): Promise<void> {
  const ended = once(service, 'exit');
  for (const stream of [service.stdout, service.stderr]) stream?.on('data', (data) => (output += String(data)));
  while (!output.includes('"msg":"ready"')) {
    await Promise.race([once(service.stdout ?? service, 'data'), ended]);
    if (service.exitCode !== null) throw new Error(`The service ended: ${output}`);
  }
}

test.each([
  ['the desktop', '/', 'the desktop'],
  ['the page to try the API', '/api/docs/', 'swagger-ui'],
  ['what that page loads', '/api/docs/assets/swagger-ui.css', '.swagger-ui'],
  ['the description of the API', '/api/v1/openapi.json', '"openapi":"3.1.0"'],
  ['the client of Socket.IO', '/socket.io/socket.io.js', 'Socket.IO'],
])('it serves %s', async (_what, path, contained) => {
  const response = await fetch(`${url}${path}`);
  expect(response.status).toBe(200);
  expect((await response.text()).includes(contained)).toBe(true);
});

test('its watchdog runs from its own file', async () => {
  const { pid } = service;
  const children = (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ');
  const commands = await Promise.all(children.map((child) => readFile(`/proc/${child}/cmdline`, 'utf8')));
  expect(commands.map((command) => command.split('\0')[1])).toEqual([join(folder, 'service/watchdog.js')]);
});

test('it ends when it is asked to', async () => {
  const ended = once(service, 'exit');
  service.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
});
