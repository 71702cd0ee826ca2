// Copies what the build needs beside the compiled code: the live page.
import { cp } from 'node:fs/promises';

const root = new URL('../', import.meta.url);
await cp(new URL('web', root), new URL('dist/web', root), { recursive: true });
