/** Networks that fall silent: nothing comes any more, and nothing is closed. */
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export interface SilentNetwork {
  /** Where the service is reached through it. */
  readonly url: string;
  /** From now on it passes on nothing, in either direction; whoever connects hears nothing either. */
  fallSilent(): void;
  /** It passes on again, also what was said meanwhile. */
  recover(): void;
  close(): void;
}

/** Between a page and the service: what TCP carries goes through it, voice does not. */
export async function openNetwork(serviceUrl: string): Promise<SilentNetwork> {
  const { hostname, port } = new URL(serviceUrl);
  const sockets = new Set<Socket>();
  let silent = false;
  const server = createServer((page) => {
    const service = connect(Number(port), hostname);
    for (const [from, to] of [
      [page, service],
      [service, page],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => to.write(data));
      from.on('error', () => to.destroy());
      from.on('close', () => {
        sockets.delete(from);
        if (!silent) to.destroy();
      });
      if (silent) from.pause();
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    fallSilent() {
      silent = true;
      for (const socket of sockets) socket.pause();
    },
    recover() {
      silent = false;
      for (const socket of sockets) socket.resume();
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** The computer falls asleep: the browser's processes stand still, and nothing that they have open is closed. */
export async function fallAsleep(): Promise<void> {
  await signalBrowser('SIGSTOP');
}

export async function wakeUp(): Promise<void> {
  await signalBrowser('SIGCONT');
}

async function signalBrowser(signal: NodeJS.Signals): Promise<void> {
  for (const pid of await browserProcesses()) {
    try {
      process.kill(pid, signal);
    } catch {
      // It has ended since.
    }
  }
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
}

/** Those that this test file has started. */
async function browserProcesses(): Promise<readonly number[]> {
  const pids = (await readdir('/proc')).map(Number).filter((pid) => pid > 0);
  const all = (await Promise.all(pids.map(processOf))).flatMap((one) => one ?? []);
  const family = new Set([process.pid]);
  for (let before = 0; before !== family.size; ) {
    before = family.size;
    for (const { pid, parent } of all) if (family.has(parent)) family.add(pid);
  }
  return all.filter(({ pid, name }) => family.has(pid) && name.startsWith('chrom')).map(({ pid }) => pid);
}

/** Null for one that has ended meanwhile. */
async function processOf(pid: number): Promise<Process | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  const [, name, parent] = /^\d+ \((.*)\) \S (\d+) /s.exec(stat) ?? [];
  return name === undefined ? null : { pid, name, parent: Number(parent) };
}
