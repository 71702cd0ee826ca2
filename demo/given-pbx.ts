/** Whether the user named a PBX of their own, in the environment or in the configuration file. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { projectRoot } from '../lab/install.js';
import { parseConfigFile } from '../src/config.js';

export function givenPbx(environment: Readonly<Record<string, string | undefined>>): string | null {
  const url = environment.ARI_URL || inFile(environment.RINGMASTER_CONFIG || 'config.env');
  return url || null;
}

function inFile(path: string): string | undefined {
  try {
    return parseConfigFile(readFileSync(resolve(projectRoot, path), 'utf8')).values.get('ARI_URL');
  } catch {
    return undefined; // The service itself says what is wrong with a file that was named.
  }
}
