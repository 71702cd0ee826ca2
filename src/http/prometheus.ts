/** What is measured, by Prometheus's package: the process, the calls, and every command by name and outcome. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Application } from '../app/application.js';
import { OVERLOADS } from '../app/overload.js';

export interface Registered {
  readonly registry: Registry;
  readonly commandEnded: (name: string, code: string, seconds: number) => void;
}

export function registerMetrics(application: Application): Registered {
  const registry = new Registry();
  // Includes the event loop's lag.
  collectDefaultMetrics({ register: registry });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('ringmaster_calls_live', 'Calls that have not ended.', () => application.health().liveCalls);
  gauge('ringmaster_calls_waiting', 'Callers waiting in queues.', () => application.health().waitingCalls);
  gauge('ringmaster_agents_logged_in', 'Agents with a session.', () => application.health().agentsLoggedIn);
  gauge('ringmaster_asterisk_connected', '1 while connected to Asterisk.', () =>
    application.health().asterisk === 'connected' ? 1 : 0,
  );
  gauge('ringmaster_recording_allowed', '1 while there is room for recordings.', () =>
    application.recordings.mayRecord() ? 1 : 0,
  );
  gauge(
    'ringmaster_recording_free_bytes',
    'Free space where recordings are written; NaN when it is not known.',
    () => application.recordings.freeBytes() ?? Number.NaN,
  );
  countTurnedAway(registry, application);
  const commands = new Counter({
    name: 'ringmaster_commands_total',
    help: 'Commands ended, by name and code (ok or the error code).',
    labelNames: ['name', 'code'],
    registers: [registry],
  });
  const durations = new Histogram({
    name: 'ringmaster_command_duration_seconds',
    help: 'How long commands took.',
    labelNames: ['name', 'code'],
    buckets: [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  return {
    registry,
    commandEnded(name, code, seconds) {
      commands.inc({ name, code });
      durations.observe({ name, code }, seconds);
    },
  };
}

function countTurnedAway(registry: Registry, application: Application): void {
  new Counter({
    name: 'ringmaster_callers_turned_away_total',
    help: "Callers sent to the PBX's fallback because there was too much to do, by what there was too much of.",
    labelNames: ['overload'],
    registers: [registry],
    collect() {
      this.reset();
      const { turnedAway } = application.health();
      for (const overload of OVERLOADS) this.inc({ overload }, turnedAway[overload]);
    },
  });
}
