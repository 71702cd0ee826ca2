/** Builds the service into a folder of its own, so that nothing that runs is touched. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { projectRoot } from './install.js';

/** Answers the file to start. The folder has to lie within the project, whose packages the service needs. */
export async function buildService(folder: string): Promise<string> {
  const vite = join(projectRoot, 'node_modules/.bin/vite');
  const options = ['--config', 'vite.service.config.ts', '--outDir', folder, '--emptyOutDir', '--logLevel', 'warn'];
  await promisify(execFile)(vite, ['build', ...options], { cwd: projectRoot }).catch(
    (error: Error & { stdout?: string; stderr?: string }) => {
      throw new Error(`The service cannot be built:\n${error.stdout ?? ''}${error.stderr ?? error.message}`);
    },
  );
  return join(folder, 'main.js');
}
