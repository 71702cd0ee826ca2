// Finds (or has scripts/lab fetch) the Asterisk and SIPp that the lab runs.
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The work tree's folder. */
export const projectRoot = fileURLToPath(new URL('..', import.meta.url));

/** What `scripts/lab fetch` says about the Asterisk it found. */
export interface Install {
  readonly folder: string;
  readonly asterisk: string;
  /** Empty when only an Asterisk without SIPp is installed. */
  readonly sipp: string;
  readonly modules: string;
  readonly data: string;
  readonly version: string;
}

let fetched: Promise<Install> | undefined;

/** Downloads Asterisk at the first use on a machine, and afterwards only looks it up. */
export function install(): Promise<Install> {
  fetched ??= fetchInstall();
  return fetched;
}

async function fetchInstall(): Promise<Install> {
  const { stdout } = await run(join(projectRoot, 'scripts/lab'), ['fetch'], { timeout: 300_000 });
  const folder = stdout.trim();
  const described: unknown = JSON.parse(await readFile(join(folder, 'install.json'), 'utf8'));
  const text = (name: string): string => {
    const value = typeof described === 'object' && described !== null ? Reflect.get(described, name) : undefined;
    if (typeof value !== 'string') throw new Error(`${folder}/install.json has no ${name}`);
    return value;
  };
  return {
    folder,
    asterisk: text('asterisk'),
    sipp: text('sipp'),
    modules: text('modules'),
    data: text('data'),
    version: text('version'),
  };
}
