// Runs SIPp, the load generator, from the fetched folder.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { install } from './install.js';
import { Awaited, within } from './wait.js';

/** A SIPp run. */
export interface SippOptions {
  /** Where SIPp writes its files; the scenario is looked up here, too. */
  readonly folder: string;
  /** SIPp's own arguments, such as `['-sf', 'caller.xml', '127.0.0.1:5060']`; `-trace_stat` is added. */
  readonly args: readonly string[];
  readonly timeoutMs: number;
}

/** How it went. */
export interface SippResult {
  /** 0 all calls succeeded, 1 some failed, 97 ended by a signal, 99 no call was handled. */
  readonly exitCode: number;
  readonly statsFile: string;
  /** The last line of the statistics by column name, such as `SuccessfulCall(C)`. */
  readonly stats: ReadonlyMap<string, string>;
  readonly output: string;
}

/** Starts SIPp and waits for its end; ends it when the time is over. */
export async function runSipp({ folder, args, timeoutMs }: SippOptions): Promise<SippResult> {
  const { sipp } = await install();
  if (sipp === '') throw new Error('SIPp is not installed: install sip-tester, or unset RINGMASTER_ASTERISK');
  const statsFile = join(folder, 'sipp-stats.csv');
  const own = ['-trace_stat', '-stf', statsFile, '-fd', '1', '-nostdin'];
  const command = [sipp, ...own, ...args];
  // The kernel ends SIPp when this process dies.
  if (existsSync('/usr/bin/setpriv')) command.unshift('/usr/bin/setpriv', '--pdeathsig', 'KILL');
  const [program = '', ...rest] = command;
  const child = spawn(program, rest, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, TERM: 'dumb' },
  });
  let output = '';
  const note = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-20_000);
  };
  child.stdout.on('data', note);
  child.stderr.on('data', note);
  const done = new Awaited<number>();
  child.once('error', (error) => done.reject(error));
  child.once('close', (code) => done.resolve(code ?? 97));
  try {
    const exitCode = await within(done.promise, timeoutMs, `sipp ${args.join(' ')}`);
    return { exitCode, statsFile, stats: await lastStats(statsFile), output };
  } finally {
    if (child.exitCode === null) child.kill('SIGKILL');
  }
}

async function lastStats(file: string): Promise<ReadonlyMap<string, string>> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).trim().split('\n');
  const names = (lines[0] ?? '').split(';');
  const values = (lines.at(-1) ?? '').split(';');
  return new Map(names.map((name, index) => [name, values[index] ?? '']));
}
