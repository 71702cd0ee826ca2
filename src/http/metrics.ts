/**
 * Metrics for Prometheus. Their package is not loaded before somebody asks for them: a start after a crash must not wait for it. The
 * commands that have ended by then are kept and counted as soon as it is there.
 */
import type { Application } from '../app/application.js';
import type { Registered } from './prometheus.js';

export interface Metrics {
  /** What whoever asks is answered. */
  read(): Promise<{ readonly contentType: string; readonly text: string }>;
  /** For the executor's `observe`. */
  readonly commandEnded: (name: string, code: string, seconds: number) => void;
}

/** With so many commands kept the package is loaded unasked. */
const KEPT_AT_MOST = 1_000;

export function createMetrics(application: Application): Metrics {
  const kept: Parameters<Metrics['commandEnded']>[] = [];
  let registered: Registered | null = null;
  let loading: Promise<Registered> | null = null;
  const load = async (): Promise<Registered> => {
    const { registerMetrics } = await import('./prometheus.js');
    registered = registerMetrics(application);
    for (const ended of kept.splice(0)) registered.commandEnded(...ended);
    return registered;
  };
  return {
    async read() {
      loading ??= load();
      const { registry } = await loading;
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
    commandEnded(...ended) {
      if (registered !== null) registered.commandEnded(...ended);
      else if (kept.push(ended) >= KEPT_AT_MOST) loading ??= load();
    },
  };
}
