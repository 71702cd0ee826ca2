// A short run of scripts/chaos belongs to the tests: live calls, faults, and nobody lost or left in silence.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { projectRoot } from '../../lab/install.js';

const LIMIT_MS = 170_000;

jest.setTimeout(LIMIT_MS + 10_000);

test('kill -9, a cut connection, a locked database, a second controller: no customer is lost or hears nothing for 2 s', async () => {
  const child = spawn(join(projectRoot, 'scripts/chaos'), ['--quick', '--seed', '4'], {
    cwd: projectRoot,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (data: Buffer) => {
      output += data.toString();
    });
  }
  const [code] = await once(child, 'close');
  // The whole report, should it fail.
  expect({ code, output }).toEqual({ code: 0, output: expect.stringMatching(/customers lost +0\n/) });
});
