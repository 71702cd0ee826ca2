/** Is the database there, and quick enough to be relied on? */
import type { Database } from './db/database.js';

const CHECK_MS = 5_000;
const AWAY_CHECK_MS = 250;
/** A write that takes longer is none that can be relied on. */
const SLOW_WRITE_MS = 2_000;

/** Readiness asks often; the database is asked now and then, and more often while it is away: commands wait for it to be back. */
export function watchDatabase(database: Pick<Database, 'ping' | 'writeDelayMs'>) {
  let isReady = true;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const askLater = () => {
    timer = setTimeout(() => void ask(), isReady ? CHECK_MS : AWAY_CHECK_MS);
    timer.unref();
  };
  const ask = async () => {
    isReady = await database.ping().then(
      () => true,
      () => false,
    );
    if (!stopped) askLater();
  };
  askLater();
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
  };
  return { ready: () => isReady && database.writeDelayMs() < SLOW_WRITE_MS, stop };
}
