/** The service as a process: reads the configuration, starts, stops on SIGTERM and SIGINT. */
import { pino } from 'pino';
import { ConfigError, loadConfig } from './config.js';
import { type Ringmaster, startRingmaster } from './ringmaster.js';
import { startWatchdog } from './watchdog.js';

/** Whatever hangs must not keep the process from ending. */
const STOP_LIMIT_MS = 2_000;
/** Exit codes: 0 asked to stop, 1 fault, 2 wrong configuration, 3 another controller has taken over. */
const EXIT = { fault: 1, configuration: 2, replaced: 3 } as const;

async function main(): Promise<void> {
  const config = loadConfig();
  const log = pino({ level: config.LOG_LEVEL, base: null });
  const endWatch = startWatchdog(config.WATCHDOG_SECONDS);
  let service: Ringmaster | null = null;
  const stop = (code: number) => {
    endWatch();
    setTimeout(() => process.exit(code), STOP_LIMIT_MS).unref();
    const stopped = service === null ? Promise.resolve() : service.stop();
    stopped.then(
      () => process.exit(code),
      (error: unknown) => {
        log.error({ error: String(error) }, 'stopping went wrong');
        process.exit(EXIT.fault);
      },
    );
  };
  process.once('SIGTERM', () => stop(0));
  process.once('SIGINT', () => stop(0));
  service = await startRingmaster(config, log, () => stop(EXIT.replaced));
  log.info({ url: service.url }, 'ready');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof ConfigError ? error.message : String(error)}\n`);
  process.exit(error instanceof ConfigError ? EXIT.configuration : EXIT.fault);
});
