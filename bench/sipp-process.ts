// The agents' phones: one SIPp that answers for all of them, as long as the benchmark runs.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { install } from '../lab/install.js';

const STOP_MS = 2_000;

/** Ends with this process, even when that is killed. */
export function spawnTied(command: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): ChildProcess {
  const tied = existsSync('/usr/bin/setpriv') ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL'] : [];
  const [program = '', ...args] = [...tied, ...command];
  return spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Asks it to end, waits, and insists. */
export async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const insist = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    child.once('close', () => {
      clearTimeout(insist);
      resolve();
    });
    child.kill(signal);
  });
}

export interface AgentPhones {
  /** Lines `invite NUMBER TIME` and `answered NUMBER TIME`. */
  readonly logFile: string;
  stop(): Promise<void>;
}

export async function startAgentPhones(folder: string, port: number): Promise<AgentPhones> {
  const { sipp } = await install();
  if (sipp === '') throw new Error('SIPp is not installed: install sip-tester, or unset RINGMASTER_ASTERISK.');
  const logFile = join(folder, 'agents.log');
  const scenario = join(import.meta.dirname, 'agent.xml');
  const where = ['-i', '127.0.0.1', '-p', String(port)];
  const log = [
    '-trace_logs',
    '-log_file',
    logFile,
    '-nostdin',
    '-trace_err',
    '-error_file',
    join(folder, 'agents.err'),
  ];
  const child = spawnTied([sipp, '-sf', scenario, ...where, ...log], folder, { ...process.env, TERM: 'dumb' });
  child.stdout?.resume();
  child.stderr?.resume();
  return { logFile, stop: () => end(child, 'SIGTERM') };
}
