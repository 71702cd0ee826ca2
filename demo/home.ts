/** The folder of the demonstration's database and log, used by one run at a time. */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { projectRoot } from '../lab/install.js';
import type { Endings } from './endings.js';

export interface Home {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly log: string;
}

/** @throws when another run uses it. */
export async function openHome(named: string | undefined, endings: Endings): Promise<Home> {
  const folder = named === undefined || named === '' ? join(projectRoot, 'var/demo') : resolve(named);
  await mkdir(folder, { recursive: true });
  const lock = join(folder, 'run.pid');
  const other = Number(await readFile(lock, 'utf8').catch(() => ''));
  if (other > 0 && other !== process.pid && isAlive(other)) {
    throw new Error(
      `Another run (process ${other}) uses ${folder}: stop it, or name another folder in RINGMASTER_HOME.`,
    );
  }
  await writeFile(lock, String(process.pid));
  endings.add('the folder', () => rm(lock, { force: true }));
  return { folder, databaseUrl: `sqlite:${join(folder, 'ringmaster.sqlite')}`, log: join(folder, 'service.log') };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
