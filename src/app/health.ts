/** How the service is: what it depends on, and what there is to mend. */
import type { Health } from './application.js';
import type { Overload } from './overload.js';
import type { PhoneSystem } from './phone-system.js';

export interface HealthPorts {
  readonly phones: PhoneSystem;
  readonly databaseReady: () => boolean;
  readonly problems: () => readonly string[];
}

export function healthOf(
  { phones, databaseReady, problems }: HealthPorts,
  overload: Overload,
): Pick<Health, 'asterisk' | 'database' | 'problems' | 'turnedAway'> {
  return {
    asterisk: phones.status,
    database: databaseReady() ? 'ready' : 'unavailable',
    problems: [...problems(), ...overload.problems()],
    turnedAway: { ...overload.turnedAway },
  };
}
