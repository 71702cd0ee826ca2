/**
 * Ends a service that is frozen. A process that stands still (stopped, or caught in an endless loop) keeps its connection to Asterisk
 * open, so Asterisk goes on handing it callers, whom nobody hears. This is a process of its own: it is sent a beat every second, and
 * when none comes for too long it kills the service with SIGKILL; whoever supervises the service starts it again, and it takes up its
 * calls.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BEAT_MS = 1_000;
const EXIT_OK = 0;

/** Starts the watch over this process; answers the way to end it. `seconds` 0: no watch. */
export function startWatchdog(seconds: number): () => void {
  if (seconds === 0) return () => {};
  const file = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [...process.execArgv, file, String(process.pid), String(seconds)], {
    stdio: ['pipe', 'ignore', 'inherit'],
    env: { PATH: process.env.PATH ?? '' },
  });
  // The watch itself has ended: the service goes on without it.
  child.on('error', () => {});
  child.stdin.on('error', () => {});
  const beat = setInterval(() => child.stdin.write('.'), BEAT_MS);
  beat.unref();
  child.unref();
  return () => {
    clearInterval(beat);
    child.stdin.end();
  };
}

/** The watching process. Its own clock shows whether the machine slept: then everything begins anew. */
function watch(pid: number, limitMs: number): void {
  let lastBeat = performance.now();
  let lastLook = lastBeat;
  process.stdin.on('data', () => {
    lastBeat = performance.now();
  });
  // The service has ended.
  process.stdin.on('end', () => process.exit(EXIT_OK));
  setInterval(() => {
    const now = performance.now();
    if (now - lastLook > 2 * BEAT_MS) lastBeat = now;
    lastLook = now;
    if (now - lastBeat <= limitMs) return;
    process.stderr.write(
      `${JSON.stringify({ level: 60, time: Date.now(), pid, msg: 'the service is frozen: killed' })}\n`,
    );
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
    process.exit(EXIT_OK);
  }, BEAT_MS);
  // Ctrl-C reaches the whole group: the service decides when both end.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => {});
}

const [, script, pid, seconds] = process.argv;
if (script === fileURLToPath(import.meta.url) && pid !== undefined && seconds !== undefined) {
  watch(Number(pid), Number(seconds) * 1_000);
}
