/** What the desktop weighs before anybody does anything: what its page names, compressed as it is sent. */
import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';

const BUILT = new URL('../../dist/web/', import.meta.url);
const MOST_KB = 300;

test(`the desktop needs at most ${MOST_KB} kB to show itself; phone and forms come when they are wanted`, async () => {
  const page = await readFile(new URL('index.html', BUILT), 'utf8');
  const files = [...page.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, file]) => file ?? '');
  expect(files.some((file) => file.endsWith('.css'))).toBe(true);
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(new URL(file, BUILT))).length));
  expect(sizes.reduce((sum, size) => sum + size, 0) / 1_000).toBeLessThan(MOST_KB);
  expect(files.filter((file) => /jssip/i.test(file))).toEqual([]);
});
