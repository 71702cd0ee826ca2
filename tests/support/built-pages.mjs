// Before tests that need the pages: the pages are built, unless what was built last is newer than all it is made of.
import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const BUILT = join(root, 'dist/web/index.html');
const SOURCES = ['web', 'vite.config.ts', 'package-lock.json'];

function changed(path) {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  return Math.max(found.mtimeMs, ...readdirSync(path).map((name) => changed(join(path, name))));
}

export default function build() {
  const built = changed(BUILT);
  if (built > 0 && SOURCES.every((name) => changed(join(root, name)) <= built)) return;
  // Jest says `test` here, which would build them for development.
  const env = { ...process.env, NODE_ENV: 'production' };
  const { status } = spawnSync('npm', ['run', '--silent', 'build:web'], { cwd: root, env, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new Error('the pages could not be built (see above): npm run build:web');
}
